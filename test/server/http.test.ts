import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { exchangeBytes } from '../support/bytes.js';
import { openTestServer } from '../support/server.js';

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const QUERY = '{ partnership(id: "tie-rotterdam-shanghai") { id } }';
const QUESTION = JSON.stringify({ query: QUERY });
/** Returns a response without the cost extension. */
const answerOf = async (response: Response) => {
  const { extensions: _, ...answer } = (await response.json()) as Record<string, unknown>;
  return answer;
};
const ANSWER = { data: { partnership: { id: 'tie-rotterdam-shanghai' } } };
const TOO_LONG = 'A request body is at most 100000 bytes.';
const COMPRESSED = 'A request body may not be compressed; send it as it is.';

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream;
type Headers = Record<string, string>;

const get = (path: string, headers: Headers = {}) => fetch(server.url + path, { headers });
const send = (method: string, body: Body, headers: Headers = JSON_TYPE) =>
  fetch(`${server.url}/graphql`, { method, headers, body, duplex: 'half' });
const post = (body: Body, headers?: Headers) => send('POST', body, headers);
const asked = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;

/** A body of blanks that does not tell its length beforehand. */
function inPieces(size: number): ReadableStream {
  let left = size;
  return new ReadableStream({
    pull(controller) {
      const piece = Math.min(left, 16_384);
      left -= piece;
      if (piece) controller.enqueue(new Uint8Array(piece).fill(0x20));
      else controller.close();
    },
  });
}

const notUtf8 = Uint8Array.from(Buffer.from(QUESTION));
notUtf8[5] = 0xff;

