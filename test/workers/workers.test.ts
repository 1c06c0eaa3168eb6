import { createClient } from 'graphql-ws';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { allEventsOf, ask, FOLLOW, KEY, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { KeptAliveClient, type Load, startLoad } from '../support/kept-alive.js';
import { childrenOf } from '../support/processes.js';

vi.setConfig({ testTimeout: 120_000 });

const RATE_LIMIT = 600_000;
const SOCKETS = 6;

let database: string;
let server: Built;
beforeAll(async () => {
  database = await copyOnPostgreSql();
  server = await startBuilt(database, '0', [], {
    WORKERS: '2',
    LOG_LEVEL: 'info',
    RATE_LIMIT: String(RATE_LIMIT),
    MAX_COST: '20000',
    SOCKETS_PER_ADDRESS: String(SOCKETS),
    // Each test has clients of its own.
    TRUSTED_PROXIES: '127.0.0.1',
    DATABASE_LOCK_TIMEOUT: '60000',
    DATABASE_QUERY_TIMEOUT: '60000',
    DATABASE_IDLE_TIMEOUT: '60000',
  });
});
afterAll(() => server?.child.kill('SIGKILL'));

const FRESH = { connection: 'close' };
const from = (address: string) => ({ 'x-forwarded-for': address });

/** The lines of the log. A line that is being written is none. */
const lines = (): Json[] =>
  server
    .errors()
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line));

/** The workers that have answered requests with these names, by their log. */
const workersOf = (...names: string[]): Set<number> =>
  new Set(
    lines()
      .filter(({ operation }) => names.includes(operation))
      .map(({ worker }) => worker),
  );

async function metrics(): Promise<Map<string, number>> {
  const text = await (await fetch(`${server.url}/metrics`, { headers: FRESH })).text();
  const samples = text.split('\n').filter(line => line && !line.startsWith('#'));
  return new Map(samples.map(line => [line.replace(/ \S+$/, ''), Number(/\S+$/.exec(line)?.[0])]));
}

const isWhole = async () => (await metrics()).get('stedenband_workers') === 2;

const children = (): number[] => childrenOf(server.child.pid);

/** Asks over a new connection, and so the next worker. */
const askAnew = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...FRESH, ...headers },
    body: JSON.stringify({ query }),
  });

const revise = (id: string, version: number, name: string) => `mutation ${name} { revisePartnership(input: {
  id: "${id}", expectedVersion: ${version}, notes: "${name} ${version}", reason: "test" }) { change { cursor } userErrors { message } } }`;
const TIE = 'tie-delft-jingdezhen';
const OTHER_TIE = 'tie-rotterdam-shanghai';
const withKey = { authorization: `Bearer ${KEY}` };

test('both workers answer at one port, and one scrape has the requests of both', async () => {
  let asked = 0;
  await until('both have answered', async () => {
    asked += 1;
    await askAnew('query Both { partnerships { totalCount } }', from(`192.0.2.${asked}`));
    return workersOf('Both').size === 2;
  });
  const counted = async () => (await metrics()).get('stedenband_request_duration_seconds_count{operation="Both"}');
  // A request is counted after its response.
  await until('all are counted', async () => (await counted()) === asked);
  const scraped = await metrics();
  expect(scraped.get('stedenband_workers')).toBe(2);
  expect(scraped.get('stedenband_worker_exits_total')).toBe(0);
  expect(scraped.get('stedenband_storage_info{storage="postgresql"}')).toBe(1);
  await until('both hear of changes', async () => (await metrics()).get('stedenband_listen_heard') === 1);
  expect(server.errors()).toContain('"worker":2,');
});

