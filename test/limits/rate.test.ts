import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_PROTECTION, type Protection } from '../../src/config/protection.js';
import type { Database } from '../../src/database/open.js';
import { openDatabase } from '../../src/database/open.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { Socket, storeKey } from '../support/access.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql, openTestDatabase } from '../support/database.js';

/** Cost of a query for one partnership. */
const ONE = '{ partnership(id: "tie-rotterdam-shanghai") { id } }';
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
  const options = { access: { adminKey: ADMIN }, protection: { ...DEFAULT_PROTECTION, ...protection } };
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
  expect(cost).toEqual({ estimated, actual, maximum: 5_000 });
  expect(data.rateLimit).toMatchObject({ limit: 1_000, remaining: 1_000 - estimated, cost: estimated });
  const reset = Number(header('ratelimit-reset'));
  expect(reset).toBeGreaterThan(50);
  expect(Math.abs(Date.parse(data.rateLimit.resetAt) - Date.now() - reset * 1_000)).toBeLessThan(2_500);
  expect(['x-graphql-cost', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-policy'].map(header)).toEqual([
    String(estimated),
    '1000',
    String(1_000 - estimated),
    '1000;w=60',
  ]);
  expect((await ask(ONE)).header('ratelimit-remaining')).toBe(String(999 - estimated));
});

test('without a limit nothing is said of one', async () => {
  await start({ rate: rate(undefined) });
  const { data, header } = await ask('{ rateLimit { limit } }');
  expect([data, header('ratelimit-limit')]).toEqual([{ rateLimit: null }, null]);
});

test('who has spent the budget is told when to come back, on every transport', async () => {
  await start({ rate: rate(3) });
  for (let i = 0; i < 3; i += 1) expect((await ask(ONE)).status).toBe(200);
  const { status, error, data, header } = await ask(ONE);
  expect([status, data, error.extensions]).toEqual([
    429,
    undefined,
    { code: 'RATE_LIMITED', limit: 3, cost: 1, retryAfter: expect.any(Number) },
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
  expect((await socket.next()).payload[0].extensions).toMatchObject({ code: 'RATE_LIMITED', limit: 3 });
  socket.close();
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
});

test('a budget belongs to a key, wherever it is used, and to an address without one', async () => {
  await start({ rate: rate(2, 3) });
  const [a, b] = await Promise.all([storeKey(database, []), storeKey(database, [])]);
  for (let i = 0; i < 3; i += 1) expect((await ask(ONE, key(a))).status).toBe(200);
  expect((await ask(ONE, key(a))).status).toBe(429);
  expect((await ask(ONE, key(b))).header('ratelimit-remaining')).toBe('2');
  expect((await ask(ONE)).header('ratelimit-remaining')).toBe('1');
});

test('guessing keys spends the budget of the address', async () => {
  await start({ rate: rate(250) });
  const statuses = [];
  for (let i = 0; i < 4; i += 1) statuses.push((await ask(ONE, key('stb_a_b'))).status);
  expect(statuses).toEqual([401, 401, 429, 429]);
  expect((await ask(ONE)).status).toBe(429);
});

test('an operation that may not cost so much takes one point, and more may be allowed by scope', async () => {
  await start({ rate: rate(1_000), maxCost: 20, maxCostByScope: { 'register:admin': 200 } });
  const query = '{ partnerships(first: 100) { nodes { id } } }';
  const { status, error, header } = await ask(query);
  expect([status, error.message]).toEqual([
    400,
    'The operation can cost 101 points; the maximum is 20. Ask for smaller pages with first, for fewer lists inside lists, or in several requests.',
  ]);
  expect(error.extensions).toEqual({ code: 'QUERY_TOO_COMPLEX', limit: 'cost', value: 101, maximum: 20 });
  expect(header('ratelimit-remaining')).toBe('999');
  const admin = await ask(query, key(ADMIN));
  expect([admin.status, admin.cost.maximum]).toEqual([200, 200]);
});

describe('the address of a client', () => {
  const from = (address: string, more: Record<string, string> = {}) =>
    ask(ONE, { 'x-forwarded-for': address, ...more });

  test('a header that anybody can write says nothing without a trusted proxy', async () => {
    await start({ rate: rate(2) });
    for (let i = 0; i < 2; i += 1) expect((await from(`203.0.113.${i}`)).status).toBe(200);
    expect((await from('203.0.113.9')).status).toBe(429);
  });

  test('behind a trusted proxy it is what the proxy saw, not what the client wrote before it', async () => {
    await start({ rate: rate(2), trustedProxies: ['127.0.0.1', '10.0.0.0/8'] });
    for (const forged of ['1.1.1.1', '2.2.2.2'])
      expect((await from(`${forged}, 203.0.113.5, 10.1.2.3`)).status).toBe(200);
    expect((await from('3.3.3.3, 203.0.113.5')).status).toBe(429);
    expect((await from('203.0.113.6')).status).toBe(200);
    // Text that is no address ends the chain: the proxy itself is the client.
    for (const nonsense of ['nonsense', '<script>']) expect((await from(nonsense)).status).toBe(200);
    expect((await from('again nonsense')).status).toBe(429);
  });

  test('all addresses of one network of IPv6 share a budget', async () => {
    await start({ rate: rate(2), trustedProxies: ['127.0.0.1'] });
    for (const host of ['1', 'ffff:1:2:3'])
      expect((await from(`2001:db8:0:7:${host === '1' ? ':1' : host}`)).status).toBe(200);
    expect((await from('2001:db8:0:7::abcd')).status).toBe(429);
    expect((await from('2001:db8:0:8::abcd')).status).toBe(200);
  });
});

test('instances on one PostgreSQL count together', async () => {
  const shared = await openDatabase({ kind: 'postgresql', url: await copyOnPostgreSql() });
  const rate = { perAddress: 4, perKey: 4, store: 'postgresql' as const };
  const options = { protection: { ...DEFAULT_PROTECTION, rate } };
  const [a, b] = await Promise.all([0, 1].map(() => serve(shared, '127.0.0.1', 0, console.error, options)));
  try {
    const statuses = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await ask(ONE, {}, (i % 2 ? a : b)?.url)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  } finally {
    await Promise.all([a?.close(), b?.close()]);
    await shared.close();
  }
});

test('slow headers are cut off within eleven seconds, in JSON', async () => {
  await start({});
  const { port } = new URL(server.url);
  const began = Date.now();
  const text = await new Promise<string>(resolve => {
    let all = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('POST /graphql HTTP/1.1\r\nhost: a\r\n'));
    socket.on('data', chunk => {
      all += chunk;
    });
    socket.on('close', () => resolve(all));
  });
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(text).toContain('"code":"BAD_REQUEST"');
  expect(Date.now() - began).toBeGreaterThan(9_000);
  expect(Date.now() - began).toBeLessThan(14_000);
});