test.each<[what: string, ask: () => Promise<Response>, status: number, code: string, message: string | RegExp]>([
  ['an unknown address', () => get('/api'), 404, 'NOT_FOUND', 'Nothing is at /api; the API is at /graphql.'],
  ['an unknown page', () => get('/a', { accept: 'text/html' }), 404, 'NOT_FOUND', /^Nothing is at \/a;/],
  ['a file beside the page', () => get('/graphiql/..%2f..%2fmain.js'), 404, 'NOT_FOUND', /^Nothing is at/],
  ['a body of one byte too many', () => post(QUESTION.padEnd(100_001)), 413, 'BAD_REQUEST', TOO_LONG],
  ['a body of 20 MB', () => post(QUESTION.padEnd(20_000_000)), 413, 'BAD_REQUEST', TOO_LONG],
  ['a body of 20 MB of unknown length', () => post(inPieces(20_000_000)), 413, 'BAD_REQUEST', TOO_LONG],
  [
    'a compressed body',
    () => post(Uint8Array.from(gzipSync(QUESTION)), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
    415,
    'BAD_REQUEST',
    COMPRESSED,
  ],
  [
    'a compressed body of 20 MB',
    () => post(new Uint8Array(20_000_000), { ...JSON_TYPE, 'content-encoding': 'br' }),
    415,
    'BAD_REQUEST',
    COMPRESSED,
  ],
  ['a body that is not UTF-8', () => post(notUtf8), 400, 'BAD_REQUEST', 'The request body is not UTF-8.'],
  ['a body that is not JSON', () => post('{ partnership'), 400, 'BAD_REQUEST', /^The request body is not JSON: /],
  ['several requests in one', () => post(`[${QUESTION}]`), 400, 'BAD_REQUEST', 'Operation batching disabled.'],
  ['JSON that is no request', () => post('"query"'), 400, 'BAD_REQUEST', /body/],
  ['null', () => post('null'), 400, 'BAD_REQUEST', /body/],
  ['a request without a query', () => post('{"variables":{}}'), 400, 'BAD_REQUEST', /query/],
  ['an empty body', () => post(''), 400, 'BAD_REQUEST', /body missing/],
  ['a body of another type', () => post(QUESTION, { 'content-type': 'text/plain' }), 400, 'BAD_REQUEST', /CSRF/],
  ['a GET that any page could send', () => get(asked('{ __typename }')), 400, 'BAD_REQUEST', /CSRF/],
  ['a PUT', () => send('PUT', QUESTION), 405, 'BAD_REQUEST', /with GET, POST/],
  ['a DELETE', () => send('DELETE', QUESTION), 405, 'BAD_REQUEST', /with GET, POST/],
  ['a query that does not parse', () => post('{"query":"{ partnership("}'), 400, 'GRAPHQL_PARSE_FAILED', /^Syntax/],
  ['an unknown field', () => post('{"query":"{ band }"}'), 400, 'GRAPHQL_VALIDATION_FAILED', /"band"/],
])('%s is refused in JSON', async (_, ask, status, code, message) => {
  const response = await ask();
  const text = await response.text();
  expect([response.status, text]).toEqual([status, text]);
  expect(response.headers.get('content-type')).toMatch(/^application\/json; charset=utf-8$/i);
  const { errors } = JSON.parse(text);
  expect(errors).toHaveLength(1);
  expect(errors[0].extensions).toMatchObject({ code });
  if (typeof message === 'string') expect(errors[0].message).toBe(message);
  else expect(errors[0].message).toMatch(message);
});

test.each([
  ['*/*', 400],
  ['application/graphql-response+json', 400],
  ['application/graphql-response+json, application/json;q=0.9', 400],
  ['application/json', 200],
  ['application/json; charset=utf-8', 200],
  ['Application/JSON', 200],
  ['application/json, application/graphql-response+json;q=0', 200],
  ['application/json, application/*;q=0.1', 400],
])('a wrong document, for who accepts %s, has the status %i', async (accept, status) => {
  const wrong = JSON.stringify({ query: '{ band }' });
  const response = await post(wrong, { ...JSON_TYPE, accept });
  const { errors } = JSON.parse(await response.text());
  expect([response.status, errors[0].extensions.code]).toEqual([status, 'GRAPHQL_VALIDATION_FAILED']);
  const write = { query: 'mutation { withdrawExchange(input: { id: "exch-x", expectedVersion: 1 }) { __typename } }' };
  expect((await post(JSON.stringify(write), { ...JSON_TYPE, accept })).status).toBe(401);
});

test('a subscription whose root depends on a variable is refused with the rule', async () => {
  const query = 'subscription ($v: Boolean!) { changes @include(if: $v) { cursor } }';
  const response = await post(JSON.stringify({ query, variables: { v: true } }));
  const { errors } = JSON.parse(await response.text());
  expect([response.status, errors]).toEqual([
    400,
    [
      {
        message:
          'The root field of a subscription must not have @include or @skip with a variable; start the subscription only when you want it.',
        locations: [{ line: 1, column: 52 }],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', rule: 'SUBSCRIPTION_ROOT_CONDITIONAL', params: {} },
      },
    ],
  ]);
});

test.each([
  ['POST', '/health/live'],
  ['POST', '/health/ready'],
  ['DELETE', '/health/ready'],
  ['DELETE', '/metrics'],
  ['PUT', '/'],
])('%s %s is refused with 405 and the methods that are allowed', async (method, path) => {
  const response = await fetch(server.url + path, { method, redirect: 'manual' });
  const { errors } = (await response.json()) as { errors: object[] };
  expect([response.status, response.headers.get('allow'), errors]).toEqual([
    405,
    'GET, HEAD, OPTIONS',
    [
      {
        message: `${path} is read with GET, HEAD; got ${method}.`,
        extensions: {
          code: 'BAD_REQUEST',
          rule: 'METHOD_NOT_ALLOWED',
          params: { path, methods: 'GET, HEAD', method },
        },
      },
    ],
  ]);
  const head = await fetch(server.url + path, { method: 'HEAD', redirect: 'manual' });
  expect([head.status, await head.text()]).toEqual([path === '/' ? 302 : 200, '']);
});

test.each([
  ['with headers that are too long', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['that is no HTTP', '\x16\x03\x01 \r\n\r\n', 400],
  [
    'with a chunk that has no length',
    'POST /graphql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n',
    400,
  ],
])('a request %s is refused after the answers to those before it', async (_, next, status) => {
  const whole = `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${QUESTION.length}\r\n\r\n${QUESTION}`;
  const stream = `GET /graphql/stream?query=${encodeURIComponent(QUERY)} HTTP/1.1\r\nHost: a\r\n\r\n`;
  const statuses = async (...requests: string[]) =>
    (await exchangeBytes(server.url, requests.join(''))).match(/(?<=HTTP\/1\.1 )\d+/g)?.map(Number);
  expect(await statuses(whole, whole, next)).toEqual([200, 200, status]);
  expect(await statuses(next)).toEqual([status]);
  // Nothing follows a stream, which closes the connection.
  expect(await statuses(stream, next)).toEqual([200]);
});

test('after a body that is too long the next request is answered', async () => {
  expect((await post(QUESTION.padEnd(1_000_000))).status).toBe(413);
  expect(await answerOf(await post(QUESTION))).toEqual(ANSWER);
});

test('a body of exactly 100 kB is read', async () => {
  expect(await answerOf(await post(QUESTION.padEnd(100_000)))).toEqual(ANSWER);
});

test('a body may begin with a byte order mark, as a file of Windows does', async () => {
  for (const query of [QUERY, `${QUERY} # 上海`])
    expect(await answerOf(await post(`\uFEFF${JSON.stringify({ query })}`))).toEqual(ANSWER);
});

test('a browser gets the page, every other client of the same address the API', async () => {
  const page = await get('/graphql', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await page.text()).toMatch(/^<!doctype html>/i);
  for (const accept of ['*/*', 'application/json', 'application/graphql-response+json', '*/*, text/html;q=0']) {
    const query = asked('{ partnership(id: "tie-rotterdam-shanghai") { id } }');
    const response = await get(query, { accept, 'apollo-require-preflight': '1' });
    expect([response.status, await answerOf(response)]).toEqual([200, ANSWER]);
  }
  expect(await answerOf(await post(QUESTION, { ...JSON_TYPE, accept: '*/*' }))).toEqual(ANSWER);
});

test('a query sent as a form of another site is refused, also with a browser’s Accept', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  expect((await post('query={__typename}', form)).status).toBe(400);
});

test('the root of the server leads to the API', async () => {
  const response = await fetch(server.url, { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([302, 'graphql']);
});

test('a client that goes away in the middle of its request leaves the server well', async () => {
  const half = request(`${server.url}/graphql`, {
    method: 'POST',
    headers: { ...JSON_TYPE, 'content-length': QUESTION.length },
  });
  half.on('error', () => undefined);
  half.write(QUESTION.slice(0, 10));
  await once(half, 'socket');
  half.destroy();
  expect(await answerOf(await post(QUESTION))).toEqual(ANSWER);
});

// These wait for time limits, beside each other.
test.concurrent('slow headers are cut off within eleven seconds, in JSON', async () => {
  const began = Date.now();
  const text = await exchangeBytes(server.url, 'POST /graphql HTTP/1.1\r\nhost: a\r\n');
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(text).toContain('"code":"BAD_REQUEST"');
  expect(Date.now() - began).toBeGreaterThan(9_000);
  expect(Date.now() - began).toBeLessThan(14_000);
});

test.concurrent('closing waits for a request under way, and at most five seconds for one that never ends', async () => {
  const closing = await openTestServer();
  const { port } = new URL(closing.url);
  const begun = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${QUESTION.length}\r\n\r\n`;
  const [slow, dead] = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
  try {
    for (const socket of [slow, dead]) {
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(begun);
    }
    expect((await fetch(`${closing.url}/health/live`)).status).toBe(200);
    const start = Date.now();
    const closed = closing.close();
    slow.write(QUESTION);
    const [answer] = await once(slow, 'data');
    expect(String(answer)).toContain(JSON.stringify(ANSWER.data));
    await closed;
    expect(Date.now() - start).toBeGreaterThan(4_000);
    expect(Date.now() - start).toBeLessThan(15_000);
  } finally {
    slow.destroy();
    dead.destroy();
  }
});
