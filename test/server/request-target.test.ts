import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultProtection } from '../../src/config/protection.js';
import type { RunningServer } from '../../src/server/serve.js';
import { closed } from '../support/closed.js';
import { openTestServer } from '../support/server.js';

const run = promisify(execFile);
const isInstalled = (command: string, ...args: string[]) =>
  run(command, args).then(
    () => true,
    () => false,
  );
const [hasJava, hasCurl] = await Promise.all([
  isInstalled('java', '--describe-module', 'jdk.compiler'),
  isInstalled('curl', '--version'),
]);

let server: RunningServer;
/** Behind a proxy on this machine, which speaks TLS to its clients. */
let proxied: RunningServer;
beforeAll(async () => {
  server = await openTestServer({ cacheBytes: 1_000_000 });
  const protection = { ...defaultProtection(), trustedProxies: ['127.0.0.1'] };
  proxied = await openTestServer({ cacheBytes: 1_000_000, protection });
});
afterAll(() => Promise.all([server?.close(), proxied?.close()]));

const BODY = '{"query":"{ partnerships(first: 1) { totalCount } }"}';
const COUNTED = '"data":{"partnerships":{"totalCount":53}}';
/** The offer that Java's HttpClient and curl send with each first request. */
const H2C =
  'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAA\r\n';

