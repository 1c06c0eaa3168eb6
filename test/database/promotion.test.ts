import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import type { Json } from '../support/calls.js';
import { type Cluster, type Replica, startCluster } from '../support/cluster.js';
import { until } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';
import { post, revise } from '../support/past.js';
import { inQuiet } from '../support/soak.js';

let cluster: Cluster;
let replica: Replica;
let server: Feed;
/** The former primary is the first, and the one that is tried at once in any case. */
const severalHosts = () => `postgresql://postgres@127.0.0.1:${cluster.port},127.0.0.1:${replica.port}/register`;

beforeAll(async () => {
  cluster = await startCluster();
  replica = await cluster.startReplica();
  server = await openFeed(severalHosts());
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

test('while clients read, writes go to the promoted replica, also if the former primary is up and read-only', async () => {
  await revise(server.url, 'before');
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

test('a former primary that comes back and accepts writes is not connected to', async () => {
  await setReadOnly('off');
  const ports = new Set<unknown>();
  for (let turn = 0; turn < 10; turn += 1) {
    const database = await openDatabase({ kind: 'postgresql', url: severalHosts() });
    const [row] = await database.em.getConnection().execute<Json[]>('select inet_server_port() as port');
    ports.add(row?.port);
    await database.close();
  }
  expect([...ports]).toEqual([replica.port]);
});
