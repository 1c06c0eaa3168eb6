import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { type OpenTransaction, openTransaction } from '../../src/graph/sql/transaction.js';
import { Source } from '../../src/source/source.js';
import { copyOnPostgreSql } from '../support/database.js';
import { until } from '../support/feed.js';

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ kind: 'postgresql', url: await copyOnPostgreSql() });
});
afterAll(() => database?.close());

const open = () => openTransaction(database.em.fork());
const insert = ({ em }: OpenTransaction, id: string) =>
  queryRows(em, sql`insert into source (id, title, publisher) values (${id}, ${id}, 'Test') returning id`);
const stored = (em = database.em.fork()) =>
  queryRows<{ id: string }>(em, sql`select id from source where publisher = 'Test' order by id`);

test('statements that are sent together are executed in their order, in one transaction', async () => {
  const transaction = await open();
  const { em } = transaction;
  const sent = [stored(em), insert(transaction, 'src-one'), stored(em), insert(transaction, 'src-two'), stored(em)];
  expect(await Promise.all(sent)).toEqual([
    [],
    [{ id: 'src-one' }],
    [{ id: 'src-one' }],
    [{ id: 'src-two' }],
    [{ id: 'src-one' }, { id: 'src-two' }],
  ]);
  expect(await stored()).toEqual([]);
  await transaction.commit();
  expect(await stored()).toEqual([{ id: 'src-one' }, { id: 'src-two' }]);
});

test('a first statement that writes is rolled back with the transaction', async () => {
  const before = await stored();
  const transaction = await open();
  expect(await insert(transaction, 'src-first')).toEqual([{ id: 'src-first' }]);
  await transaction.rollback();
  expect(await stored()).toEqual(before);
});

test('what fails after a statement that fails is reported with the reason of the first', async () => {
  const transaction = await open();
  const { em } = transaction;
  const wrong = (divisor: number) => queryRows(em, sql`select 1 / ${divisor}::int`);
  await Promise.all([1, 1].map(wrong));
  const results = await Promise.allSettled([wrong(0), stored(em), wrong(1)]);
  for (const result of results) expect(String((result as PromiseRejectedResult).reason)).toContain('division by zero');
  await transaction.rollback();
});

test('what fails after a statement of another batch has its reason, until a rollback to a savepoint', async () => {
  const transaction = await open();
  const { em } = transaction;
  const results = await Promise.allSettled([
    queryRows(em, sql`savepoint before`),
    queryRows(em, sql`select 8 / ${0}::int`),
    ...Array.from({ length: 9 }, () => stored(em)),
    queryRows(em, sql`rollback to savepoint unknown`),
  ]);
  for (const result of results.slice(1))
    expect(String((result as PromiseRejectedResult).reason)).toContain('division by zero');
  await queryRows(em, sql`rollback to savepoint before`);
  await expect(queryRows(em, sql`rollback to savepoint unknown`)).rejects.toThrow('unknown');
  await transaction.rollback();
});

test('a commit after a statement that failed is an error: nothing was written', async () => {
  const before = await stored();
  const transaction = await open();
  await insert(transaction, 'src-lost');
  await queryRows(transaction.em, sql`select 1 / ${0}::int`).catch(() => undefined);
  await expect(transaction.commit()).rejects.toThrow('The database answered commit with ROLLBACK.');
  expect(await stored()).toEqual(before);
});

test('a commit in one batch with a statement that fails is not executed, and the connection serves the next transaction', async () => {
  const before = await stored();
  const pids = new Set<unknown>();
  // From the third time on, all of them are prepared.
  for (let time = 0; time < 4; time += 1) {
    const transaction = await open();
    const { em } = transaction;
    for (const { pid } of await queryRows<{ pid: number }>(em, sql`select pg_backend_pid() as pid`)) pids.add(pid);
    const last = [insert(transaction, `src-batch-${time}`), queryRows(em, sql`select 7 / ${0}::int`)];
    const results = await Promise.allSettled([...last, transaction.commit()]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(String((results[1] as PromiseRejectedResult).reason)).toContain('division by zero');
  }
  expect([await stored(), pids.size]).toEqual([before, 1]);
});

test('a commit that is sent behind statements keeps all of them or none, and the connection', async () => {
  const before = await stored();
  const transactions = await Promise.all([open(), open()]);
  const pids: unknown[] = [];
  const states: string[] = [];
  for (const [index, transaction] of transactions.entries()) {
    const { em } = transaction;
    pids.push(...(await queryRows(em, sql`select pg_backend_pid() as pid`)));
    const last = [insert(transaction, `src-behind-${index}`), queryRows(em, sql`select 1 / ${1 - index}::int`)];
    const results = await Promise.allSettled([...last, transaction.commit()]);
    states.push(results.map(({ status }) => status).join());
  }
  expect(states).toEqual(['fulfilled,fulfilled,fulfilled', 'fulfilled,rejected,rejected']);
  expect(await stored()).toEqual([{ id: 'src-behind-0' }, ...before]);
  const query = sql`select pid from pg_stat_activity where datname = current_database()`;
  expect(await queryRows(database.em.fork(), query)).toEqual(expect.arrayContaining(pids));
});

test('a commit that fails before it is sent ends the connection, and with it the transaction', async () => {
  const before = await stored();
  const transaction = await open();
  const { em } = transaction;
  const [{ pid } = {}] = await queryRows<{ pid: number }>(em, sql`select pg_backend_pid() as pid`);
  await insert(transaction, 'src-open');
  em.persist(em.create(Source, {} as never));
  await expect(transaction.commit()).rejects.toThrow('Source.id');
  const ofConnection = sql`select pid from pg_stat_activity where pid = ${pid}`;
  await until('it has ended', async () => (await queryRows(database.em.fork(), ofConnection)).length === 0);
  expect(await stored()).toEqual(before);
});

test('after a rollback to a savepoint, the transaction goes on', async () => {
  const transaction = await open();
  const { em } = transaction;
  const results = await Promise.allSettled([
    queryRows(em, sql`savepoint here`),
    queryRows(em, sql`select 1 / ${0}::int`),
    queryRows(em, sql`rollback to savepoint here`),
    queryRows(em, sql`select 'on' as goes`),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  await transaction.rollback();
});

test('each transaction returns its connection, also one that breaks', async () => {
  for (let n = 0; n < 2 * database.connections.max; n += 1) {
    const transaction = await open();
    const { em } = transaction;
    if (n % 2) {
      const results = await Promise.allSettled([
        queryRows(em, sql`select pg_terminate_backend(pg_backend_pid())`),
        stored(em),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      const end = n % 4 === 1 ? transaction.rollback() : transaction.commit();
      await expect(end).rejects.toThrow();
    } else {
      await stored(em);
      await transaction.commit();
    }
  }
});
