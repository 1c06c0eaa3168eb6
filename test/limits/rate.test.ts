import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import { defaultProtection, type Protection } from '../../src/config/protection.js';
import type { Database } from '../../src/database/open.js';
import { openDatabase } from '../../src/database/open.js';
import { EventCharges } from '../../src/limits/event-charges.js';
import { RateLimiters } from '../../src/limits/rate-limit.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { Socket, storeKey } from '../support/access.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql, openTestDatabase } from '../support/database.js';
import { until } from '../support/feed.js';
import { AUDIENCE, openProvider, providerKey, tokenOf } from '../support/provider.js';

/** Cost of a query for one partnership. */
const ONE = '{ partnership(id: "tie-rotterdam-shanghai") { id } }';
/** Points for reading a short document for the first time. */
const READ = 4;
const ADMIN = 'rate-test-admin-key';

let database: Database;
let server: RunningServer;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterEach(() => server?.close());
afterAll(() => database?.close());

const rate = (perAddress: number | undefined, perKey = perAddress) => ({
  perAddress,
  perKey,
  store: 'memory' as const,
});

async function start(protection: Partial<Protection>, register = database): Promise<RunningServer> {
  const options = { access: { adminKey: ADMIN }, protection: { ...defaultProtection(), ...protection } };
  server = await serve(register, '127.0.0.1', 0, console.error, options);
  return server;
}

async function ask(query: string, headers: Record<string, string> = {}, url = server.url) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors, extensions } = (await response.json()) as Json;
  const header = (name: string) => response.headers.get(name);
  return { status: response.status, data, error: errors?.[0], cost: extensions?.cost, header };
}

const key = (text: string) => ({ authorization: `Bearer ${text}` });

test('every answer says what it cost, could have cost and may cost, and what is left', async () => {
  await start({ rate: rate(1_000) });
  const query =
    '{ partnership(id: "tie-rotterdam-shanghai") { citations { supports } } rateLimit { limit remaining cost resetAt } }';
  const { data, cost, header } = await ask(query);
  const { estimated, actual } = cost;
  expect(estimated).toBeGreaterThan(2);
  expect(actual).toBeGreaterThanOrEqual(2 + data.partnership.citations.length);
  // No operation may cost more than a full budget.
  expect(cost).toEqual({ estimated, actual, maximum: 1_000 });
  expect(data.rateLimit).toMatchObject({ limit: 1_000, remaining: 1_000 - READ - estimated, cost: estimated });
  const reset = Number(header('ratelimit-reset'));
  expect(reset).toBeGreaterThan(50);
  expect(Math.abs(Date.parse(data.rateLimit.resetAt) - Date.now() - reset * 1_000)).toBeLessThan(2_500);
  expect(['x-graphql-cost', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-policy'].map(header)).toEqual([
    String(estimated),
    '1000',
    String(1_000 - READ - estimated),
    '1000;w=60',
  ]);
  expect((await ask(ONE)).header('ratelimit-remaining')).toBe(String(999 - 2 * READ - estimated));
});

