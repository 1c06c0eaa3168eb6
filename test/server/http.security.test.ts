import { once } from 'node:events';
import { request as get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PROTECTION } from '../../src/config/protection.js';
import type { RunningServer } from '../../src/server/serve.js';
import { openTestServer } from '../support/server.js';

let closed: RunningServer;
let shared: RunningServer;
let all: RunningServer;
beforeAll(async () => {
  const withOrigins = (allowedOrigins: string[]) =>
    openTestServer({ protection: { ...DEFAULT_PROTECTION, allowedOrigins } });
  [closed, shared, all] = await Promise.all([
    openTestServer(),
    withOrigins(['https://friend.test', 'http://localhost:3000']),
    withOrigins(['*']),
  ]);
});
afterAll(() => Promise.all([closed, shared, all].map(server => server?.close())));

const BODY = JSON.stringify({ query: '{ viewer { name } }' });
const ask = (server: RunningServer, origin?: string) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin && { origin }) },
    body: BODY,
  });
const preflight = (server: RunningServer, origin: string) =>
  fetch(`${server.url}/graphql`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  });
const allowed = (response: Response) => response.headers.get('access-control-allow-origin');

test('a page of another site may read nothing until its site is on the list', async () => {
  for (const answer of [await ask(closed, 'https://friend.test'), await preflight(closed, 'https://friend.test')]) {
    expect(allowed(answer)).toBeNull();
  }
  for (const origin of ['https://friend.test', 'http://localhost:3000']) {
    const question = await preflight(shared, origin);
    expect([question.status, allowed(question)]).toEqual([204, origin]);
    expect(question.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(question.headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await ask(shared, origin);
    expect([answer.status, allowed(answer), answer.headers.get('vary')]).toEqual([
      200,
      origin,
      'Accept, Authorization, Router-Authorization, Accept-Encoding, Origin',
    ]);
    expect(answer.headers.get('access-control-expose-headers')).toContain('ratelimit-remaining');
  }
  for (const origin of ['https://evil.test', 'https://friend.test.evil.test', 'null', 'http://friend.test']) {
    expect(allowed(await preflight(shared, origin))).toBeNull();
    expect(allowed(await ask(shared, origin))).toBeNull();
  }
  expect(allowed(await preflight(all, 'https://evil.test'))).toBe('*');
});

test('a kept answer is shared with a page of a site on the list as a new one is, and varies by origin', async () => {
  const allowedOrigins = ['https://friend.test'];
  const keeps = await openTestServer({ protection: { ...DEFAULT_PROTECTION, allowedOrigins }, cacheBytes: 1_000_000 });
  try {
    const get = (headers: Record<string, string>) =>
      fetch(`${keeps.url}/graphql?${new URLSearchParams({ query: '{ partnerships(first: 1) { nodes { id } } }' })}`, {
        headers: { 'content-type': 'application/json', ...headers },
      });
    const told = async (response: Response) => {
      const { headers } = response;
      const names = ['vary', 'cache-control', 'x-graphql-cost', 'ratelimit-limit', 'content-security-policy'];
      return [await response.text(), allowed(response), ...names.map(name => headers.get(name))];
    };
    const origin = 'https://friend.test';
    const made = await told(await get({ origin }));
    expect(made.slice(1, 4)).toEqual([
      origin,
      'Accept, Authorization, Router-Authorization, Accept-Encoding, Origin',
      'public, no-cache',
    ]);
    const kept = await get({ origin });
    const etag = kept.headers.get('etag') as string;
    expect(await told(kept)).toEqual(made);
    expect(allowed(await get({ origin: 'https://evil.test' }))).toBeNull();
    const same = await get({ origin, 'if-none-match': etag });
    expect([same.status, same.headers.get('etag'), same.headers.get('vary'), allowed(same)]).toEqual([
      304,
      etag,
      'Accept, Authorization, Router-Authorization, Accept-Encoding, Origin',
      origin,
    ]);
  } finally {
    await keeps.close();
  }
});

test('a page of this host is no other site, with and without the default port, and in capitals', async () => {
  const status = async (host: string, origin: string) => {
    const request = get(`${closed.url}/graphql/stream?query=%7B__typename%7D`, { headers: { host, origin } }).end();
    const [response] = await once(request, 'response');
    response.resume();
    return response.statusCode;
  };
  expect(await status('Register.test:443', 'https://register.test')).toBe(200);
  expect(await status('register.test:80', 'http://register.test')).toBe(200);
  expect(await status('register.test:4000', 'http://register.test:4000')).toBe(200);
  for (const origin of ['http://register.test:4000', 'https://evil.test', 'null', 'https://register.test.evil.test'])
    expect(await status('register.test', origin)).toBe(403);
});

test('errors can be read by a page of a site on the list too', async () => {
  const response = await fetch(`${shared.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://friend.test' },
    body: '{',
  });
  expect([response.status, allowed(response)]).toEqual([400, 'https://friend.test']);
});

test('every answer carries what helmet sets, the page a policy of its own', async () => {
  const paths = ['/graphql', '/health/live', '/nothing', '/', '/graphql/stream'];
  for (const path of paths) {
    const { headers } = await fetch(closed.url + path, { redirect: 'manual' });
    expect([path, headers.get('content-security-policy')]).toEqual([
      path,
      "default-src 'none'; frame-ancestors 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  }
  const page = await fetch(`${closed.url}/graphql`, { headers: { accept: 'text/html' } });
  const policy = page.headers.get('content-security-policy');
  for (const directive of ["default-src 'self'", "form-action 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(directive);
  expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(page.headers.get('x-frame-options')).toBe('SAMEORIGIN');
});
