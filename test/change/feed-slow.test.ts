import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { copyOnPostgreSql } from '../support/database.js';
import {
  type Connect,
  eventsOf,
  followAlways,
  idOf,
  latest,
  overEvents,
  overWebSocket,
  random,
  sleep,
  until,
} from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';

const EVENTS = 10_000;
/** Of one event, in bytes: all together far more than the system keeps for a connection. */
const SIZE = 4_096;
const FOLLOW = 'subscription($after: ChangeCursor) { changes(after: $after) { cursor fields { field after } } }';

let server: Built;
let client: Client;
beforeAll(async () => {
  const database = await copyOnPostgreSql();
  const probe = fileURLToPath(new URL('../support/feed-probe.mjs', import.meta.url));
  server = await startBuilt(database, '0', ['--expose-gc', '--import', probe]);
  client = new Client({ connectionString: database });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
});

/** Returns the heap of the server after a collection, in bytes, and its number of subscribers. */
async function probe(what: 'memory' | 'cpu' = 'memory'): Promise<{ used: number; followers: number }> {
  server.child.send(what);
  return (await once(server.child, 'message'))[0];
}

/** Returns the number of subscribers, without a collection: these delay what a test waits for. */
const followers = async () => (await probe('cpu')).followers;

/** Writes changes as the log does. */
async function append(count: number): Promise<void> {
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock(7370001)');
  await client.query(
    `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
     select 'REVISED', 'test', 'ORGANISATION', 'org-vng', 1 + n, '{}',
       jsonb_build_array(jsonb_build_object('field', 'notes', 'before', null, 'after', repeat(md5(n::text), $2::int / 32)))
     from generate_series(1, $1::int) n`,
    [count, SIZE],
  );
  await client.query(`select pg_notify('stedenband_change', '')`);
  await client.query('commit');
}

/** A subscriber that can stop reading, and the messages that it received before its end. */
interface Stalling {
  cursors: string[];
  pause(): void;
  resume(): void;
  /** The cursor to resume from, as the server states it. */
  ended: Promise<{ code: number | string; cursor: string | undefined }>;
}

async function stallingWebSocket(): Promise<Stalling> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  socket.send(JSON.stringify({ type: 'ping' }));
  const cursors: string[] = [];
  const raw = (socket as unknown as { _socket: { pause(): void; resume(): void } })._socket;
  socket.on('message', data => {
    const message = JSON.parse(String(data));
    if (message.type === 'connection_ack')
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: FOLLOW } }));
    if (message.type === 'next') cursors.push(message.payload.data.changes.cursor);
  });
  return {
    cursors,
    pause: () => raw.pause(),
    resume: () => raw.resume(),
    ended: once(socket, 'close').then(([code, reason]) => ({
      code,
      cursor: /^Too slow; resume after (\S+)$/.exec(String(reason))?.[1],
    })),
  };
}

async function stallingEvents(): Promise<Stalling> {
  const request = get(`${server.url}/graphql/stream?query=${encodeURIComponent(FOLLOW)}`, { agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const cursors: string[] = [];
  let last = { code: '', cursor: undefined };
  const read = async () => {
    for await (const { event, data, id } of eventsOf(response)) {
      if (event === 'next') cursors.push(id as string);
      else last = JSON.parse(data);
    }
    return last;
  };
  return {
    cursors,
    pause: () => response.socket.pause(),
    resume: () => response.socket.resume(),
    ended: read(),
  };
}

// One transport at a time: a client reads on as soon as it was given up, before the server cuts its connection off.
test.each([
  ['WebSocket', stallingWebSocket, 1013],
  ['server-sent events', stallingEvents, 'TOO_SLOW'],
] as const)(
  'a client of %s that stops to read holds up nobody, costs no memory, and is told where to resume',
  async (...args) => {
    const [, connect, code] = args;
    const start = await latest(server.url);
    const all = Array.from({ length: EVENTS + 1 }, (_, n) => idOf(start) + 1 + n);
    const live = [overWebSocket, overEvents].map(over => followAlways(over, server.url, start, FOLLOW));
    const { cursors, pause, resume, ended } = await connect();
    await until('all three follow', async () => (await followers()) === 3);
    await append(1);
    await until('the first came', () => cursors.length === 1);
    pause();
    const { used } = await probe();

    let most = 0;
    const batches = 20;
    for (let batch = 1; batch <= batches; batch += 1) {
      await append(EVENTS / batches);
      const sent = 1 + (batch * EVENTS) / batches;
      for (const { changes } of live) await until('the others have the batch', () => changes.length === sent);
      most = Math.max(most, (await probe()).used);
    }
    await until('it is given up', async () => (await followers()) === 2);
    most = Math.max(most, (await probe()).used);
    resume();
    expect(await ended).toEqual({ code, cursor: cursors.at(-1) });
    expect(most - used).toBeLessThan(20 * 2 ** 20);

    expect(cursors.length).toBeLessThan(EVENTS);
    const rest = followAlways(overWebSocket, server.url, cursors.at(-1), FOLLOW);
    await until('the rest came', () => cursors.length + rest.changes.length >= all.length);
    await rest.stop();
    expect([...cursors, ...rest.changes.map(({ cursor }) => cursor)].map(idOf)).toEqual(all);
    for (const { changes, resumed, stop } of live) {
      await stop();
      expect(resumed).toBe(0);
      expect(changes.map(({ cursor }) => idOf(cursor))).toEqual(all);
    }
    await until('nobody follows', async () => (await followers()) === 0);
    expect((await probe()).used - used).toBeLessThan(20 * 2 ** 20);
  },
);

test('clients that go away at any moment leave nobody behind who follows', async () => {
  const going = async (over: Connect, after: string | undefined) => {
    const control = new AbortController();
    const following = over(server.url, after, () => undefined, control.signal, FOLLOW).catch(() => undefined);
    await sleep(random(60));
    control.abort();
    await following;
  };
  const gone = async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('error', () => undefined);
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init' }));
    });
    socket.on('message', () => {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: FOLLOW } }));
      setTimeout(() => socket.terminate(), random(5));
    });
    await once(socket, 'close');
  };
  const after = await latest(server.url);
  for (let round = 0; round < 10; round += 1) {
    const clients = Array.from({ length: 20 }, (_, n) =>
      n % 4 === 0 ? gone() : going(n % 2 ? overEvents : overWebSocket, n % 3 ? after : undefined),
    );
    await Promise.all(clients);
  }
  await until('nobody follows', async () => (await followers()) === 0);
  expect(server.errors()).toBe('');
});