/** Sends bytes on one connection, ends it when a response begins, and returns all that comes back. */
async function exchange(text: string, url = server.url): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  let received = '';
  socket.setEncoding('utf8').on('data', chunk => {
    received += chunk;
    // A server ends a request whose client ends before the response.
    socket.end();
  });
  socket.write(text);
  await closed(socket);
  return received;
}
const statusesOf = (received: string) =>
  [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
const post = (headers: string, target = '/graphql') =>
  `POST ${target} HTTP/1.1\r\n${headers}Content-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const get = (target: string, headers = 'Host: register.test\r\n') => `GET ${target} HTTP/1.1\r\n${headers}\r\n`;

describe('an offer of another protocol is passed over (RFC 9110, 7.8)', () => {
  test('a POST to the API with h2c is answered over HTTP/1.1, the first time and from the cache', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    // One after the other on one connection, as Java's HttpClient does.
    for (let time = 0; time < 3; time += 1) {
      socket.write(post(`Host: a\r\n${H2C}`));
      const [received] = await once(socket, 'data');
      expect(statusesOf(String(received))).toEqual([200]);
      expect(String(received)).toContain(COUNTED);
      expect(String(received)).not.toMatch(/^upgrade:/im);
    }
    socket.destroy();
  });

  test.each([
    ['/health/live', 200],
    ['/export/organisations.csv', 200],
    ['/elsewhere', 404],
  ])('a GET of %s with h2c has the status %i', async (path, status) => {
    expect(statusesOf(await exchange(get(path, `Host: a\r\n${H2C}`)))).toEqual([status]);
  });

  test.each([
    ['WebSocket at another path', '/health/live', 'websocket', 200],
    ['TLS within HTTP', '/health/live', 'TLS/1.0', 200],
    ['several protocols', '/health/live', 'h2c, websocket', 200],
    ['WebSocket at the API', '/graphql', 'WebSocket', 101],
  ])('%s', async (_, path, upgrade, status) => {
    const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const headers = `Host: a\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\n${key}Sec-WebSocket-Protocol: graphql-transport-ws\r\n`;
    expect(statusesOf(await exchange(get(path, headers)))).toEqual([status]);
  });

  test.runIf(hasCurl)('curl --http2', async () => {
    const ask = ['--http2', '-sS', '-H', 'content-type: application/json', '-d', BODY, `${server.url}/graphql`];
    expect((await run('curl', ask)).stdout).toContain(COUNTED);
    expect((await run('curl', ['--http2', '-sS', `${server.url}/health/live`])).stdout).toBe('{"status":"ok"}');
  });

  test.runIf(hasJava)('HttpClient of Java, as it comes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'java-client-'));
    const file = join(folder, 'Ask.java');
    await writeFile(
      file,
      `import java.net.URI;
      import java.net.http.*;
      public class Ask {
        public static void main(String[] args) throws Exception {
          var client = HttpClient.newHttpClient();
          for (int time = 0; time < 2; time++) {
            var request = HttpRequest.newBuilder(URI.create(args[0] + "/graphql"))
              .header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(args[1])).build();
            System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
          }
        }
      }`,
    );
    try {
      const { stdout } = await run('java', [file, server.url, BODY]);
      expect(stdout.split(COUNTED)).toHaveLength(3);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the target and the host of a request (RFC 9112, 3.2)', () => {
  test('a target in the absolute form is accepted, and its host is the one that counts', async () => {
    for (const target of ['http://register.test/graphql', 'HTTP://register.test:80/graphql']) {
      for (let time = 0; time < 2; time += 1) {
        const received = await exchange(post('Host: other.test\r\n', target));
        expect(statusesOf(received)).toEqual([200]);
        expect(received).toContain(COUNTED);
      }
    }
    const origin = (target: string) =>
      exchange(get(target, 'Host: other.test\r\nOrigin: http://register.test\r\nAccept: text/event-stream\r\n'));
    const query = '/graphql/stream?query=%7B__typename%7D';
    expect(statusesOf(await origin(`http://register.test${query}`))).toEqual([200]);
    expect(statusesOf(await origin(query))).toEqual([403]);
  });

  test.each([
    ['http://register.test', 302],
    ['http://register.test?x=1', 302],
    ['http://register.test/health/live', 200],
    ['http://169.254.169.254/latest/meta-data', 404],
    ['ftp://register.test/health/live', 404],
    ['http://user@register.test/health/live', 400],
    ['http:///health/live', 404],
  ])('%s has the status %i', async (target, status) => {
    expect(statusesOf(await exchange(get(target)))).toEqual([status]);
  });

  test.each([
    ['two hosts', 'Host: a\r\nHost: b\r\n', 'A request has one header Host; this one has several.'],
    ['one host twice', 'Host: a\r\nhost: a\r\n', 'A request has one header Host; this one has several.'],
    ['no host', '', 'A request of HTTP/1.1 names its host.'],
    ['a host that is none', 'Host: a/b\r\n', 'The host of the request is not a name or an address with a port.'],
    ['a list as host', 'Host: a, b\r\n', 'The host of the request is not a name or an address with a port.'],
    ...[
      '',
      ':4000',
      'a:99999',
      'a:4000:1',
      'a b',
      'user@a',
      'a%zz',
      '[::g]',
      '1.2.3.4.5',
      'a"b',
      '[::1',
      'a\\b',
      'é',
    ].map(host => [
      `the host “${host}”`,
      `Host: ${host}\r\n`,
      'The host of the request is not a name or an address with a port.',
    ]),
  ])('%s: 400, also where the cache has the answer', async (_, headers, message) => {
    await exchange(post('Host: a\r\n'));
    for (const text of [post(headers), get('/health/live', headers), get('/graphql', `${headers}${H2C}`)]) {
      const received = await exchange(text);
      expect(statusesOf(received)).toEqual([400]);
      expect(received).toContain(message);
    }
  });

  test.each([
    '[::1]:4000',
    'register.test:4000',
    'register.test:',
    'xn--80a.test',
    '127.0.0.1',
    'a_b',
    'Register:65535',
  ])('the host “%s” is one', async host => {
    expect(statusesOf(await exchange(get('/health/live', `Host: ${host}\r\n`)))).toEqual([200]);
  });

  test('HTTP/1.0 needs no host: absolute addresses have that of the connection', async () => {
    expect(statusesOf(await exchange('GET /health/live HTTP/1.0\r\n\r\n'))).toEqual([200]);
    expect(await exchange('GET /robots.txt HTTP/1.0\r\n\r\n')).toContain(`\nSitemap: ${server.url}/sitemap.xml\n`);
    expect(statusesOf(await exchange('GET /robots.txt HTTP/1.0\r\nHost: a:99999\r\n\r\n'))).toEqual([400]);
  });

  test('no malformed host is part of an address of an answer', async () => {
    for (const target of ['/robots.txt', '/id/nl-breda', '/sitemap.xml', '/changes.atom', '/reconcile'])
      for (const host of ['', 'a:99999', 'a b', 'a%zz'])
        expect(statusesOf(await exchange(get(target, `Host: ${host}\r\n`)))).toEqual([400]);
    expect(statusesOf(await exchange(get('http://a:99999/robots.txt')))).toEqual([400]);
  });
});