test('a budget is that of the whole', async () => {
  const query = 'query Budget { partnerships(first: 100) { nodes { exchanges(first: 100) { nodes { id } } } } }';
  // A worker charges more for a document that it reads for the first time.
  await until('both have read it', async () => {
    await askAnew(query, withKey);
    return workersOf('Budget').size === 2;
  });
  const cost = Number((await askAnew(query, withKey)).headers.get('x-graphql-cost'));
  const admitted = Math.floor(RATE_LIMIT / cost);
  const responses = await Promise.all(Array.from({ length: 2 * admitted }, () => askAnew(query, from('198.51.100.1'))));
  const ofStatus = (expected: number) => responses.filter(({ status }) => status === expected);
  expect([ofStatus(200).length, ofStatus(429).length]).toEqual([admitted, admitted]);
  const remaining = ofStatus(200).map(({ headers }) => Number(headers.get('ratelimit-remaining')));
  expect(remaining.sort((a, b) => b - a)).toEqual(
    Array.from({ length: admitted }, (_, number) => RATE_LIMIT - (number + 1) * cost),
  );
  expect(responses[0]?.headers.get('ratelimit-limit')).toBe(String(RATE_LIMIT));
});

test('the sockets of an address are those of the whole, and free again when they close', async () => {
  const open = () =>
    new Promise<WebSocket | number | undefined>(resolve => {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: from('198.51.100.2'),
      });
      socket.once('open', () => {
        // One that says nothing is closed.
        socket.send('{"type":"connection_init"}');
        resolve(socket);
      });
      socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode));
      socket.on('error', () => undefined);
    });
  const opened = await Promise.all(Array.from({ length: SOCKETS + 2 }, open));
  const sockets = opened.filter(socket => socket instanceof WebSocket);
  expect(sockets).toHaveLength(SOCKETS);
  expect(opened.filter(status => status === 429)).toHaveLength(2);
  sockets[0]?.close();
  await until('one is free', async () => {
    const next = await open();
    if (next instanceof WebSocket) sockets.push(next);
    return next instanceof WebSocket;
  });
  for (const socket of sockets) socket.close();
});

test('a subscriber of one worker gets the changes of the other', async () => {
  const followers = [follow(), follow()];
  await until('both follow', async () => (await metrics()).get('stedenband_subscribers') === 2);
  for (const version of [1, 2, 3, 4]) {
    const { data } = (await (await askAnew(revise(TIE, version, 'Revise'), withKey)).json()) as Json;
    expect(data.revisePartnership.userErrors).toEqual([]);
  }
  for (const { changes } of followers) await until('all have arrived', () => changes.length === 4);
  for (const { stop } of followers) stop();
  const subscribed = lines().filter(({ type }) => type === 'subscription');
  expect(new Set(subscribed.map(({ worker }) => worker)).size).toBe(2);
  expect(workersOf('Revise').size).toBe(2);
});

test('a killed worker is replaced, and the requests of the other do not fail', async () => {
  const loads = startLoads('Killed', '203.0.113');
  await until('both workers have some', () => workersOf(...loads.map(({ name }) => name)).size === 2);
  // A response may come before its line.
  await until('the log has all', () => loads.every(({ name }) => workersOf(name).size > 0));
  const workerOf = new Map(loads.map(({ name }) => [name, [...workersOf(name)][0]]));
  const [victim] = children();
  process.kill(victim as number, 'SIGKILL');
  await until('it is replaced', () => server.errors().includes('ended by SIGKILL; it is replaced'));
  const killed = Number(/worker (\d+) ended by SIGKILL/.exec(server.errors())?.[1]);
  await until('the workers are complete', isWhole);
  const before = loads.map(({ answered }) => answered);
  await until('all are answered again', () =>
    loads.every(({ answered }, index) => answered > (before[index] as number)),
  );
  await Promise.all(loads.map(({ stop }) => stop()));
  for (const { name, failures } of loads) {
    if (workerOf.get(name) === killed) expect(failures.length, name).toBeLessThan(3);
    else expect(failures, name).toEqual([]);
  }
  expect((await metrics()).get('stedenband_worker_exits_total')).toBe(1);
});

/** Clients of addresses of their own that ask all the time, some with pauses, in which their connections are idle. */
function startLoads(name: string, network: string): Load[] {
  return [0, 0, 0, 0, 5, 20, 40, 80].map((pause, index) =>
    startLoad(server.url, `${name}${index}`, pause, from(`${network}.${index}`)),
  );
}

