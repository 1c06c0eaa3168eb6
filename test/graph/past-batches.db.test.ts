import sql, { type Sql } from 'sql-template-tag';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { latestPosition } from '../../src/change/log-reader.js';
import type { Database } from '../../src/database/open.js';
import { assignShare, ConnectionShares } from '../../src/graph/sql/connection-shares.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { openTestDatabase } from '../support/database.js';

const isEmbedded = inject('database') === 'pglite';
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

const present = () => database.em.fork();
const past = (moment = 7) => readAt(present(), moment);
const SETTINGS = sql`select current_setting('search_path') as path, nullif(current_setting('register.at', true), '') as at,
  current_setting('transaction_read_only') as "readOnly", pg_backend_pid() as pid`;
interface Settings {
  path: string;
  at: string | null;
  readOnly: string;
  pid: number;
}
const settings = async (em = past()) => (await queryRows<Settings>(em, SETTINGS))[0] as Settings;

test('statements of one turn each read their own moment, and nothing of it is left behind', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const forks = Array.from({ length: 30 }, (_, i) => (i % 3 ? past(i % 3) : present()));
    const all = await Promise.all(forks.map(settings));
    const { path } = await settings(present());
    expect(path).not.toContain('past');
    all.forEach((actual, i) => {
      const expected =
        i % 3 ? { path: `past, ${path}`, at: `${i % 3}`, readOnly: 'on' } : { path, at: null, readOnly: 'off' };
      expect(actual).toMatchObject(expected);
    });
    if (!isEmbedded)
      expect(new Set(all.filter(({ at }) => at === '1').map(({ pid }) => pid)).size).toBeLessThanOrEqual(3);
  }
});

const value = (text: Sql, em = past()) => queryRows<{ value: unknown }>(em, text).then(rows => rows[0]?.value);
const failure = (text: Sql, em = past()) =>
  queryRows(em, text).then(
    () => 'none',
    (error: Error) => error.message.replaceAll(/"/g, ''),
  );

test('a statement that fails takes no other with it, within the share of a client, too', async () => {
  const shares = new ConnectionShares(1, 0);
  for (const em of [past, () => assignShare(past(), { shares, client: 'one' })]) {
    for (let turn = 0; turn < 4; turn += 1) {
      const wrong = sql`select 1 / ${0}::int`;
      const unknown = sql`select nothing from nowhere`;
      const all = [
        value(sql`select ${1}::int as value`, em()),
        failure(wrong, em()),
        value(sql`select ${2}::int as value`, em()),
        failure(unknown, em()),
        failure(unknown, em()),
        failure(wrong, em()),
        value(sql`select ${3}::int as value`, em()),
      ];
      const nowhere = 'relation nowhere does not exist';
      expect(await Promise.all(all)).toEqual([1, 'division by zero', 2, nowhere, nowhere, 'division by zero', 3]);
    }
  }
  expect((await settings(present())).readOnly).toBe('off');
});

test('without its transaction no statement has rows, which would be of the present', async () => {
  const unreadable = () => past(`7'` as never);
  const all = await Promise.all([failure(SETTINGS, unreadable()), failure(SETTINGS, unreadable())]);
  expect(all).toEqual([
    expect.stringContaining('syntax error at or near'),
    expect.stringContaining('syntax error at or near'),
  ]);
  expect(await settings()).toMatchObject({ at: '7' });
});

test('the past cannot be written', async () => {
  expect(await failure(sql`update public.authority set version = 2`)).toContain('read-only transaction');
});

test('an open transaction of a writer and reads of the past do not meet', async () => {
  const { id } = await latestPosition(present());
  const count = sql`select count(*)::int as value from organisation where notes = 'open'`;
  const transaction = await openTransaction(present());
  await queryRows(transaction.em, sql`update organisation set notes = 'open'`);
  const reading = value(count, past(id));
  // PGlite has one connection: there the read waits for the end of the transaction.
  if (!isEmbedded) expect(await reading).toBe(0);
  expect(await value(count, transaction.em)).toBeGreaterThan(0);
  await transaction.commit();
  expect([await reading, await value(count, past(id))]).toEqual([0, 0]);
  expect(await value(count, present())).toBeGreaterThan(0);
});

test.skipIf(isEmbedded)('a connection that breaks fails what is on it, and nothing after it', async () => {
  const ends = sql`select pg_terminate_backend(pg_backend_pid())`;
  const results = await Promise.allSettled([value(SETTINGS), value(ends), value(SETTINGS)]);
  expect(results.map(({ status }) => status).slice(1)).toEqual(['rejected', 'rejected']);
  expect(await settings()).toMatchObject({ at: '7' });
});
