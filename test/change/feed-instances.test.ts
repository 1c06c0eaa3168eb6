import { Client } from 'pg';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { copyOnPostgreSql } from '../support/database.js';
import {
  allEventsOf,
  ask,
  type Following,
  followAlways,
  latest,
  overEvents,
  overWebSocket,
  pagesAfter,
  sleep,
  until,
} from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { untilBlocked } from '../support/locks.js';
import { inQuiet } from '../support/soak.js';

const REVISE = `mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) {
  organisation { version } change { cursor } userErrors { message } } }`;

let database: string;
let client: Client;
const servers: Built[] = [];
beforeAll(async () => {
  database = await copyOnPostgreSql();
  client = new Client({ connectionString: database });
  await client.connect();
  return async () => {
    await client.end();
  };
});
afterEach(async () => {
  for (const { child } of servers.splice(0)) child.kill('SIGKILL');
});

async function start(): Promise<Built> {
  const server = await startBuilt(database);
  servers.push(server);
  return server;
}

let version = 1;
async function revise(url: string, headers: Record<string, string> = {}): Promise<string> {
  const input = { id: 'org-vng', expectedVersion: version, notes: `Version ${version + 1}` };
  const { organisation, change, userErrors } = (await ask(url, REVISE, { input }, headers)).reviseOrganisation;
  expect(userErrors).toEqual([]);
  version = organisation.version;
  return change.cursor;
}

/** The arrival time of each change. */
function timed(following: Following): Map<string, number> {
  const arrived = new Map<string, number>();
  const { changes } = following;
  changes.push = (...items) => {
    for (const { cursor } of items) arrived.set(cursor, performance.now());
    return Array.prototype.push.apply(changes, items);
  };
  return arrived;
}

const median = (values: number[]) => values.toSorted((a, other) => a - other)[values.length >> 1] as number;
const listeners = async () =>
  (
    await client.query(
      `select pid from pg_stat_activity where application_name = 'stedenband-listen' and datname = current_database()`,
    )
  ).rows.length;

test('a mutation on one instance reaches the subscribers of all within 100 ms, also after a LISTEN connection was lost', async () => {
  const [first, other] = await Promise.all([start(), start()]);
  const from = await latest(first.url);
  const followings = [first, other].flatMap(({ url }) => [
    followAlways(overWebSocket, url, from),
    followAlways(overEvents, url, from),
  ]);
  const arrived = followings.map(timed);

  /**
   * The median for each subscriber of the time to its arrival, of those made on the other instance; from the moment that
   * it was sent, which is more than from the commit.
   */
  const measure = async (count: number): Promise<number[]> => {
    const sent: { cursor: string; from: Built; at: number }[] = [];
    // In a row on one instance: its own mutations would wake the other.
    for (const from of [first, other]) {
      for (let n = 0; n < count / 2; n += 1) {
        const at = performance.now();
        sent.push({ cursor: await revise(from.url), from, at });
      }
    }
    await until('all arrived', () => arrived.every(times => sent.every(({ cursor }) => times.has(cursor))));
    return arrived.map((times, subscriber) => {
      const elsewhere = sent.filter(({ from }) => from === (subscriber < 2 ? other : first));
      return median(elsewhere.map(({ cursor, at }) => (times.get(cursor) as number) - at));
    });
  };
  for (const delay of await measure(200)) expect(delay).toBeLessThan(inQuiet(100));

  expect(await listeners()).toBe(2);
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'stedenband-listen' and datname = current_database()`,
  );
  // Nobody hears of these; the subscribers get them all the same.
  for (let n = 0; n < 5; n += 1) await revise(first.url);
  await until('all caught up', () => followings.every(({ changes }) => changes.length === 205), inQuiet(5_000));
  await until('both listen again', async () => (await listeners()) === 2, inQuiet(5_000));
  for (const delay of await measure(40)) expect(delay).toBeLessThan(inQuiet(100));

  const pages = await pagesAfter(first.url, from);
  for (const { stop, changes, resumed } of followings) {
    await stop();
    expect(resumed).toBe(0);
    expect([...changes]).toEqual(pages);
  }
  for (const server of [first, other]) {
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(
      server
        .errors()
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).msg.split(':')[0]),
    ).toEqual(['LISTEN is not heard', 'LISTEN is heard again']);
  }
});

/** Tells a server to stop while a mutation is under way, which goes on when the server has begun to close. */
async function stopDuring(
  server: Built,
  headers: Record<string, string>,
  meanwhile: () => Promise<void>,
): Promise<void> {
  await client.query('begin');
  let revising: Promise<string>;
  try {
    await client.query(`select 1 from organisation where id = 'org-vng' for update`);
    revising = revise(server.url, headers);
    await untilBlocked(client);
    const since = performance.now();
    const ended = server.kill('SIGTERM').then(how => ({ ...how, within: performance.now() - since }));
    await meanwhile();
    await client.query('commit');
    expect(await revising).toEqual(expect.any(String));
    expect(await ended).toEqual({ code: 0, signal: null, within: expect.toSatisfy(time => time < 3_000) });
  } finally {
    await client.query('rollback');
  }
  expect(server.errors()).toBe('');
}

test('a server that is told to stop finishes requests, closes sockets with 1012 and ends streams', async () => {
  const server = await start();
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const closed = new Promise(resolve => socket.on('close', (code, reason) => resolve([code, String(reason)])));
  const acknowledged = new Promise(resolve => socket.once('message', data => resolve(JSON.parse(String(data)))));
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  expect(await acknowledged).toEqual({ type: 'connection_ack' });
  const query = 'subscription { changes { cursor } }';
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  const idle = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const idleClosed = new Promise(resolve => idle.on('close', resolve));
  const stream = await fetch(`${server.url}/graphql/stream?query=${encodeURIComponent(query)}`);
  const streamed = allEventsOf(stream);

  await stopDuring(server, { connection: 'close' }, async () => {
    expect(await closed).toEqual([1012, 'The server restarts; connect again']);
    expect(await idleClosed).toBe(1012);
    expect(await streamed).toEqual([]);
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow('fetch failed');
    await sleep(300);
  });
});

test('a client that keeps its connection alive does not hold up a server that stops', async () => {
  await stopDuring(await start(), {}, () => sleep(100));
});

test('clients that were told so come back to the server that takes its place', async () => {
  const server = await start();
  const from = await latest(server.url);
  const followings = [overWebSocket, overEvents].map(over => followAlways(over, server.url, from));
  await revise(server.url);
  await until('it arrived', () => followings.every(({ changes }) => changes.length === 1));
  await server.kill('SIGTERM');
  const next = await startBuilt(database, new URL(server.url).port);
  servers.push(next);
  await revise(next.url);
  await until('it arrived', () => followings.every(({ changes }) => changes.length === 2));
  for (const { stop, changes } of followings) {
    await stop();
    expect(changes).toEqual(await pagesAfter(next.url, from));
  }
});
