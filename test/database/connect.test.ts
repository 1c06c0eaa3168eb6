import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Pool, type PoolConfig } from 'pg';
import { expect, test } from 'vitest';
import { parseDatabaseUrl } from '../../src/database/connection/url.js';
import { openDatabase } from '../../src/database/open.js';
import { COMMAND_LIMITS, driverOptions } from '../../src/database/pool.js';
import { copyOnPostgreSql } from '../support/database.js';

/** Returns a message of the PostgreSQL protocol: its type, its length, its content. */
function message(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
}
const AUTHENTICATION_OK = message('R', Buffer.alloc(4));
const READY_FOR_QUERY = message('Z', Buffer.from('I'));
const SHUTDOWN = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0', 'latin1'),
);

test('an error in the packet that establishes a connection reaches the pool, and does not end the process', async () => {
  const server = createServer(socket => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([AUTHENTICATION_OK, READY_FOR_QUERY, SHUTDOWN])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `postgresql://postgres@127.0.0.1:${(server.address() as AddressInfo).port}/register`;
  const options = { connectionString: url, ...driverOptions(parseDatabaseUrl(url), COMMAND_LIMITS, false) };
  const pool = new Pool(options as unknown as PoolConfig);
  const errors: Error[] = [];
  pool.on('connect', client => client.on('error', error => errors.push(error)));
  const client = await pool.connect();
  expect(errors).toMatchObject([{ code: '57P01' }]);
  client.release(true);
  await pool.end();
  server.close();
});

test('a database is closed while its pool opens connections', async () => {
  const database = await openDatabase({ kind: 'postgresql', url: await copyOnPostgreSql() });
  // The pool has one connection, so two of the three statements need a new one.
  const statements = [1, 2, 3].map(() => database.em.getConnection().execute('select 1'));
  const settled = Promise.allSettled(statements);
  await new Promise(resolve => setTimeout(resolve));
  await database.close();
  expect((await settled).map(({ status }) => status)).toContain('fulfilled');
});

test.each([
  ['', {}],
  ['?options=-c%20work_mem%3D9MB', { work_mem: '9MB' }],
  ['?options=-c%20random_page_cost%3D2', { random_page_cost: '2' }],
])('statements are not compiled, pages cost the same in any order, and options hold: %s', async (parameters, own) => {
  const settings = ['jit', 'random_page_cost', 'work_mem'].map(name => `current_setting('${name}') as ${name}`);
  const database = await openDatabase({ kind: 'postgresql', url: `${await copyOnPostgreSql()}${parameters}` });
  const [row] = await database.em.getConnection().execute<Record<string, string>[]>(`select ${settings}`);
  await database.close();
  expect(row).toEqual({ jit: 'off', random_page_cost: '1', work_mem: expect.not.stringContaining('9MB'), ...own });
});