test('a reload under load replaces both workers, and no request fails', async () => {
  const client = new Client({ connectionString: database });
  await client.connect();
  const requests = (samples: Map<string, number>) =>
    [...samples].filter(([name]) => name.startsWith('stedenband_requests_total')).reduce((sum, [, n]) => sum + n, 0);
  const counted = requests(await metrics());
  const old = new Set(children());

  // A socket, a stream, an idle connection and a write that waits for a lock, on each worker.
  const followers = [follow(), follow()];
  const streams = [1, 2].map(() => openStream(server.url));
  await until('all follow', async () => (await metrics()).get('stedenband_subscribers') === 4);
  const idle = [1, 2].map(() => new KeptAliveClient(server.url));
  for (const connection of idle)
    expect((await connection.ask('{ __typename }', withKey)).connection).toBe('keep-alive');
  await client.query(`begin; select from partnership where id in ('${TIE}', '${OTHER_TIE}') for update`);
  const writes = [revise(TIE, 5, 'Waiting'), revise(OTHER_TIE, 1, 'Waiting')].map(mutation =>
    askAnew(mutation, withKey).then(response => response.json() as Promise<Json>),
  );
  const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  await until('both wait', async () => {
    // In a transaction, the sessions would be those of the first look.
    await client.query('select pg_stat_clear_snapshot()');
    return (await client.query(waiting)).rows.length === 2;
  });
  const loads = startLoads('Reloaded', '192.0.0');
  await until('all have asked', () => loads.every(({ answered }) => answered > 0));

  server.child.kill('SIGHUP');
  await until('a new worker answers', async () => {
    await askAnew('query New { __typename }', withKey);
    return [...workersOf('New')].some(worker => worker > 3);
  });
  await client.query('commit');
  await client.end();
  for (const { data } of await Promise.all(writes)) expect(data.revisePartnership.userErrors).toEqual([]);
  for (const connection of idle) {
    const response = await connection.ask('{ __typename }', withKey);
    expect(response.status).toBe(200);
    connection.close();
  }
  await until('the reload is done', () => server.errors().includes('the workers were replaced'));
  const before = loads.map(({ answered }) => answered);
  await until('the new ones answer all', () =>
    loads.every(({ answered }, index) => answered > (before[index] as number)),
  );
  await Promise.all(loads.map(({ stop }) => stop()));
  expect(Object.fromEntries(loads.map(({ name, failures }) => [name, failures]))).toEqual(
    Object.fromEntries(loads.map(({ name }) => [name, []])),
  );
  expect(await Promise.all(followers.map(({ closed }) => closed))).toEqual([1012, 1012]);
  for (const events of await Promise.all(streams)) expect(events.filter(({ event }) => event === 'error')).toEqual([]);
  await until('the old ones have ended', () => children().every(pid => !old.has(pid)));
  expect(children()).toHaveLength(2);
  const answered = loads.reduce((sum, load) => sum + load.answered, 0);
  // The counts of the workers that have ended are in the sums.
  await until('all are counted', async () => requests(await metrics()) >= counted + answered);
  expect((await metrics()).get('stedenband_worker_exits_total')).toBe(1);
});

/** Follows over a WebSocket. `closed` resolves with the code with which it was closed. */
function follow(): { changes: Json[]; closed: Promise<number>; stop(): void } {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: withKey,
  });
  const changes: Json[] = [];
  const closed = new Promise<number>(resolve => {
    client.on('closed', event => resolve((event as { code: number }).code));
  });
  const sink = { next: (change: unknown) => changes.push(change), error: () => undefined, complete: () => undefined };
  client.subscribe({ query: FOLLOW }, sink);
  return { changes, closed, stop: () => void client.dispose() };
}

/** Follows as server-sent events, and resolves with all events when the stream ends. */
const openStream = (url: string) =>
  fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...withKey },
    body: JSON.stringify({ query: FOLLOW }),
  }).then(allEventsOf);

test('on SIGTERM all workers finish, and the instance ends with code 0', async () => {
  const { closed } = follow();
  await until('it follows', async () => (await metrics()).get('stedenband_subscribers') === 1);
  expect(await ask(server.url, '{ partnerships { totalCount } }')).toBeDefined();
  const workers = children();
  expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(await closed).toBe(1012);
  for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
