import { once } from 'node:events';
import { request as get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { defaultProtection } from '../../src/config/protection.js';
import { RefusedOrigins } from '../../src/server/http/refused-origins.js';
import type { RunningServer } from '../../src/server/serve.js';
import { openTestServer } from '../support/server.js';

let closed: RunningServer;
let shared: RunningServer;
let all: RunningServer;
beforeAll(async () => {
  const withOrigins = (allowedOrigins: string[]) =>
    openTestServer({ protection: { ...defaultProtection(), allowedOrigins } });
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
      'Accept, Authorization, Router-Authorization, Accept-Encoding, Register-Known-At, Origin',
    ]);
    expect(answer.headers.get('access-control-expose-headers')).toContain('ratelimit-remaining');
  }
  for (const origin of ['https://evil.test', 'https://friend.test.evil.test', 'null', 'http://friend.test']) {
    expect(allowed(await preflight(shared, origin))).toBeNull();
    expect(allowed(await ask(shared, origin))).toBeNull();
  }
  expect(allowed(await preflight(all, 'https://evil.test'))).toBe('*');
});

test('a page may send what clients and tracing add, and read what the API adds', async () => {
  const question = await preflight(shared, 'https://friend.test');
  const admitted = question.headers.get('access-control-allow-headers')?.split(', ');
  expect(admitted).toEqual(
    expect.arrayContaining([
      ...['authorization', 'content-type', 'if-none-match', 'last-event-id', 'apollo-require-preflight'],
      ...['traceparent', 'tracestate', 'baggage', 'x-request-id', 'x-apollo-operation-name'],
      ...['apollographql-client-name', 'apollographql-client-version', 'register-read-after', 'register-known-at'],
    ]),
  );
  const answer = await ask(shared, 'https://friend.test');
  expect(answer.headers.get('access-control-expose-headers')?.split(', ')).toEqual(
    expect.arrayContaining([
      ...['etag', 'content-disposition', 'cache-status', 'retry-after', 'x-graphql-cost'],
      ...['ratelimit-limit', 'ratelimit-policy', 'ratelimit-remaining', 'ratelimit-reset'],
    ]),
  );
});

test('localhost admits all pages of this machine, and no others, over HTTP and WebSocket', async () => {
  const local = await openTestServer({ protection: { ...defaultProtection(), allowedOrigins: ['localhost'] } });
  const opens = (origin: string) =>
    new Promise(resolve => {
      const socket = new WebSocket(`${local.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin });
      socket.once('open', () => socket.close());
      socket.once('close', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
  try {
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      for (const origin of [`http://${host}`, `http://${host}:5173`, `https://${host}:3000`]) {
        const answers = [await ask(local, origin), await preflight(local, origin)];
        expect([origin, ...answers.map(allowed), await opens(origin)]).toEqual([origin, origin, origin, true]);
        for (const { headers } of answers) expect(headers.get('vary')).toMatch(/(?:^|, )Origin$/);
      }
    const foreign = ['http://localhost.evil.test', 'http://127.0.0.1.evil.test:5173', 'http://evil.test:5173', 'null'];
    for (const origin of [...foreign, 'http://localhost:5173.evil.test', 'ftp://localhost'])
      expect([origin, allowed(await ask(local, origin)), await opens(origin)]).toEqual([origin, null, false]);
  } finally {
    await local.close();
  }
});

test('refused origins are logged once each, at most a hundred, and only as origins', () => {
  const lines: string[] = [];
  const logger = Object.assign(() => {}, {
    warn: (_: string, values: Readonly<Record<string, string>> = {}) => void lines.push(values.origin as string),
  });
  const origins = new RefusedOrigins(logger);
  for (const origin of [
    'https://a.test',
    'https://a.test',
    'null',
    'https://a.test/path',
    'text of a client',
    `http://${'a'.repeat(300)}`,
  ])
    origins.log(origin);
  expect(lines).toEqual(['https://a.test', 'null']);
  for (let port = 1; port <= 500; port += 1) origins.log(`http://a.test:${port}`);
  expect(lines).toHaveLength(100);
});

test('a kept answer is shared with a page of a site on the list as a new one is, and varies by origin', async () => {
  const allowedOrigins = ['https://friend.test'];
  const keeps = await openTestServer({ protection: { ...defaultProtection(), allowedOrigins }, cacheBytes: 1_000_000 });
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
      'Accept, Authorization, Router-Authorization, Accept-Encoding, Register-Known-At, Origin',
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
      'Accept, Authorization, Router-Authorization, Accept-Encoding, Register-Known-At, Origin',
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
