import sql, { raw } from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { copyOnPostgreSql } from '../support/database.js';

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ kind: 'postgresql', url: await copyOnPostgreSql() });
});
afterAll(() => database?.close());

const fork = () => database.em.fork();

/** A statement that nobody else sends: as long as a filter of a client makes it. */
const strange = (n: number) =>
  sql`select count(*)::int as ${raw(`"strange${n}"`)} from partnership p where ${raw(
    Array.from({ length: 40 }, (_, i) => `(p.status = 'ACTIVE' or p.kind <> 'x${i}' or p.id <> 'y${i}')`).join(' and '),
  )}`;

/** Returns the prepared statements of the connection that answers, and the memory of its backend in bytes. */
async function prepared(): Promise<{ statements: number; texts: number; bytes: number }> {
  const [row] = await queryRows<{ statements: number; texts: number; bytes: number }>(
    fork(),
    sql`select count(*)::int as statements, coalesce(sum(length(statement)), 0)::int as texts,
      (select sum(total_bytes)::int from pg_backend_memory_contexts) as bytes from pg_prepared_statements`,
  );
  return row as { statements: number; texts: number; bytes: number };
}

const isPrepared = async (text: string) =>
  (
    await queryRows<{ present: boolean }>(
      fork(),
      sql`select exists(select from pg_prepared_statements where statement = ${text}) as present`,
    )
  )[0]?.present;

test('a text is prepared when it is sent for the second time', async () => {
  const text = strange(0);
  await queryRows(fork(), text);
  expect(await isPrepared(text.text)).toBe(false);
  await queryRows(fork(), text);
  expect(await isPrepared(text.text)).toBe(true);
});

test('hundreds of strange statements, each sent twice, leave a bounded backend; a later one is prepared all the same', async () => {
  for (let n = 1; n <= 160; n += 1) for (const _ of [1, 2]) await queryRows(fork(), strange(n));
  const before = await prepared();
  for (let n = 161; n <= 480; n += 1) for (const _ of [1, 2]) await queryRows(fork(), strange(n));
  const after = await prepared();
  expect(after.texts).toBeLessThan(450_000);
  expect(after.bytes).toBeLessThan(before.bytes * 1.1);
  const honest = sql`select 1 as honest from partnership where id = ${'tie-rotterdam-shanghai'}`;
  for (const _ of [1, 2]) await queryRows(fork(), honest);
  expect(await isPrepared(honest.text)).toBe(true);
  // Evicted, and prepared again under another name.
  for (const _ of [1, 2]) expect(await queryRows(fork(), strange(1))).toHaveLength(1);
  expect(await isPrepared(strange(1).text)).toBe(true);
});

test('statements of a batch that evict others, and one that fails, give what each asked for', async () => {
  for (let round = 0; round < 3; round += 1) {
    const batch = await Promise.allSettled([
      ...Array.from({ length: 60 }, (_, n) => queryRows(fork(), strange(2_000 + n))),
      queryRows(fork(), sql`select 1 / ${0}::int as wrong`),
    ]);
    expect(batch.map(({ status }) => status)).toEqual([...Array.from({ length: 60 }, () => 'fulfilled'), 'rejected']);
  }
});

test.each([
  [
    'of all kinds of columns',
    sql`select n as id, null::text as none, ${'é, 上海'}::text as text, n / 2.0 as numeric, n / 2.0::float8 as float, n % 2 = 0 as flag,
      '1979-11-23'::date + n as day, to_timestamp(n) as time, '{"a": [1, null]}'::jsonb as json, array['a', null, '"'] as list,
      n::int8 as large, '\\x00ff'::bytea as bytes, n as "it's ""quoted""" from generate_series(1, 3) n`,
  ],
  ['without columns', sql`select from generate_series(1, ${3}::int)`],
  ['of none', sql`select id, names from authority where id = ${'none'}`],
  ['of a statement that returns none', sql`do $$ begin end $$`],
])('rows %s are those of the driver, prepared or not', async (_, query) => {
  const unprepared = await queryRows<object>(fork(), query);
  for (const _execution of ['described', 'known']) {
    const rows = await queryRows<object>(fork(), query);
    expect(rows).toEqual(unprepared);
    expect(rows.map(Object.keys)).toEqual(unprepared.map(Object.keys));
  }
  expect(await isPrepared(query.text)).toBe(true);
});

test('a prepared statement with a value that has no text, and one that fails, fail alone', async () => {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  const half = (value: unknown) => sql`select (4 / (${value}::jsonb)::int) as half`;
  const results = async () =>
    (await Promise.allSettled([1, loop, 0, 2].map(value => queryRows(fork(), half(value))))).map(result =>
      result.status === 'fulfilled' ? result.value[0] : (result.reason as Error).message,
    );
  for (let round = 0; round < 3; round += 1) {
    expect(await results()).toEqual([
      { half: 4 },
      expect.stringContaining('circular'),
      expect.stringContaining('division by zero'),
      { half: 2 },
    ]);
  }
});
