import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { defaultProtection } from '../../src/config/protection.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import { ConnectionShares } from '../../src/graph/sql/connection-shares.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { storeKey } from '../support/access.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { until } from '../support/feed.js';

let database: Database;
let server: RunningServer;
beforeAll(async () => {
  const limits = { poolSize: 10, connectTimeout: 3_000, queryTimeout: 0, lockTimeout: 20_000, idleTimeout: 0 };
  database = await openDatabase({ kind: 'postgresql', url: await copyOnPostgreSql() }, { limits });
  const protection = { ...defaultProtection(), trustedProxies: ['127.0.0.1'], socketsPerAddress: 2 };
  server = await serve(database, '127.0.0.1', 0, console.error, { protection });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function ask(query: string, headers: Record<string, string>) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as Json) };
}
const from = (address: string) => ({ 'x-forwarded-for': address });

describe('one client uses at most a third of the database connections', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanups.splice(0)) await cleanUp();
  });

  /** Locks a table, so that all statements on it wait. Returns the function that unlocks it. */
  async function lock(table: string): Promise<() => Promise<void>> {
    const em = database.em.fork();
    await em.begin();
    await em.execute(`lock table ${table} in access exclusive mode`);
    let isLocked = true;
    const unlock = async () => {
      if (isLocked) await em.rollback();
      isLocked = false;
    };
    cleanups.push(unlock);
    return unlock;
  }

  /** Returns the number of connections whose statement waits for a lock. */
  const waiting = async (): Promise<number> => {
    const [row] = await database.em
      .fork()
      .execute<{ count: number }[]>(
        `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
    return row?.count as number;
  };

  test('reads: the others are answered, and what exceeds the share waits', async () => {
    const unlock = await lock('programme');
    const slow = Array.from({ length: 30 }, (_, i) =>
      ask(`{ programmes(first: ${i + 1}) { nodes { id } } }`, from('203.0.113.1')),
    );
    await until('three connections wait', async () => (await waiting()) === 3);
    const others = await Promise.all(
      Array.from({ length: 6 }, (_, i) => ask(`{ partnerships(first: ${i + 1}) { totalCount } }`, from('203.0.113.2'))),
    );
    expect(others.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(await waiting()).toBe(3);
    await unlock();
    const answers = await Promise.all(slow);
    expect(answers.map(({ status, data }) => [status, data?.programmes.nodes.length])).toEqual(
      slow.map((_, i) => [200, Math.min(i + 1, 16)]),
    );
  });

  test('transactions of one key, too', async () => {
    const unlock = await lock('search_document');
    const authorization = `Bearer ${await storeKey(database, ['register:admin'])}`;
    const note = (i: number) => `mutation { reviseOrganisation(input: {
      id: "org-vng", expectedVersion: 1, notes: "note ${i}", dryRun: true }) { userErrors { code } } }`;
    const writes = Array.from({ length: 8 }, (_, i) => ask(note(i), { authorization }));
    await until('three connections wait', async () => (await waiting()) === 3);
    expect((await ask('{ partnerships(first: 3) { totalCount } }', from('203.0.113.3'))).status).toBe(200);
    expect(await waiting()).toBe(3);
    await unlock();
    for (const { status, errors } of await Promise.all(writes)) expect([status, errors]).toEqual([200, undefined]);
  });

  test('a client that waits too long for itself is refused with 429', async () => {
    await lock('exchange');
    const slow = Array.from({ length: 20 }, (_, i) =>
      ask(`{ exchanges(first: ${i + 1}) { nodes { id } } }`, from('203.0.113.4')),
    );
    await until('three connections wait', async () => (await waiting()) === 3);
    expect((await ask('{ partnerships(first: 4) { totalCount } }', from('203.0.113.5'))).status).toBe(200);
    const refused = await Promise.race(slow);
    expect([refused.status, refused.errors[0].extensions, refused.errors[0].message]).toEqual([
      429,
      expect.objectContaining({ code: 'RATE_LIMITED', retryAfter: 1 }),
      'Your other operations use all 3 database connections that one client may use at a time; wait for them, and try again.',
    ]);
    // Statements of a difference run before its file begins. Nobody is answered meanwhile: the reason is the database.
    const path = `/export/difference.csv?from=${new Date().toISOString()}`;
    const file = await fetch(server.url + path, { headers: from('203.0.113.4') });
    const { errors } = (await file.json()) as Json;
    expect([file.status, file.headers.get('retry-after'), errors[0].extensions.code]).toEqual([
      503,
      '1',
      'SERVICE_UNAVAILABLE',
    ]);
    for (const cleanUp of cleanups.splice(0)) await cleanUp();
    await Promise.all(slow);
  });
});

describe('shares of connections', () => {
  test('start in the order of arrival, each client by itself', () => {
    const shares = new ConnectionShares(2, 1_000);
    const started: string[] = [];
    const releases: (() => void)[] = [];
    for (const name of ['a1', 'a2', 'a3', 'a4', 'b1']) {
      const start = (release: () => void) => {
        started.push(name);
        releases.push(release);
      };
      shares.acquire(name.slice(0, 1), start, () => started.push(`${name} refused`));
    }
    expect(started).toEqual(['a1', 'a2', 'b1']);
    releases[1]?.();
    // A second call has no effect.
    releases[1]?.();
    expect(started).toEqual(['a1', 'a2', 'b1', 'a3']);
    releases[0]?.();
    expect(started.at(-1)).toBe('a4');
  });

  test('refuse what waits too long, and only that', async () => {
    const shares = new ConnectionShares(1, 40);
    const events: string[] = [];
    let release: () => void = () => undefined;
    const other = () =>
      shares.acquire(
        'b',
        free => free(),
        () => undefined,
      );
    const hold = (free: () => void) => {
      release = free;
    };
    shares.acquire('a', hold, () => undefined);
    const wait = (name: string) =>
      shares.acquire(
        'a',
        () => events.push(name),
        error => events.push(error.message),
      );
    wait('first');
    other();
    await until('the first is refused', () => events.length === 1);
    expect(events[0]).toContain('all 1 database connections');
    // Without an answer to anybody, the database is away.
    wait('second');
    await until('the second is refused', () => events.length === 2);
    expect(events[1]).toContain('The register cannot be reached now');
    wait('third');
    release();
    expect(events[2]).toBe('third');
  });
});

test('the quota of sockets counts all addresses of one IPv6 network', async () => {
  const open = (address: string) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: from(address),
    });
    return Promise.race([
      once(socket, 'open').then(() => socket),
      once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode as number),
    ]);
  };
  const sockets = [await open('2001:db8:0:7::1'), await open('2001:db8:0:7::2')];
  expect(await open('2001:db8:0:7:ffff::3')).toBe(429);
  sockets.push(await open('2001:db8:0:8::1'));
  for (const socket of sockets) {
    expect(socket).toBeInstanceOf(WebSocket);
    (socket as WebSocket).terminate();
  }
});
