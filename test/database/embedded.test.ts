import type { Duplex } from 'node:stream';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { EmbeddedBackend } from '../../src/database/embedded/backend.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { isDatabaseUnavailable } from '../../src/graph/sql/unavailable.js';
import { serve } from '../../src/server/serve.js';
import { openTestDatabase } from '../support/database.js';

async function openBackend(): Promise<EmbeddedBackend> {
  const backend = await EmbeddedBackend.begin(undefined, inject('snapshot'));
  await backend.opened;
  return backend;
}

let backend: EmbeddedBackend;
beforeAll(async () => {
  backend = await openBackend();
});
afterAll(() => backend.close());

async function connect(to = backend): Promise<Client> {
  const client = new Client({ stream: () => to.connect(), ssl: false, user: 'postgres', database: 'postgres' });
  // Without a listener an 'error' event ends the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The driver's connection, whose stream it writes to. */
const connectionOf = (client: Client) => (client as unknown as { connection: { stream: Duplex } }).connection;

/** The first value of the rows, or the SQLSTATE of the error. */
const outcome = (query: Promise<{ rows: unknown[] }>) =>
  query.then(
    ({ rows: [row] }) => Object.values(row ?? {})[0],
    error => error.code,
  );

test.each([
  ['without values', (text: string, _: number) => ({ text })],
  ['with values', (text: string, value: number) => ({ text: `${text} where $1::int is not null`, values: [value] })],
  ['prepared', (text: string, value: number) => ({ name: text, text: `${text} where $1::int > 0`, values: [value] })],
])('a statement %s that fails leaves those that were sent with it', async (_, statement) => {
  const client = await connect();
  Object.assign(client, { pipeline: true });
  const send = (text: string) => outcome(client.query(statement(text, 1)));
  for (const isTogether of [false, true]) {
    const { stream } = connectionOf(client);
    if (isTogether) stream.cork();
    const sent = ['select 1 as a', 'selec 2', 'select 3 as a', 'select 4 / 0', 'select 5 as a'].map(send);
    if (isTogether) stream.uncork();
    expect(await Promise.all(sent), isTogether ? 'together' : 'apart').toEqual([1, '42601', 3, '22012', 5]);
  }
  await client.end();
});

test('a new connection finds neither the transaction nor the statements of the one before', async () => {
  const first = await connect();
  await first.query({ name: 's1', text: 'select $1::int as a', values: [1] });
  await first.query('set search_path = history');
  await first.query('begin');
  await first.query(`delete from search_document`);
  connectionOf(first).stream.destroy();
  const second = await connect();
  expect(await outcome(second.query({ name: 's1', text: 'select 2 as b', values: [] }))).toBe(2);
  expect(await outcome(second.query('show search_path'))).toBe('public');
  // By the parameters of its start.
  expect(await outcome(second.query('show random_page_cost'))).toBe('1');
  expect(await outcome(second.query('select count(*) > 0 from search_document'))).toBe(true);
  await second.end();
});

test('rows of a megabyte, and statements of one, arrive whole', async () => {
  const client = await connect();
  const text = '鹿特丹'.repeat(300_000);
  const { rows } = await client.query('select $1::text || x as text from generate_series(1, 3) x', [text]);
  expect(rows.map(row => row.text === text + (rows.indexOf(row) + 1))).toEqual([true, true, true]);
  await client.end();
});

test('statements that wait for a thread that ends are rejected, and later ones at once', async () => {
  const ending = await openBackend();
  const client = await connect(ending);
  const running = client.query('select count(*) from generate_series(1, 100000000)');
  await ending.terminate();
  for (const statement of [running, connect(ending)]) {
    const error = await statement.catch(error => error);
    expect(error.message).toBe('The embedded database has ended.');
    expect(isDatabaseUnavailable(error)).toBe(true);
  }
});

test('a statement after the close is rejected', async () => {
  const closing = await openBackend();
  const client = await connect(closing);
  const closed = closing.close();
  await expect(client.query('select 1')).rejects.toThrow('The embedded database has ended.');
  await closed;
});

test('the server answers requests while the database executes a statement', async () => {
  const database = await openTestDatabase();
  const server = await serve(database, '127.0.0.1', 0, console.error);
  const events: string[] = [];
  const slow = queryRows(database.em.fork(), {
    text: 'select count(*) from generate_series(1, 3000000)',
    values: [],
  }).then(() => events.push('statement'));
  await fetch(`${server.url}/health/live`).then(({ status }) => events.push(`live ${status}`));
  await slow;
  expect(events).toEqual(['live 200', 'statement']);
  await server.close();
  await database.close();
});
