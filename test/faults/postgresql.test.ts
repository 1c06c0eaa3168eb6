import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { newKey } from '../../src/access/key.js';
import type { Json } from '../support/calls.js';
import { type Cluster, startCluster } from '../support/cluster.js';
import {
  ask,
  followAlways,
  idOf,
  latest,
  overEvents,
  overWebSocket,
  pagesAfter,
  random,
  sleep,
  until,
} from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { write } from '../support/feed-writers.js';
import { type NetworkProxy, openProxy } from '../support/proxy.js';
import { inQuiet, isSoak, times } from '../support/soak.js';
import { expectVerified } from '../support/verified.js';

vi.setConfig({ testTimeout: times(60_000, 600_000) });

/** True if the test may mount a file system: as root, and not in every container. */
const canMount = await (async () => {
  const path = await mkdtemp(join(tmpdir(), 'stedenband-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
    execFileSync('umount', [path]);
    return true;
  } catch {
    return false;
  } finally {
    await rm(path, { recursive: true });
  }
})();

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster?.remove());

const READ = '{ partnership(id: "tie-rotterdam-shanghai") { id } }';
const READ_ANSWER = { data: { partnership: { id: 'tie-rotterdam-shanghai' } } };
const REVISE = `mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) {
  partnership { version } change { cursor } userErrors { code message } } }`;

interface MeasuredResponse {
  status: number;
  retryAfter: string | null;
  body: Json;
  durationMs: number;
}

/** Sends a query and returns the measured response. */
async function read(url: string, query = READ, headers: Record<string, string> = {}): Promise<MeasuredResponse> {
  const startedAt = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const body = await response.json();
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body,
    durationMs: performance.now() - startedAt,
  };
}

/** Response to a query while the database is unavailable. */
const UNAVAILABLE = {
  status: 503,
  retryAfter: '1',
  body: {
    errors: [
      {
        message: 'The register cannot be reached now; try again in 1 s.',
        extensions: { code: 'SERVICE_UNAVAILABLE', rule: 'REGISTER_UNAVAILABLE', params: { seconds: 1 } },
      },
    ],
  },
};

/** Expects `UNAVAILABLE`, regardless of the path and other members of the errors. */
function expectUnavailable({ status, retryAfter, body }: MeasuredResponse): void {
  expect({
    status,
    retryAfter,
    body: { errors: body.errors.map(({ message, extensions }: Json) => ({ message, extensions })) },
  }).toEqual(UNAVAILABLE);
}

/** Expects every transport to report that the database is unavailable, and the server to keep running. */
async function expectUnavailableOnAllTransports(url: string): Promise<void> {
  const { text } = newKey();
  const authorization = `Bearer ${text}`;
  expectUnavailable(await read(url, READ, { authorization }));
  const query = 'subscription { changes { cursor } }';
  const stream = (headers: Record<string, string>, subscription = query) =>
    fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: subscription }),
    });
  for (const headers of [{}, { authorization }] as Record<string, string>[]) {
    const response = await stream(headers);
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
      503,
      '1',
      UNAVAILABLE.body,
    ]);
  }
  // A filter is refused without the database, and no statement that was sent before ends the process.
  const filter = 'filter: { subjectIds: ["?"] }';
  const refused = await read(url, `{ changes(after: "0000000001-0123456789abcdef", ${filter}) { nodes { cursor } } }`);
  expect(refused.body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  const refusal = await stream({}, `subscription { changes(${filter}) { cursor } }`);
  expect(await refusal.text()).toContain('BAD_USER_INPUT');
  const socket = (connectionParams?: Record<string, unknown>) =>
    createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(connectionParams && { connectionParams }),
    });
  const anonymous = socket();
  for await (const { data, errors } of anonymous.iterate({ query: READ })) {
    expect(data).toEqual({ partnership: null });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['SERVICE_UNAVAILABLE']);
  }
  expect((await anonymous.iterate({ query }).next()).value).toEqual(UNAVAILABLE.body);
  await anonymous.dispose();
  const past = socket({ knownAt: new Date().toISOString() });
  await expect(past.iterate({ query: READ }).next()).rejects.toMatchObject(UNAVAILABLE.body.errors);
  await past.dispose();
  const authenticated = socket({ authorization });
  await expect(authenticated.iterate({ query }).next()).rejects.toMatchObject({ code: 1013 });
  await authenticated.dispose();
}

