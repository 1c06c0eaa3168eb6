import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { exchangeBytes } from '../support/bytes.js';
import { openTestServer } from '../support/server.js';

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

const send = (method: string, path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { method, headers, redirect: 'manual' });

/** The methods of each path, besides OPTIONS. */
const METHODS: [path: string, methods: string][] = [
  ['/', 'GET, HEAD'],
  ['/graphql', 'GET, POST'],
  ['/graphql/stream', 'GET, POST'],
  ['/schema.graphql', 'GET, HEAD'],
  ['/webhook.schema.json', 'GET, HEAD'],
  ['/export', 'GET, HEAD'],
  ['/export/partnerships.csv', 'GET, HEAD'],
  ['/export/datapackage.json', 'GET, HEAD'],
  ['/feed', 'GET, HEAD'],
  ['/changes.json', 'GET, HEAD'],
  ['/reconcile', 'GET, HEAD, POST'],
  ['/reconcile/1.0-draft/match', 'POST'],
  ['/id/nl-breda', 'GET, HEAD, POST'],
  ['/questions', 'GET, HEAD'],
  ['/sitemap.xml', 'GET, HEAD'],
  ['/robots.txt', 'GET, HEAD'],
  ['/pages.css', 'GET, HEAD'],
  ['/s', 'POST'],
  ['/s/0123456789abcdef', 'GET, HEAD'],
  ['/proposals', 'POST'],
  ['/embed/map', 'GET, HEAD'],
  ['/health/ready', 'GET, HEAD'],
  ['/metrics', 'GET, HEAD'],
];

test.each(METHODS)('OPTIONS of %s names %s, and any other method is refused with them', async (path, methods) => {
  const options = await send('OPTIONS', path);
  expect([options.status, options.headers.get('allow'), await options.text()]).toEqual([
    204,
    `${methods}, OPTIONS`,
    '',
  ]);
  for (const headers of [{}, { 'content-type': 'application/json' }]) {
    const refused = await send('DELETE', path, headers);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([405, 'application/json; charset=utf-8']);
    // The integration tests of Apollo Server require those alone.
    expect(refused.headers.get('allow')).toBe(path === '/graphql' ? methods : `${methods}, OPTIONS`);
  }
});

test('a preflight request names the methods of its path to a page that may use it', async () => {
  const preflight = { origin: 'https://reader.example', 'access-control-request-method': 'GET' };
  const { headers } = await send('OPTIONS', '/export/partnerships.csv', preflight);
  expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD');
  const refused = await send('OPTIONS', '/graphql/stream', preflight);
  expect([refused.status, refused.headers.get('access-control-allow-methods')]).toEqual([204, null]);
});

test('where nothing is, OPTIONS finds nothing; a preflight request passes, so that a page can read this', async () => {
  for (const path of ['/none', '/reconcile/none', '/graphiql/none.js', '/changes.rss']) {
    expect((await send('OPTIONS', path)).status).toBe(404);
    expect((await send('OPTIONS', path, { 'access-control-request-method': 'GET' })).status).toBe(204);
    expect((await send('DELETE', path)).status).toBe(404);
  }
});

test('OPTIONS of * asks for the server as a whole', async () => {
  const answer = await exchangeBytes(server.url, 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 204 .*^allow: GET, HEAD, POST, OPTIONS\r$/ms);
});
