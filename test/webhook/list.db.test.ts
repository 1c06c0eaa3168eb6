import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { newSigningSecrets } from '../../src/webhook/signature.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';

const { ask, database } = testApi();

async function insertWebhooks(count: number): Promise<void> {
  const { secret, signingKey } = newSigningSecrets();
  for (let n = 0; n < count; n += 1) {
    const id = `hook-${randomBytes(8).toString('hex')}`;
    await queryRows(
      database().em.fork(),
      sql`insert into webhook (id, owner, url, filter, form, status, position_id, position_mark, secret, signing_key)
        values (${id}, 'admin', 'https://example.nl/', '{}', 'THIN', 'ACTIVE', 1, 'x', ${secret}, ${signingKey})`,
    );
    await queryRows(
      database().em.fork(),
      sql`insert into webhook_delivery (webhook_id, slot, number, event_id, kind, result, status_code, attempt, duration, sent_at)
        values (${id}, 1, 1, 'e', 'CHANGES', 'ACCEPTED', 204, 1, 5, now())`,
    );
  }
}

test('a list of webhooks with their deliveries takes two statements, however many there are', async () => {
  const read = () => ask('{ webhooks { status lag deliveries { kind result sentAt } } }', {}, ADMIN);
  for (const [added, all] of [
    [1, 1],
    [29, 30],
  ] as const) {
    await insertWebhooks(added);
    const { data, errors, statements } = await read();
    expect(errors).toBeUndefined();
    expect(data.webhooks).toHaveLength(all);
    expect(data.webhooks.every(({ deliveries }: Json) => deliveries.length === 1)).toBe(true);
    expect(statements).toHaveLength(2);
  }
});