/** Disables the response cache, which would answer repeated queries without the database. */
const UNCACHED = { RESPONSE_CACHE: 'off' };

const responds = async (url: string) => (await read(url)).status === 200;

/** Starts a server that reaches the database through a proxy that can fail. */
async function overProxy(
  settings: Record<string, string> = {},
): Promise<{ server: Built; proxy: NetworkProxy; end(): Promise<void> }> {
  const proxy = await openProxy(cluster.port);
  const url = new URL(cluster.url);
  url.port = String(proxy.port);
  const server = await startBuilt(url.href, '0', [], { ...UNCACHED, ...settings });
  return {
    server,
    proxy,
    end: async () => {
      proxy.heal();
      const ended = await server.kill('SIGTERM');
      await proxy.close();
      expect(ended).toEqual({ code: 0, signal: null });
    },
  };
}

const KILLS = times(2, 20);
const MUTATIONS = KILLS * 60;

test(`PostgreSQL is killed ${KILLS} times under 8 writers: nothing acknowledged is lost or doubled, and tables, versions and log agree`, async () => {
  const server = await startBuilt(cluster.url, '0', [], UNCACHED);
  const { url } = server;
  try {
    const start = await latest(url);
    const subscribers = [overWebSocket, overEvents].map(over => followAlways(over, url, start));
    let written = 0;
    const killRepeatedly = async () => {
      for (let kill = 1; kill <= KILLS; kill += 1) {
        await until('writers write', () => written >= (kill * MUTATIONS) / (KILLS + 1), 120_000);
        await sleep(random(30));
        await cluster.kill();
        expectUnavailable(await read(url));
        if (kill === 1) await expectUnavailableOnAllTransports(url);
        const health = await fetch(`${url}/health/ready`);
        expect([health.status, await health.json()]).toEqual([
          503,
          expect.objectContaining({
            status: 'unavailable',
            database: 'unavailable',
            reason: 'the database does not answer',
          }),
        ]);
        expect((await fetch(`${url}/health/live`)).status).toBe(200);
        await cluster.start();
        await until('it responds again', () => responds(url), inQuiet(2_000));
        await expectVerified({ kind: 'postgresql', url: cluster.url });
      }
    };
    const count = () => {
      written += 1;
    };
    const [acknowledged] = await Promise.all([
      write(() => url, { writers: 8, mutations: MUTATIONS }, count),
      killRepeatedly(),
    ]);

    const pages = await pagesAfter(url, start);
    expect(acknowledged).toHaveLength(MUTATIONS);
    expect(pages.map(({ cursor }) => idOf(cursor)).toSorted()).toEqual(
      acknowledged.map(({ cursor }) => idOf(cursor)).toSorted(),
    );
    for (const following of subscribers) {
      await until('all arrived', () => following.changes.length >= MUTATIONS);
      await following.stop();
      // The subscribers are connected to the server, which did not restart.
      expect(following.resumed).toBe(0);
      expect(following.changes).toEqual(pages);
    }
    // Connections of interrupted transactions were returned to the pool.
    const all = await Promise.all(Array.from({ length: 40 }, () => read(url)));
    expect(all.map(({ status }) => status)).toEqual(Array(40).fill(200));
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    for (const line of server.errors().trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({
        level: 'error',
        msg: expect.stringMatching(/^(?:the database cannot answer now$|LISTEN is )/),
      });
    }
  } finally {
    server.child.kill('SIGKILL');
  }
});

test('changes of other instances arrive within 2 s after the database returns', async () => {
  const [first, second] = await Promise.all([
    startBuilt(cluster.url, '0', [], UNCACHED),
    startBuilt(cluster.url, '0', [], UNCACHED),
  ]);
  try {
    const following = followAlways(overWebSocket, first.url, await latest(first.url));
    await cluster.kill();
    await cluster.start();
    const recoveredAt = performance.now();
    await until('the second instance responds', () => responds(second.url), inQuiet(2_000));
    const { organisations } = await ask(second.url, '{ organisations(first: 1) { nodes { id version } } }');
    const [{ id, version }] = organisations.nodes;
    const revise =
      'mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) { userErrors { message } } }';
    const input = { id, expectedVersion: version, notes: 'Back', reason: 'test' };
    expect((await ask(second.url, revise, { input })).reviseOrganisation.userErrors).toEqual([]);
    await until('the first instance received the change', () => following.changes.length === 1, inQuiet(2_000));
    expect(performance.now() - recoveredAt).toBeLessThan(inQuiet(4_000));
    await following.stop();
  } finally {
    for (const server of [first, second]) expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  }
});