test('HEAD of the page and its files is answered as GET, without a body', async () => {
  const page = { accept: 'text/html' };
  const body = await (await fetch(`${server.url}/graphql`, { headers: page })).text();
  const asset = /graphiql\/[^"]+\.js/.exec(body)?.[0];
  for (const [path, headers] of [
    ['graphql', page],
    [asset, {}],
  ] as const) {
    const [got, head] = await Promise.all(
      ['GET', 'HEAD'].map(method => fetch(`${server.url}/${path}`, { method, headers: headers as never })),
    );
    expect([head?.status, await head?.text()]).toEqual([200, '']);
    expect(head?.headers.get('content-type')).toBe(got?.headers.get('content-type'));
    await got?.text();
  }
});

describe('Strict-Transport-Security', () => {
  const sent = async ({ url }: RunningServer, path: string, headers: Record<string, string>) =>
    (await fetch(url + path, { headers, redirect: 'manual' })).headers.get('strict-transport-security');
  const PATHS = ['/graphql', '/health/live', '/nothing', '/', '/graphql/stream', '/export/organisations.csv'];

  test('is on every response over TLS, and binds this host alone', async () => {
    for (const path of PATHS) {
      for (const headers of [{}, { accept: 'text/html' }])
        expect(await sent(proxied, path, { ...headers, 'x-forwarded-proto': 'https' })).toBe('max-age=31536000');
    }
    const asked = { 'content-type': 'application/json', 'x-forwarded-proto': 'https' };
    for (let time = 0; time < 2; time += 1) {
      const response = await fetch(`${proxied.url}/graphql`, { method: 'POST', headers: asked, body: BODY });
      expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(await response.text()).toContain(COUNTED);
    }
  });

  test('is on none over plain HTTP, whatever a client that is no proxy says', async () => {
    for (const path of PATHS) {
      expect(await sent(server, path, { 'x-forwarded-proto': 'https' })).toBeNull();
      expect(await sent(proxied, path, { 'x-forwarded-proto': 'https, http' })).toBeNull();
      expect(await sent(proxied, path, {})).toBeNull();
    }
  });
});

describe('a page of another site that embeds an address', () => {
  const site = (mode: string, dest: string) => ({
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': mode,
    'sec-fetch-dest': dest,
  });
  const status = async (path: string, headers: Record<string, string>) =>
    statusesOf(
      await exchange(
        get(
          path,
          `Host: a\r\n${Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}\r\n`)
            .join('')}`,
        ),
      ),
    );
  const STREAM = '/graphql/stream?query=%7B__typename%7D';
  const FILE = '/export/organisations.csv';
  const SNAPSHOT = '/feed?offset=snapshot';
  const READERS = '/changes.json';

  test.each([
    ['a picture', site('no-cors', 'image'), 403, 403],
    ['a script', site('no-cors', 'script'), 403, 403],
    ['a frame', site('navigate', 'iframe'), 403, 403],
    ['a link', site('navigate', 'document'), 403, 200],
    ['a fetch of an origin that is not allowed', { ...site('cors', 'empty'), origin: 'https://evil.test' }, 403, 200],
    ['a page of this origin', { ...site('cors', 'empty'), 'sec-fetch-site': 'same-origin' }, 200, 200],
    ['the address bar', { ...site('navigate', 'document'), 'sec-fetch-site': 'none' }, 200, 200],
    ['a client that is no browser', {}, 200, 200],
  ])('%s: %j, the stream %i, an export or a feed %i', async (_, headers, stream, file) => {
    const statuses = [STREAM, FILE, SNAPSHOT, READERS].map(path => status(path, headers));
    expect(await Promise.all(statuses)).toEqual([[stream], [file], [file], [file]]);
  });
});
