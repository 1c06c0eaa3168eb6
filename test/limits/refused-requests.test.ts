import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { UNBOUNDED } from '../support/protection.js';
import { openTestServer } from '../support/server.js';

/** Enough to read a short document, once. */
const LIMIT = 5;

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer({
    protection: {
      ...UNBOUNDED,
      rate: { perAddress: LIMIT, perKey: LIMIT, store: 'memory' },
      trustedProxies: ['127.0.0.1'],
    },
    cacheBytes: 1_000_000,
  });
});
afterAll(() => server?.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const VIEWER = '{"query":"{ viewer { name } }"}';
const DEEP = `{"query":"{ viewer { name } }","variables":${'{"a":'.repeat(40)}1${'}'.repeat(41)}`;
const UNKNOWN_HASH = `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}`;

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}
/** Sends a request of the client at an address. */
const send = (client: string, { method = 'POST', path = '/graphql', headers = JSON_TYPE, body }: Sent) =>
  fetch(server.url + path, {
    method,
    headers: { ...headers, 'x-forwarded-for': client },
    ...(body !== undefined && { body }),
  });
const get = (path: string, headers = {}): Sent => ({ method: 'GET', path, headers });

const REFUSED: [what: string, request: Sent, status: number][] = [
  ['bad JSON', { body: '{"query' }, 400],
  ['a value that is too deep', { body: DEEP }, 400],
  ['a batch', { body: `[${VIEWER}]` }, 400],
  ['another content type', { body: VIEWER, headers: { 'content-type': 'text/plain' } }, 400],
  ['no body', {}, 400],
  ['no query', { body: '{"variables":{}}' }, 400],
  ['a list of variables', { body: '{"query":"{ viewer { name } }","variables":[]}' }, 400],
  ['a long body', { body: VIEWER.padEnd(100_001) }, 413],
  ['a compressed body', { body: 'x', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } }, 415],
  ['a PUT', { method: 'PUT', body: VIEWER }, 405],
  ['a GET that any page could send', get(`/graphql?query=${encodeURIComponent('{ viewer { name } }')}`), 400],
  ['a parameter twice', get('/graphql?query=a&query=b', { 'apollo-require-preflight': '1' }), 400],
  ['an unknown hash', { body: UNKNOWN_HASH }, 200],
  ['bad JSON for a stream', { path: '/graphql/stream', body: '{"query' }, 400],
  ['a stream without a query', { path: '/graphql/stream', body: '{}' }, 400],
  ['a DELETE of a stream', { method: 'DELETE', path: '/graphql/stream' }, 405],
  ['an export of no table', get('/export/nothing.csv'), 404],
];

const remaining = ({ headers }: Response) => Number(headers.get('ratelimit-remaining'));

test.each(REFUSED)('%s costs one point, and a client without points gets 429', async (what, request, status) => {
  // The document is known afterwards, so that nobody pays for reading it.
  await send('192.0.2.1', { body: VIEWER });
  const client = `203.0.113.${REFUSED.findIndex(([name]) => name === what)}`;
  for (let left = LIMIT - 1; left >= 0; left -= 1) {
    const refused = await send(client, request);
    expect([refused.status, remaining(refused), refused.headers.get('ratelimit-limit')]).toEqual([
      status,
      left,
      String(LIMIT),
    ]);
  }
  const last = await send(client, request);
  const { errors } = (await last.json()) as { errors: { extensions: object }[] };
  expect([last.status, errors[0]?.extensions]).toEqual([429, expect.objectContaining({ code: 'RATE_LIMITED' })]);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});