test('while the database is unavailable, cached responses are served with Cache-Status', async () => {
  const server = await startBuilt(cluster.url);
  try {
    const ask = () =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: READ }),
      });
    expect((await ask()).headers.get('cache-status')).toBe(null);
    const page = (id: string) => fetch(`${server.url}/id/${id}`, { headers: { accept: 'text/html' } });
    const text = await (await page('nl-rotterdam')).text();
    await cluster.kill();
    let cached = await ask();
    // Until the server detects that LISTEN is disconnected, a cached response counts as fresh.
    await until('Cache-Status is sent', async () => {
      expect(cached.status).toBe(200);
      if (cached.headers.has('cache-status')) return true;
      cached = await ask();
      return false;
    });
    expect([cached.status, cached.headers.get('cache-status'), await cached.json()]).toMatchObject([
      200,
      'stedenband; hit; detail="the database is unavailable"',
      READ_ANSWER,
    ]);
    const served = await page('nl-rotterdam');
    expect([served.status, served.headers.get('cache-status')]).toEqual([200, cached.headers.get('cache-status')]);
    expect(await served.text()).toBe(text);
    expect((await page('nl-delft')).status).toBe(503);
    expectUnavailable(await read(server.url, '{ partnership(id: "tie-delft-jingdezhen") { id } }'));
    await cluster.start();
    await until(
      'it responds from the database',
      async () => (await ask()).headers.get('cache-status') === null,
      inQuiet(2_000),
    );
  } finally {
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  }
});

test('if the database stops responding, no request takes more than 5 s, and it is used again within 2 s', async () => {
  const { server, proxy, end } = await overProxy();
  const { url } = server;
  await Promise.all(Array.from({ length: 12 }, () => read(url)));
  proxy.blackHole();
  const input = { id: 'tie-delft-jingdezhen', expectedVersion: 1, notes: 'Silent', reason: 'test' };
  const mutation = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer feed-test-key-0123456789' },
    body: JSON.stringify({ query: REVISE, variables: { input } }),
  });
  const ready = fetch(`${url}/health/ready`);
  const startedAt = performance.now();
  const reads = await Promise.all(Array.from({ length: 30 }, () => read(url)));
  for (const response of reads) {
    expectUnavailable(response);
    expect(response.durationMs).toBeLessThan(inQuiet(5_000));
  }
  expect([(await mutation).status, (await ready).status]).toEqual([503, 503]);
  expect(performance.now() - startedAt).toBeLessThan(inQuiet(5_000));
  const live = performance.now();
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect(performance.now() - live).toBeLessThan(inQuiet(200));
  proxy.heal();
  await until('it responds again', () => responds(url), inQuiet(2_000));
  await until('it is ready again', async () => (await fetch(`${url}/health/ready`)).status === 200, inQuiet(2_000));
  await end();
});

test('with a database latency of 200 ms, responses are slow but correct', async () => {
  const { server, proxy, end } = await overProxy();
  proxy.delay(100);
  const all = await Promise.all(Array.from({ length: 10 }, () => read(server.url)));
  for (const { status, body, durationMs } of all) {
    expect([status, body]).toMatchObject([200, READ_ANSWER]);
    expect(durationMs).toBeGreaterThan(200);
  }
  await end();
});

test('when all connections are in use, other requests receive 503, and the server keeps running', async () => {
  const server = await startBuilt(cluster.url, '0', [], {
    ...UNCACHED,
    DATABASE_POOL_SIZE: '3',
    DATABASE_CONNECT_TIMEOUT: '500',
  });
  const holder = await cluster.session();
  try {
    await holder.query('begin');
    await holder.query('lock table partnership in access exclusive mode');
    const waiting = Array.from({ length: 100 }, () => read(server.url));
    await sleep(300);
    const live = performance.now();
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect(performance.now() - live).toBeLessThan(inQuiet(200));
    for (const response of await Promise.all(waiting)) expectUnavailable(response);
    await holder.query('rollback');
    await until('it responds again', () => responds(server.url), inQuiet(1_000));
  } finally {
    await holder.end();
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  }
});

