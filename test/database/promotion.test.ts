import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { COMMAND_LIMITS } from '../../src/database/pool.js';
import type { Json } from '../support/calls.js';
import { type Cluster, type Replica, startCluster } from '../support/cluster.js';
import { until } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';
import { post, revise } from '../support/past.js';
import { openProxy } from '../support/proxy.js';
import { inQuiet } from '../support/soak.js';

let cluster: Cluster;
let replica: Replica;
let server: Feed;
const lines: string[] = [];
/** Fewer than the readers, so that each connection is in use and the pool opens no other. */
const POOL_SIZE = 2;
/** The former primary is the first, and the one that is tried at once in any case. */
const severalHosts = () => `postgresql://postgres@127.0.0.1:${cluster.port},127.0.0.1:${replica.port}/register`;

beforeAll(async () => {
  cluster = await startCluster();
  replica = await cluster.startReplica();
  server = await openFeed(
    severalHosts(),
    line => lines.push(String(line)),
    {},
    { ...COMMAND_LIMITS, poolSize: POOL_SIZE },
  );
});
afterAll(async () => {
  await server?.close();
  await cluster?.remove();
});

/** Sets whether the primary, which stays up, accepts writes. */
async function setReadOnly(value: 'on' | 'off'): Promise<void> {
  await cluster.run(`alter system set default_transaction_read_only = ${value}`);
  await cluster.run('select pg_reload_conf()');
}

const readOnly = async () =>
  /^stedenband_read_only (.*)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1];
const ready = async (): Promise<Json> => (await fetch(`${server.url}/health/ready`)).json() as Promise<Json>;
const readOnlyLines = () => lines.filter(line => line.startsWith('the database accepts'));

test('a primary that becomes read-only is in the metrics, in the log and in health, which does not contradict itself', async () => {
  await until('it writes', async () => (await readOnly()) === '0');
  await setReadOnly('on');
  await until('the metrics say so', async () => (await readOnly()) === '1');
  expect(readOnlyLines()).toEqual(['the database accepts no writes: mutations get READ_ONLY']);
  await until('health says so', async () => (await ready()).readOnly);
  const sessions = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'stedenband'`;
  for (const statement of ['select 1', sessions]) {
    await cluster.run(statement);
    await until('the database is asked again', async () => (await ready()).readOnly !== null);
    const { database, reason, readOnly: is } = await ready();
    // An open connection can be used.
    const expected = database === 'ok' ? undefined : 'no host of the database accepts writes';
    expect([reason, is]).toEqual([expected, true]);
  }
  await setReadOnly('off');
  await until('the metrics say so', async () => (await readOnly()) === '0');
  expect(readOnlyLines().slice(1)).toEqual(['the database accepts writes again']);
});

test('while clients read, writes go to the promoted replica, also if the former primary is up and read-only', async () => {
  await revise(server.url, 'before');
  // All connections are open: a new one finds no host that accepts writes between the two steps.
  const hold = () => server.database.em.getConnection().execute('select pg_sleep(0.2)');
  await Promise.all(Array.from({ length: POOL_SIZE }, hold));
  let ended = false;
  const answers = new Set<unknown>();
  const readers = Array.from({ length: 4 }, async () => {
    while (!ended) {
      const { status, body } = await post(server.url, { query: '{ partnerships(first: 2) { nodes { notes } } }' });
      answers.add(body.errors ?? status);
    }
  });
  await setReadOnly('on');
  await replica.promote();
  const write = () => revise(server.url, 'after').catch(() => undefined);
  // Without traffic the pool ends connections that are idle for 10 s.
  await until('it writes', async () => (await write()) !== undefined, inQuiet(5_000));
  ended = true;
  await Promise.all(readers);
  expect(answers).toEqual(new Set([200]));
  expect(await replica.rows(`select 1 as is from partnership where notes = 'after'`)).toEqual([{ is: 1 }]);
});

/** Returns the port of the server that is connected to. */
async function connectedTo(url: string): Promise<unknown> {
  const database = await openDatabase({ kind: 'postgresql', url });
  const [row] = await database.em.getConnection().execute<Json[]>('select inet_server_port() as port');
  await database.close();
  return row?.port;
}

test('a former primary that comes back and accepts writes is not connected to, also if the promoted one is slow', async () => {
  await setReadOnly('off');
  const ports = new Set<unknown>();
  for (let turn = 0; turn < 10; turn += 1) ports.add(await connectedTo(severalHosts()));
  const slow = await openProxy(replica.port);
  slow.delay(50);
  ports.add(await connectedTo(severalHosts().replace(`:${replica.port}`, `:${slow.port}`)));
  await slow.close();
  expect([...ports]).toEqual([replica.port]);
});
