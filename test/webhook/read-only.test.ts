import { expect, test } from 'vitest';
import { sleep } from '../support/feed.js';
import { statementsOf } from '../support/past.js';
import { webhookServer } from '../support/webhooks.js';

const server = webhookServer();

test('a database that accepts no writes is not asked for the lease each second', async () => {
  const [, statements] = await statementsOf(async () => {
    await server.database.em.getConnection().execute('set default_transaction_read_only = on');
    await sleep(4_500);
  });
  const asked = statements.filter(text => text.includes('webhook_lease')).length;
  expect(asked).toBeGreaterThan(0);
  // One may have been on its way.
  expect(asked).toBeLessThanOrEqual(2);
});