test('on SIGTERM, requests in flight finish, new ones are refused, and the exit code is 0', async () => {
  const server = await startBuilt(cluster.url, '0', [], { ...UNCACHED, TRUSTED_PROXIES: '127.0.0.1' });
  const [holder, watcher] = await Promise.all([cluster.session(), cluster.session()]);
  try {
    const following = followAlways(overWebSocket, server.url, await latest(server.url));
    await holder.query('begin');
    await holder.query('lock table partnership in access exclusive mode');
    // One client has a third of the connections.
    const inFlight = Array.from({ length: 8 }, (_, number) =>
      read(server.url, READ, { 'x-forwarded-for': `192.0.2.${number}` }),
    );
    await until('statements wait', async () => {
      const { rows } = await watcher.query("select 1 from pg_stat_activity where wait_event_type = 'Lock'");
      return rows.length >= 5;
    });
    const startedAt = performance.now();
    server.child.kill('SIGTERM');
    const accepts = () =>
      fetch(`${server.url}/health/live`).then(
        () => true,
        () => false,
      );
    await until('it refuses connections', async () => !(await accepts()));
    await holder.query('rollback');
    for (const { status, body } of await Promise.all(inFlight))
      expect([status, body]).toMatchObject([200, READ_ANSWER]);
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(inQuiet(10_000));
    expect(server.errors()).toBe('');
    await following.stop();
  } finally {
    await Promise.all([holder.end(), watcher.end()]);
    server.child.kill('SIGKILL');
  }
});

test.runIf(isSoak)('an unresponsive database does not keep the process from exiting', async () => {
  const { server, proxy } = await overProxy();
  await read(server.url);
  proxy.blackHole();
  const hanging = read(server.url).catch(() => undefined);
  await sleep(100);
  const startedAt = performance.now();
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  expect(performance.now() - startedAt).toBeLessThan(inQuiet(10_000));
  await hanging;
  proxy.heal();
  await proxy.close();
});

test.skipIf(!canMount)(
  'a full disk fails writes, not reads, and writes succeed again when there is space (needs mount)',
  async () => {
    const mountPoint = join(cluster.folder, 'small');
    await mkdir(mountPoint);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', mountPoint]);
    const server = await (async () => {
      execFileSync('chown', ['postgres', mountPoint]);
      await cluster.run(`create tablespace small location '${mountPoint}'`);
      const maintenance = await cluster.session('postgres');
      await maintenance.query('alter database register set tablespace small');
      await maintenance.end();
      return startBuilt(cluster.url, '0', [], UNCACHED);
    })().catch(error => {
      execFileSync('umount', ['-l', mountPoint]);
      throw error;
    });
    try {
      const { url } = server;
      const record =
        'mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) { organisation { id } userErrors { message } } }';
      let turn = 0;
      const write = async () => {
        turn += 1;
        const input = {
          kind: 'MINISTRY',
          names: { en: `Full ${turn}` },
          notes: randomBytes(900).toString('base64'),
          reason: 'test',
          idempotencyKey: `full ${turn}`,
        };
        return ask(url, record, { input });
      };
      await write();
      // Fills the remaining space.
      await writeFile(join(mountPoint, 'ballast'), Buffer.alloc(48 * 1024 * 1024)).catch(() => undefined);
      let failure: unknown;
      while (!failure)
        await write().catch(error => {
          failure = error;
        });
      expect(String(failure)).toContain('SERVICE_UNAVAILABLE');
      expect((await read(url)).body).toMatchObject(READ_ANSWER);
      const { organisations } = await ask(url, '{ organisations(first: 1) { totalCount } }');
      await rm(join(mountPoint, 'ballast'));
      await until(
        'it writes again',
        () =>
          write().then(
            () => true,
            () => false,
          ),
        inQuiet(2_000),
      );
      // Nothing of the failed write remains.
      expect((await ask(url, '{ organisations(first: 1) { totalCount } }')).organisations.totalCount).toBe(
        organisations.totalCount + 1,
      );
      expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    } finally {
      server.child.kill('SIGKILL');
      await cluster.kill();
      execFileSync('umount', ['-l', mountPoint]);
    }
  },
);
