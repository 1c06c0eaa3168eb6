import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { defaultProtection } from '../../src/config/protection.js';
import type { RunningServer } from '../../src/server/serve.js';
import { SocketOperations } from '../../src/server/subscriptions/socket-operations.js';
import type { Json } from '../support/calls.js';
import { until } from '../support/feed.js';
import { openTestServer } from '../support/server.js';

let server: RunningServer;
beforeAll(async () => {
  const protection = {
    ...defaultProtection(),
    rate: { perAddress: undefined, perKey: undefined, store: 'memory' as const },
  };
  server = await openTestServer({ protection: { ...protection, allowedOrigins: ['https://friend.test'] } });
});
afterAll(() => server?.close());

const open = new Set<WebSocket>();

/** A socket that sends any text; records its close code and status. */
function connect(options: ClientOptions = {}, protocol = 'graphql-transport-ws') {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, protocol, options);
  open.add(socket);
  const messages: Json[] = [];
  socket.on('message', data => messages.push(JSON.parse(String(data))));
  socket.on('error', () => undefined);
  const closed = new Promise<number>(resolve => {
    socket.on('close', code => {
      open.delete(socket);
      resolve(code);
    });
  });
  const refused = new Promise<{ status: number; body: Json }>(resolve => {
    socket.on('unexpected-response', (_, response) => {
      let text = '';
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () => {
        socket.terminate();
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
      });
    });
  });
  const opened = once(socket, 'open');
  opened.catch(() => undefined);
  const say = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const heard = async (count: number) => {
    while (messages.length < count) await sleep(5);
    return messages;
  };
  return { socket, opened, closed, refused, say, heard, messages };
}

async function acknowledged(options?: ClientOptions) {
  const client = connect(options);
  await client.opened;
  client.say({ type: 'connection_init' });
  await client.heard(1);
  return client;
}

const SUBSCRIBE = { id: '1', type: 'subscribe', payload: { query: 'subscription { changes { cursor } }' } };
const ask = (query: string, variables?: unknown, id = '1') => ({
  id,
  type: 'subscribe',
  payload: { query, variables },
});

test.each<[what: string, messages: unknown[], code: number]>([
  ['a subscription before the connection is acknowledged', [SUBSCRIBE], 4401],
  ['a second connection_init', [{ type: 'connection_init' }, { type: 'connection_init' }], 4429],
  ['a wrong key', [{ type: 'connection_init', payload: { authorization: 'Bearer stb_abc_def' } }], 4403],
  ['a key that is no text', [{ type: 'connection_init', payload: { authorization: { $ne: null } } }], 4403],
  ['a message that is no JSON', ['{'], 4400],
  ['a message of no type', [{ id: '1' }], 4400],
  ['a message of an unknown type', [{ type: 'nonsense' }], 4400],
  ['a subscription without a query', [{ type: 'connection_init' }, { id: '1', type: 'subscribe', payload: {} }], 4400],
  ['an empty message', [''], 4400],
  ['a list', ['[]'], 4400],
  ['a frame of 65 kB', [`"${'x'.repeat(65_000)}"`], 1009],
  ['the same id twice', [{ type: 'connection_init' }, SUBSCRIBE, SUBSCRIBE], 4409],
  ['301 messages within ten seconds', [{ type: 'connection_init' }, ...Array(300).fill({ type: 'ping' })], 4429],
])('%s closes the socket', async (_, messages, code) => {
  const client = connect();
  await client.opened;
  for (const message of messages) {
    client.say(message);
    // Messages after the acknowledgement are sent after it.
    if ((message as Json).type === 'connection_init' && messages.length > 1) await client.heard(1);
  }
  expect(await client.closed).toBe(code);
});

test('a client that sends pings and reads no reply is closed', async () => {
  const client = await acknowledged();
  client.socket.pause();
  for (let i = 0; i < 290; i += 1) client.say({ type: 'ping', payload: { filler: 'x'.repeat(60_000) } });
  await sleep(2_000);
  client.socket.resume();
  expect(await client.closed).toBe(1013);
});

test('a frame that is no UTF-8 closes the socket', async () => {
  const client = connect();
  await client.opened;
  client.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
  expect(await client.closed).toBe(1007);
});

