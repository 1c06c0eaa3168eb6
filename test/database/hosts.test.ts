import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DatabaseLimits, StartError } from '../../src/config/config.js';
import { openDatabase } from '../../src/database/open.js';
import { COMMAND_LIMITS } from '../../src/database/pool.js';
import type { Json } from '../support/calls.js';
import { type Cluster, type Replica, startCluster } from '../support/cluster.js';
import { KEY, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { inQuiet } from '../support/soak.js';

let cluster: Cluster;
let replica: Replica;
beforeAll(async () => {
  cluster = await startCluster();
  replica = await cluster.startReplica();
});
afterAll(() => cluster?.remove());

const severalHosts = () =>
  `postgresql://postgres@127.0.0.1:${replica.port},127.0.0.1:1,127.0.0.1:${cluster.port}/register`;

const LIMITS: DatabaseLimits = { ...COMMAND_LIMITS, poolSize: 5, connectTimeout: 2_000 };

/** Returns the port that a new connection leads to. */
async function portOf(url: string): Promise<number> {
  const database = await openDatabase({ kind: 'postgresql', url }, { limits: LIMITS });
  try {
    const [row] = await database.em.getConnection().execute<{ port: number }[]>('select inet_server_port() as port');
    return row?.port as number;
  } finally {
    await database.close();
  }
}

async function post(server: Built, query: string): Promise<Json> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as Json) };
}

const record = (name: string) =>
  `mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "${name}" }, reason: "test" }) { userErrors { message } } }`;
const metric = async (server: Built, name: string) =>
  new RegExp(`^${name} (.*)$`, 'm').exec(await (await fetch(`${server.url}/metrics`)).text())?.[1];
const ready = async (server: Built) => (await fetch(`${server.url}/health/ready`)).json();

const READ_ONLY = {
  status: 200,
  data: null,
  errors: [
    {
      message: expect.stringMatching(
        /^This instance of the register can only be read: .* Send mutations to an instance/,
      ),
      extensions: { code: 'READ_ONLY' },
    },
  ],
};

describe('a database that cannot be written', () => {
  test('as a replica: health, mutations, metrics and the log say so', async () => {
    const server = await startBuilt(replica.url);
    try {
      expect(await ready(server)).toMatchObject({ status: 'ok', database: 'ok', readOnly: true });
      expect(await post(server, record('Replica'))).toMatchObject(READ_ONLY);
      expect((await post(server, '{ partnerships { totalCount } }')).data.partnerships.totalCount).toBe(53);
      expect(await metric(server, 'stedenband_listen_heard')).toBe('0');
      await until('the log says so', () => server.errors().includes('\n'));
      const [line, ...others] = server.errors().trim().split('\n');
      expect(JSON.parse(line as string)).toMatchObject({
        msg: expect.stringMatching(/^LISTEN is not heard/),
        // cannot execute LISTEN during recovery
        err: { code: '25006' },
      });
      expect(others).toEqual([]);
    } finally {
      await server.kill('SIGTERM');
    }
  });

  test('as a role that may only read', async () => {
    await cluster.run('create role reader login');
    await cluster.run('grant select on all tables in schema public to reader');
    const server = await startBuilt(cluster.url.replace('postgres@', 'reader@'));
    try {
      expect(await ready(server)).toMatchObject({ status: 'ok', readOnly: true });
      expect(await post(server, record('Reader'))).toMatchObject(READ_ONLY);
      await until('it listens', async () => (await metric(server, 'stedenband_listen_heard')) === '1');
      expect(server.errors()).toBe('');
    } finally {
      await server.kill('SIGTERM');
    }
  });
});

describe('several hosts', () => {
  test('the one that accepts writes is used, or any if the string says so', async () => {
    expect(await portOf(severalHosts())).toBe(cluster.port);
    expect(await portOf(`${replica.url}?target_session_attrs=any`)).toBe(replica.port);
    const any = `postgresql://postgres@127.0.0.1:1,127.0.0.1:${replica.port}/register?target_session_attrs=any`;
    expect(await portOf(any)).toBe(replica.port);
  });

  test('without one that accepts writes, the start ends with the reason of each', async () => {
    const url = `postgresql://postgres@127.0.0.1:${replica.port},127.0.0.1:1/register`;
    const opening = openDatabase({ kind: 'postgresql', url }, { limits: LIMITS });
    await expect(opening).rejects.toThrow(StartError);
    await expect(opening).rejects.toThrow(
      `The database of DATABASE_URL cannot be reached: no host accepts writes: 127.0.0.1:${replica.port} is a replica, or read-only; 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1.`,
    );
    await expect(portOf(`${replica.url}?target_session_attrs=read-write`)).rejects.toThrow(/is a replica/);
  });

  // The last test: it promotes the replica.
  test('after a failover the promoted replica is used, by a running server', async () => {
    const server = await startBuilt(severalHosts(), '0', [], { RESPONSE_CACHE: 'off' });
    try {
      expect(await ready(server)).toMatchObject({ status: 'ok', readOnly: false });
      const written = async (name: string) =>
        (await post(server, record(name))).data?.recordOrganisation?.userErrors.length === 0;
      expect(await written('Before')).toBe(true);
      await cluster.kill();
      expect(await post(server, '{ partnerships { totalCount } }')).toMatchObject({
        status: 503,
        errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
      });
      await replica.promote();
      await until('it writes again', () => written('After'), inQuiet(4_000));
      const { organisations } = (await post(server, '{ organisations(first: 100) { nodes { names { en } } } }')).data;
      expect(JSON.stringify(organisations)).toContain('After');
      await until('it listens again', async () => (await metric(server, 'stedenband_listen_heard')) === '1');
      expect(await ready(server)).toMatchObject({ status: 'ok', readOnly: false });
    } finally {
      await server.kill('SIGTERM');
    }
  });
});
