import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { takeLease } from '../../src/webhook/lease.js';
import { testApi } from '../support/api.js';

const { database } = testApi();
const run = (statement: string) => queryRows(database().em.fork(), sql`${raw(statement)}`);
const take = async (holder: string) => (await takeLease(database().em.fork(), holder)).map(({ id }) => id);

test('one instance has the lease, and another one gets it when its time is over, also after the clock was set back', async () => {
  await run(`insert into webhook (id, owner, url, filter, form, status, position_id, position_mark, secret, signing_key)
    values ('hook-1', 'admin', 'https://example.nl/', '{}', 'THIN', 'ACTIVE', 0, '', 'whsec_', 'whsk_')`);
  expect(await take('first')).toEqual(['hook-1']);
  expect(await take('second')).toEqual([]);
  await run(`update webhook_lease set expires_at = clock_timestamp() - interval '1 ms'`);
  expect(await take('second')).toEqual(['hook-1']);
  expect(await take('first')).toEqual([]);
  // The second one ended without a word, after which the clock was set back by an hour.
  await run(`update webhook_lease set expires_at = expires_at + interval '1 hour'`);
  expect(await take('first')).toEqual(['hook-1']);
  expect(await take('second')).toEqual([]);
});