test('a page of another site is refused, one of ours and of a site on the list is not', async () => {
  for (const origin of ['https://evil.test', 'null', 'https://friend.test.evil.test', 'http://friend.test']) {
    const { status, body } = await connect({ origin }).refused;
    expect([origin, status, body.errors[0].extensions.code]).toEqual([origin, 403, 'FORBIDDEN']);
  }
  for (const origin of [server.url, 'https://friend.test', undefined]) {
    const client = await acknowledged(origin ? { origin } : {});
    client.socket.close();
    await client.closed;
  }
});

test.each<[what: string, message: unknown, code: string]>([
  ['a document that does not parse', ask('{'), 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', ask('{ nonsense }'), 'GRAPHQL_VALIDATION_FAILED'],
  ['over 2,000 tokens', ask(`{ ${'viewer { name } '.repeat(600)} }`), 'QUERY_TOO_COMPLEX'],
  ['a field 51 times', ask(`{ viewer { ${'name '.repeat(51)} } }`), 'QUERY_TOO_COMPLEX'],
  [
    'pages of 100 inside pages of 100',
    ask('{ partnerships(first: 100) { nodes { exchanges(first: 100) { nodes { id } } } } }'),
    'QUERY_TOO_COMPLEX',
  ],
  [
    'a subscription that costs too much',
    ask(
      'subscription { changes { subject { ... on Partnership { exchanges(first: 100) { nodes { partnership { exchanges(first: 100) { nodes { id } } } } } } } } }',
    ),
    'QUERY_TOO_COMPLEX',
  ],
  [
    'half of a surrogate pair',
    '{"id":"1","type":"subscribe","payload":{"query":"query($q: String!) { search(query: $q) { totalCount } }","variables":{"q":"\\ud800"}}}',
    'BAD_USER_INPUT',
  ],
  [
    '__proto__',
    '{"id":"1","type":"subscribe","payload":{"query":"{ viewer { name } }","variables":{"__proto__":{}}}}',
    'BAD_USER_INPUT',
  ],
  [
    'a mutation without a key',
    ask('mutation { withdrawExchange(input: { id: "x", expectedVersion: 1 }) { change { cursor } } }'),
    'UNAUTHENTICATED',
  ],
])('%s is refused in words, and the socket goes on', async (_, message, code) => {
  const client = await acknowledged();
  client.say(message);
  const [, refusal] = await client.heard(2);
  expect([refusal.type, refusal.payload[0].extensions.code]).toEqual(['error', code]);
  client.say(ask('{ viewer { name } }', undefined, '2'));
  const [, , answer] = await client.heard(3);
  expect(answer.payload).toEqual({
    data: { viewer: { name: 'anonymous' } },
    extensions: {
      cost: { estimated: 1, actual: 1, maximum: 5_000 },
      register: { cursor: expect.any(String), knownAt: null },
    },
  });
  client.socket.close();
  await client.closed;
});

test('the 21st subscription of a socket is refused in words, and one that ends makes room', async () => {
  const client = await acknowledged();
  for (let id = 1; id <= 21; id += 1) client.say({ ...SUBSCRIBE, id: String(id) });
  const [, refusal] = await client.heard(2);
  expect(refusal).toMatchObject({
    id: '21',
    type: 'error',
    payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
  });
  client.say({ id: '1', type: 'complete' });
  await sleep(50);
  client.say({ ...SUBSCRIBE, id: '22' });
  await sleep(100);
  expect(client.messages).toHaveLength(2);
  client.socket.close();
  await client.closed;
});

const subscribers = async () =>
  Number(/^stedenband_subscribers (\d+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1]);

test('a stream that waits for the response before it ends with its connection, also if an upgrade follows', async () => {
  await until('the sockets of other tests are closed', async () => (await subscribers()) === 0);
  const socket = createConnection(Number(new URL(server.url).port), '127.0.0.1');
  const stream = `/graphql/stream?query=${encodeURIComponent('subscription { changes { cursor } }')}`;
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n';
  const requests = [['/feed?offset=now&live=long-poll'], [stream], ['/graphql', upgrade]];
  const texts = requests.map(([path, headers = '']) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
  socket.write(texts.join(''));
  // The long poll waits as a subscriber, too.
  await until('both are open', async () => (await subscribers()) === 2);
  socket.destroy();
  await until('both have ended', async () => (await subscribers()) === 0);
});

test('an operation that is refused after its client has completed it leaves nothing in memory', async () => {
  const operations = new SocketOperations();
  const [payload, open] = [{ query: '{' }, { query: '{' }];
  for (const [id, of] of Object.entries({ 1: payload, 2: open })) {
    operations.add(id, of);
    expect(await operations.refuse(id, of, [{ message: 'Syntax error.' }], { 2: null })).toHaveLength(1);
  }
  await setImmediate();
  const stored = (id: string, of: unknown) =>
    Promise.race([operations.resultOf(id, of, 'stored'), sleep(20, 'removed')]);
  expect([await stored('1', payload), await stored('2', open)]).toEqual(['removed', 'stored']);
});

describe('an id that is used again, before the operation that the client completed has begun', () => {
  const COMPLETE = { id: '1', type: 'complete' };

  test('ends the subscription before it, and the socket ends the last one', async () => {
    await until('the sockets of other tests are closed', async () => (await subscribers()) === 0);
    const client = await acknowledged();
    for (let i = 0; i < 10; i += 1) for (const message of [SUBSCRIBE, COMPLETE]) client.say(message);
    client.say(SUBSCRIBE);
    client.say(ask('{ viewer { name } }', undefined, '2'));
    await client.heard(3);
    await until('one is open', async () => (await subscribers()) === 1);
    client.socket.close();
    await client.closed;
    await until('none is open', async () => (await subscribers()) === 0);
  });

  test('has its own result', async () => {
    const client = await acknowledged();
    for (const message of [ask('{ partnerships { totalCount } }'), COMPLETE, ask('{ viewer { name } }')])
      client.say(message);
    const [, next, complete] = await client.heard(3);
    expect(next.payload.data).toEqual({ viewer: { name: 'anonymous' } });
    expect(complete).toEqual(COMPLETE);
    for (const message of [ask('{ nonsense }'), COMPLETE, ask('{ viewer { kind } }')]) client.say(message);
    const [, , , , last] = await client.heard(5);
    expect(last).toEqual(COMPLETE);
    expect(client.messages[3].payload.data).toEqual({ viewer: { kind: 'ANONYMOUS' } });
    client.socket.close();
    await client.closed;
  });

  test('works after a subscription that had begun', async () => {
    const client = await acknowledged();
    client.say(SUBSCRIBE);
    await until('it has begun', async () => (await subscribers()) === 1);
    for (const message of [COMPLETE, ask('{ viewer { name } }')]) client.say(message);
    const [, next, complete] = await client.heard(3);
    expect([next.payload.data, complete]).toEqual([{ viewer: { name: 'anonymous' } }, COMPLETE]);
    client.socket.close();
    await client.closed;
    await until('it is gone', async () => (await subscribers()) === 0);
  });
});

test('the 51st socket or stream of an address is refused until one closes', async () => {
  for (const socket of open) socket.terminate();
  while (open.size) await sleep(10);
  await sleep(50);
  const all = await Promise.all(Array.from({ length: 50 }, () => acknowledged()));
  const { status, body } = await connect().refused;
  expect([status, body.errors[0].extensions.code]).toEqual([429, 'RATE_LIMITED']);
  expect(body.errors[0].message).toContain('50 sockets and streams');
  const stream = () =>
    fetch(`${server.url}/graphql/stream?query=${encodeURIComponent('subscription { changes { cursor } }')}`);
  const refused = await stream();
  expect([
    refused.status,
    refused.headers.get('retry-after'),
    ((await refused.json()) as Json).errors[0].extensions.code,
  ]).toEqual([429, '5', 'RATE_LIMITED']);
  // Those who ask and go are not counted.
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  all[0]?.socket.close();
  await all[0]?.closed;
  await sleep(50);
  const again = await stream();
  expect(again.status).toBe(200);
  await again.body?.cancel();
  for (const { socket } of all) socket.close();
  await Promise.all(all.map(({ closed }) => closed));
});
