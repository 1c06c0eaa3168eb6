import sql from 'sql-template-tag';
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
const pid = async (em = fork()): Promise<number> =>
  (await queryRows<{ pid: number }>(em, sql`select pg_backend_pid() as pid`))[0]?.pid as number;

test('statements that are asked for in one turn go out four to a connection, whoever asks', async () => {
  const pids = await Promise.all(Array.from({ length: 8 }, () => pid()));
  expect([new Set(pids.slice(0, 4)).size, new Set(pids.slice(4)).size, new Set(pids).size]).toEqual([1, 1, 2]);
});

test('a statement that fails takes no other with it, and the connection goes on', async () => {
  const wrong = () => queryRows(fork(), sql`select 1 / ${0}::int`);
  const results = await Promise.allSettled([pid(), wrong(), pid(), wrong(), pid()]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(String((results[1] as PromiseRejectedResult).reason)).toContain('division by zero');
  const processId = (results[0] as PromiseFulfilledResult<number>).value;
  expect(await queryRows(fork(), sql`select 1 as present from pg_stat_activity where pid = ${processId}`)).toEqual([
    { present: 1 },
  ]);
});

test('those after one that fails are executed, and those after two', async () => {
  const divide = (n: number) => queryRows<{ n: number }>(fork(), sql`select 10 / ${n}::int as n`);
  // From the second time on they are prepared, and sent together.
  for (let time = 0; time < 3; time += 1) {
    const results = await Promise.allSettled([divide(5), divide(0), divide(0), divide(2)]);
    expect(results.map(result => (result.status === 'fulfilled' ? result.value : String(result.reason)))).toEqual([
      [{ n: 2 }],
      expect.stringContaining('division by zero'),
      expect.stringContaining('division by zero'),
      [{ n: 5 }],
    ]);
  }
});

test('a value that cannot be sent fails its statement alone', async () => {
  const circular: { self?: object } = {};
  circular.self = circular;
  const read = (value: unknown) => queryRows(fork(), sql`select ${value as string}::text as value`);
  await Promise.all([read('a'), read('b')]);
  const [first, wrong, last] = await Promise.allSettled([read('a'), read(circular), read('b')]);
  expect([first, last]).toEqual(['a', 'b'].map(value => ({ status: 'fulfilled', value: [{ value }] })));
  expect(String((wrong as PromiseRejectedResult).reason)).toContain('circular');
});

test('each gets its own rows, in the order in which it asked', async () => {
  const asked = Array.from({ length: 50 }, (_, i) => i);
  const rowSets = await Promise.all(asked.map(i => queryRows<{ i: number }>(fork(), sql`select ${i}::int as i`)));
  expect(rowSets).toEqual(asked.map(i => [{ i }]));
});

test('a connection that breaks fails what is on it, and nothing after it', async () => {
  const [processId] = await Promise.all([pid()]);
  const results = await Promise.allSettled([
    queryRows(fork(), sql`select pg_terminate_backend(pg_backend_pid())`),
    pid(),
    pid(),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await pid()).not.toBe(processId);
});