test('a wrong key costs 100 points, and its response has the budget that they are of', async () => {
  await start({ rate: rate(1_000) });
  const before = await left();
  const { status, error, header } = await ask(ONE, key('nothing'));
  expect([status, error.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  expect(['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-policy'].map(header)).toEqual([
    '1000',
    String(before - 100),
    '1000;w=60',
  ]);
  const page = await fetch(`${server.url}/questions`, { headers: { ...key('nothing'), accept: 'text/html' } });
  expect([page.status, page.headers.get('ratelimit-remaining')]).toEqual([401, String(before - 200)]);
});

test('without a limit nothing is said of one', async () => {
  await start({ rate: rate(undefined) });
  const { data, header } = await ask('{ rateLimit { limit } }');
  expect([data, header('ratelimit-limit')]).toEqual([{ rateLimit: null }, null]);
});

test('who has spent the budget is told when to come back, on every transport', async () => {
  await start({ rate: rate(READ + 3) });
  for (let i = 0; i < 3; i += 1) expect((await ask(ONE)).status).toBe(200);
  const { status, error, data, header } = await ask(ONE);
  expect([status, data, error.extensions]).toEqual([
    429,
    undefined,
    expect.objectContaining({ code: 'RATE_LIMITED', limit: READ + 3, cost: 1, retryAfter: expect.any(Number) }),
  ]);
  expect(header('retry-after')).toBe(String(error.extensions.retryAfter));
  expect(header('ratelimit-remaining')).toBe('0');
  // An invalid document costs a point, too.
  expect((await ask('{')).status).toBe(429);
  const stream = await fetch(`${server.url}/graphql/stream?query=${encodeURIComponent(ONE)}`);
  expect([stream.status, stream.headers.get('retry-after') !== null]).toEqual([429, true]);
  const socket = new Socket(server.url);
  expect(await socket.ready).toBe(true);
  socket.subscribe(ONE);
  expect((await socket.next()).payload[0].extensions).toMatchObject({ code: 'RATE_LIMITED', limit: READ + 3 });
  socket.close();
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
});

/** Returns the points that are left of a budget of 1,000, after a query that costs one point. */
const left = async (headers: Record<string, string> = {}) =>
  Number((await ask(ONE, headers)).header('ratelimit-remaining'));

/** A new document of so many tokens, that costs one point. */
const documentOf = (tokens: number, name: string) => `query ${name} { viewer { ${'name '.repeat(tokens - 7)} } }`;

describe('reading a document', () => {
  const TOKENS = 47;
  const READING = 5;

  test('is charged once, by its tokens, and is no part of the estimate', async () => {
    await start({ rate: rate(1_000) });
    const before = await left();
    const query = documentOf(TOKENS, 'a');
    const [first, second] = [await ask(query), await ask(query)];
    expect([first.cost.estimated, first.header('x-graphql-cost')]).toEqual([1, '1']);
    expect(first.header('ratelimit-remaining')).toBe(String(before - READING - 1));
    expect(second.header('ratelimit-remaining')).toBe(String(before - READING - 2));
  });

  test('is charged for an invalid one, whose response has the budget', async () => {
    await start({ rate: rate(1_000) });
    const before = await left();
    const { status, header } = await ask(documentOf(TOKENS, 'a').replace('viewer', 'nonsense'));
    expect([status, header('ratelimit-remaining')]).toEqual([400, String(before - READING - 1)]);
  });

  test('is charged on streams, on sockets, and for a GET', async () => {
    await start({ rate: rate(1_000) });
    const before = await left();
    const text = (name: string) => encodeURIComponent(documentOf(TOKENS, name));
    await (await fetch(`${server.url}/graphql/stream?query=${text('a')}`)).text();
    await (
      await fetch(`${server.url}/graphql?query=${text('b')}`, { headers: { 'apollo-require-preflight': '1' } })
    ).text();
    const socket = new Socket(server.url);
    expect(await socket.ready).toBe(true);
    socket.subscribe(documentOf(TOKENS, 'c'));
    await socket.next();
    socket.close();
    expect(await left()).toBe(before - 3 * (READING + 1) - 1);
  });

  test('is refused to a client without budget before it is validated', async () => {
    await start({ rate: rate(100) });
    const began = process.cpuUsage();
    const statuses = new Set<number>();
    for (let i = 0; i < 100; i += 1) statuses.add((await ask(documentOf(1_900, `a${i}`))).status);
    const { user, system } = process.cpuUsage(began);
    expect(statuses).toEqual(new Set([429]));
    // Validation would take about as many milliseconds for each.
    expect((user + system) / 1_000 / 100).toBeLessThan(8);
    const stream = `${server.url}/graphql/stream?query=${encodeURIComponent(documentOf(1_900, 'b'))}`;
    expect((await fetch(stream)).status).toBe(429);
    expect(await left()).toBe(100 - READ - 1);
  });
});

describe('a refusal for want of points takes nothing', () => {
  /** Costs all of a budget of 100. */
  const DEAR = '{ partnerships(first: 99) { nodes { id } } }';

  test('counted in memory', async () => {
    await start({ rate: rate(100) });
    const before = await left();
    const { status, error, header } = await ask(DEAR);
    expect([status, error.extensions.cost]).toEqual([429, 100]);
    const rest = Number(header('ratelimit-remaining'));
    expect(error.message).toMatch(`This costs 100 points, and ${rest} of the 100 a minute are left; try again in`);
    expect(rest).toBeGreaterThan(before - 5);
    expect(await left()).toBe(rest - 1);
  });

  test('so that a cheaper query passes, whatever came before it', async () => {
    await start({ rate: rate(100) });
    const page = (size: number) => `query ($n: Int = ${size}) { partnerships(first: $n) { nodes { id } } }`;
    expect((await ask(page(50))).header('ratelimit-remaining')).toBe(String(100 - READ - 51));
    const { status, error, header } = await ask(page(60));
    const rest = 100 - 2 * READ - 51;
    expect([status, error.extensions.cost, header('ratelimit-remaining')]).toEqual([429, 61, String(rest)]);
    expect(error.message).toMatch(`This costs 61 points, and ${rest} of the 100 a minute are left`);
    const cheap = await ask(page(5));
    expect([cheap.status, cheap.header('ratelimit-remaining')]).toEqual([200, String(rest - READ - 6)]);
  });

  test('counted in the database', async () => {
    const shared = await openDatabase({ kind: 'postgresql', url: await copyOnPostgreSql() });
    try {
      await start({ rate: { perAddress: 100, perKey: 100, store: 'postgresql' } }, shared);
      for (let i = 0; i < 3; i += 1) expect((await ask(DEAR)).status).toBe(429);
      expect(await left()).toBeGreaterThan(90);
    } finally {
      await server.close();
      await shared.close();
    }
  });
});

test('each event of a subscription is charged, and a subscriber without budget waits', async () => {
  const register = await openTestDatabase();
  try {
    await start({ rate: rate(READ + 2 + 30, 10_000) }, register);
    const socket = new Socket(server.url);
    expect(await socket.ready).toBe(true);
    socket.subscribe('subscription { changes { cursor subject { id } } }');
    const events: Json[] = [];
    void (async () => {
      for (;;) events.push(await socket.next());
    })();
    let version = 0;
    const write = async () => {
      version += 1;
      const revise = `mutation { reviseOrganisation(input: { id: "org-vng", expectedVersion: ${version}, notes: "${version}" })
        { userErrors { code } } }`;
      expect((await ask(revise, key(ADMIN))).data.reviseOrganisation.userErrors).toEqual([]);
    };
    while (events.length === 0) await write();
    for (let i = 0; i < 20; i += 1) await write();
    // Two points each; the last one is sent before it is charged.
    await until('the budget is spent', () => events.length === 16);
    await sleep(300);
    expect(events).toHaveLength(16);
    expect((await ask(ONE)).status).toBe(429);
    socket.close();
  } finally {
    await server.close();
    await register.close();
  }
});

test('an infinite page size does not void the budget', async () => {
  await start({ rate: rate(1_000) });
  const before = await left();
  const query = 'query ($n: Int) { partnerships(first: 0) { nodes { exchanges(first: $n) { nodes { id } } } } }';
  const body = JSON.stringify({ query, variables: { n: 0 } }).replace('"n":0', '"n":1e999');
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect([response.status, response.headers.get('ratelimit-remaining')]).toEqual([400, String(before - READ - 1)]);
  expect(await left()).toBe(before - READ - 2);
});

describe('charges of events', () => {
  const client = { identity: ANONYMOUS, address: '203.0.113.9' };
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Returns whether a promise is settled. */
  async function isSettled(promise: Promise<void> | undefined): Promise<boolean> {
    let settled = promise === undefined;
    void promise?.then(() => {
      settled = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    return settled;
  }

  test('wait until the budget is full again, also if one event costs more than that', async () => {
    const limiters = new RateLimiters({ perKey: undefined, perAddress: 10 });
    const charges = new EventCharges(limiters, client, 10);
    charges.add(8);
    expect(await isSettled(charges.settle())).toBe(true);
    charges.add(12);
    const due = charges.settle();
    expect(await isSettled(due)).toBe(false);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(await isSettled(due)).toBe(false);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(await isSettled(due)).toBe(true);
    expect((await limiters.consume(client, 1))?.remaining).toBe(7);
  });

  test('wait for a minute at most, also if the clock is set back', async () => {
    const limiters = new RateLimiters({ perKey: undefined, perAddress: 10 });
    await limiters.consume(client, 10);
    vi.setSystemTime(Date.now() - 3_600_000);
    const charges = new EventCharges(limiters, client, 10);
    charges.add(1);
    const due = charges.settle();
    expect(await isSettled(due)).toBe(false);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(await isSettled(due)).toBe(true);
  });

  test('end a wait with the subscription', async () => {
    const charges = new EventCharges(new RateLimiters({ perKey: undefined, perAddress: 1 }), client, 1);
    charges.add(2);
    const due = charges.settle();
    expect(await isSettled(due)).toBe(false);
    charges.end();
    expect(await isSettled(due)).toBe(true);
  });
});

test('a budget belongs to a key that only reads, wherever it is used, and to an address without one', async () => {
  await start({ rate: rate(2, READ + 3) });
  const [a, b] = await Promise.all([storeKey(database, ['read']), storeKey(database, ['read'])]);
  for (let i = 0; i < 3; i += 1) expect((await ask(ONE, key(a))).status).toBe(200);
  expect((await ask(ONE, key(a))).status).toBe(429);
  expect((await ask(ONE, key(b))).header('ratelimit-remaining')).toBe(String(READ + 2));
  expect((await ask(ONE)).header('ratelimit-remaining')).toBe('1');
});

test('a page of the feed without messages costs what its request does', async () => {
  await start({ rate: rate(100) });
  const read = (search: string) => fetch(`${server.url}/feed?${search}`);
  const offset = (await read('offset=now')).headers.get('stream-next-offset');
  expect((await read(`offset=${offset}`)).headers.get('ratelimit-remaining')).toBe('60');
});

test('guessing keys spends the budget of the address', async () => {
  await start({ rate: rate(250) });
  const statuses = [];
  for (let i = 0; i < 4; i += 1) statuses.push((await ask(ONE, key('stb_a_b'))).status);
  expect(statuses).toEqual([401, 401, 429, 429]);
  // The rest does not pay for another key.
  expect((await ask(ONE)).header('ratelimit-remaining')).toBe(String(50 - READ - 1));
});

test('an operation that may not cost so much takes one point, and more may be allowed by scope', async () => {
  await start({ rate: rate(1_000), maxCost: 20, maxCostByScope: { 'register:admin': 200 } });
  const query = '{ partnerships(first: 100) { nodes { id } } }';
  const { status, error, header } = await ask(query);
  expect([status, error.message]).toEqual([
    400,
    'The operation can cost 101 points; the maximum is 20. Most of it: partnerships.nodes (100), partnerships (1). Ask for smaller pages with first, for fewer lists inside lists, or in several requests.',
  ]);
  expect(error.extensions).toMatchObject({
    code: 'QUERY_TOO_COMPLEX',
    limit: 'cost',
    value: 101,
    maximum: 20,
    costliest: [
      { path: ['partnerships', 'nodes'], cost: 100 },
      { path: ['partnerships'], cost: 1 },
    ],
  });
  expect(header('ratelimit-remaining')).toBe(String(999 - READ));
  const admin = await ask(query, key(ADMIN));
  expect([admin.status, admin.cost.maximum]).toEqual([200, 200]);
});

test('an operation that costs more than a full budget is refused for its cost: no wait would help', async () => {
  await start({ rate: rate(50, 150) });
  const query = '{ partnerships(first: 100) { nodes { id } } }';
  const { status, error, header } = await ask(query);
  expect([status, header('retry-after'), header('ratelimit-remaining')]).toEqual([400, null, String(49 - READ)]);
  expect(error.message).toBe(
    'The operation can cost 101 points; the maximum is 50. Most of it: partnerships.nodes (100), partnerships (1). Ask for smaller pages with first, for fewer lists inside lists, or in several requests.',
  );
  expect(error.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', limit: 'cost', value: 101, maximum: 50 });
  const withKey = await ask(query, key(ADMIN));
  expect([withKey.status, withKey.cost.maximum]).toEqual([200, 150]);
});

describe('the address of a client', () => {
  const from = (address: string, more: Record<string, string> = {}) =>
    ask(ONE, { 'x-forwarded-for': address, ...more });

  test('a header that anybody can write says nothing without a trusted proxy', async () => {
    await start({ rate: rate(2, 10) });
    await ask(ONE, key(ADMIN));
    for (let i = 0; i < 2; i += 1) expect((await from(`203.0.113.${i}`)).status).toBe(200);
    expect((await from('203.0.113.9')).status).toBe(429);
  });

  test('behind a trusted proxy it is what the proxy saw, not what the client wrote before it', async () => {
    await start({ rate: rate(2, 10), trustedProxies: ['127.0.0.1', '10.0.0.0/8'] });
    await ask(ONE, key(ADMIN));
    for (const forged of ['1.1.1.1', '2.2.2.2'])
      expect((await from(`${forged}, 203.0.113.5, 10.1.2.3`)).status).toBe(200);
    expect((await from('3.3.3.3, 203.0.113.5')).status).toBe(429);
    expect((await from('203.0.113.6')).status).toBe(200);
    // Text that is no address ends the chain: the proxy itself is the client.
    for (const nonsense of ['nonsense', '<script>']) expect((await from(nonsense)).status).toBe(200);
    expect((await from('again nonsense')).status).toBe(429);
  });

  test('all addresses of one network of IPv6 share a budget', async () => {
    await start({ rate: rate(2, 10), trustedProxies: ['127.0.0.1'] });
    await ask(ONE, key(ADMIN));
    for (const host of ['1', 'ffff:1:2:3'])
      expect((await from(`2001:db8:0:7:${host === '1' ? ':1' : host}`)).status).toBe(200);
    expect((await from('2001:db8:0:7::abcd')).status).toBe(429);
    expect((await from('2001:db8:0:8::abcd')).status).toBe(200);
  });
});

test('instances on one PostgreSQL count together', async () => {
  const shared = await openDatabase({ kind: 'postgresql', url: await copyOnPostgreSql() });
  const signing = await providerKey();
  const { issuer, close } = await openProvider(signing);
  const rate = { perAddress: 4, perKey: 10, store: 'postgresql' as const };
  const access = { adminKey: ADMIN, provider: { issuer, audience: AUDIENCE } };
  const options = { access, protection: { ...defaultProtection(), rate } };
  const [a, b] = await Promise.all([0, 1].map(() => serve(shared, '127.0.0.1', 0, console.error, options)));
  try {
    for (const instance of [a, b]) await ask(ONE, key(ADMIN), instance?.url);
    const statuses = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await ask(ONE, {}, (i % 2 ? a : b)?.url)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    const token = await tokenOf(issuer, signing, { sub: 'x'.repeat(255) });
    const left = [];
    for (const instance of [a, b]) left.push((await ask(ONE, key(token), instance?.url)).header('ratelimit-remaining'));
    expect(left).toEqual(['9', '8']);
  } finally {
    await Promise.all([a?.close(), b?.close(), close()]);
    await shared.close();
  }
});
