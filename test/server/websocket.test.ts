import { on, once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { defaultProtection } from '../../src/config/protection.js';
import type { RunningServer } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { ask, KEY, latest } from '../support/feed.js';
import { frame, frames, handshake, Opcode } from '../support/frames.js';
import { openTestServer } from '../support/server.js';

// An audit of our WebSocket after graphql-ws' PROTOCOL.md and RFC 6455, byte by byte. `feed-protocol.test.ts` tries
// what the register says over it.

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer({ access: { adminKey: KEY } });
});
afterAll(() => server.close());

const INIT = { type: 'connection_init' };
const ACK = { type: 'connection_ack' };
const FEED = 'subscription { changes { subjectId } }';
/** Follows from the newest change on: one without a cursor begins a moment after it is sent, and a change may come before. */
const feedSinceNow = async () => `subscription { changes(after: "${await latest(server.url)}") { subjectId } }`;
const subscribe = (id?: unknown, query: unknown = '{ __typename }', more: Json = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, ...more },
});
const { text, binary, continuation, ping, pong, close } = Opcode;
const NOT_UTF8 = Uint8Array.of(0x22, 0xff, 0x22);
const INVALID = 'Invalid message received';
const closing = (code: number) => frame(close, Uint8Array.of(code >> 8, code & 0xff));

type Client = Awaited<ReturnType<typeof frames>>;

/** A client that was let in. */
async function open(): Promise<Client> {
  const client = await frames(server.url);
  client.send(INIT);
  expect(await client.next()).toEqual(ACK);
  return client;
}

/** Proves that no message arrived: the pong comes after every message before it. */
async function expectAlive({ send, next }: Client) {
  send({ type: 'ping', payload: { n: 1 } });
  expect(await next()).toEqual({ type: 'pong', payload: { n: 1 } });
}

const write = (en: string) =>
  ask(server.url, 'mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) { __typename } }', {
    input: { kind: 'MINISTRY', names: { en } },
  });

describe('the handshake', () => {
  test.each(['graphql-transport-ws', 'graphql-ws, graphql-transport-ws'])('agrees on our protocol: %s', async asked => {
    const { status, headers } = await handshake(server.url, { 'sec-websocket-protocol': asked });
    expect([status, headers['sec-websocket-protocol']]).toEqual([101, 'graphql-transport-ws']);
  });

  test.each(['graphql-ws', 'soap', ''])('closes with 4406 who asks for another protocol: “%s”', async asked => {
    const { closed } = await frames(server.url, asked);
    expect(await closed).toEqual([4406, 'Subprotocol not acceptable']);
  });

  test.each<[string, Record<string, string>, number]>([
    ['another version of WebSocket', { 'sec-websocket-version': '7' }, 400],
    ['a key that is none', { 'sec-websocket-key': 'short' }, 400],
    ['an upgrade to something else', { upgrade: 'h2c' }, 400],
  ])('refuses %s', async (_, headers, status) => {
    expect((await handshake(server.url, headers)).status).toBe(status);
  });

  test('offers no compression', async () => {
    const { headers } = await handshake(server.url, {
      'sec-websocket-protocol': 'graphql-transport-ws',
      'sec-websocket-extensions': 'permessage-deflate',
    });
    expect(headers['sec-websocket-extensions']).toBeUndefined();
  });

  test('is for /graphql alone', async () => {
    expect((await handshake(`${server.url}/elsewhere`, {})).status).toBe(404);
  });
});

describe('before it is let in, a socket is closed', () => {
  test.each<[what: string, messages: unknown[], code: number, reason: string]>([
    ['4401 when it subscribes', [subscribe('1')], 4401, 'Unauthorized'],
    ['4429 when it begins twice', [INIT, INIT], 4429, 'Too many initialisation requests'],
    ['4403 for a key that opens nothing', [{ ...INIT, payload: { authorization: 'Bearer no' } }], 4403, 'Forbidden'],
    ['4403 for a key that is no text', [{ ...INIT, payload: { authorization: 7 } }], 4403, 'Forbidden'],
    ['4403 for another scheme', [{ ...INIT, payload: { authorization: 'Basic YTpi' } }], 4403, 'Forbidden'],
    ['4400 for a payload that is no object', [{ ...INIT, payload: 'key' }], 4400, INVALID],
  ])('%s', async (_, messages, code, reason) => {
    const client = await frames(server.url);
    for (const message of messages) client.send(message);
    expect(await client.closed).toEqual([code, reason]);
  });

  test('4408 when it does not begin within three seconds, whatever else it says', async () => {
    const since = Date.now();
    const [silent, pinging] = [await frames(server.url), await frames(server.url)];
    await expectAlive(pinging);
    expect(await silent.closed).toEqual([4408, 'Connection initialisation timeout']);
    expect(await pinging.closed).toEqual([4408, 'Connection initialisation timeout']);
    expect(Date.now() - since).toBeGreaterThan(2_900);
    expect(Date.now() - since).toBeLessThan(6_000);
  });
});

describe('once it is let in, a socket is closed', () => {
  test.each<[what: string, message: unknown]>([
    ['what is no JSON', 'nonsense'],
    ['an empty message', ''],
    ['null', null],
    ['a number', 7],
    ['a list', [INIT]],
    ['a message without a type', { id: '1' }],
    ['a type that is no text', { type: 7 }],
    ['a type of the protocol before', { type: 'start', id: '1', payload: { query: '{ __typename }' } }],
    ['a ping whose payload is no object', { type: 'ping', payload: 'x' }],
    ['a subscription without an id', subscribe()],
    ['an empty id', subscribe('')],
    ['an id that is a number', subscribe(1)],
    ['a subscription without a payload', { id: '1', type: 'subscribe' }],
    ['a subscription without a query', { id: '1', type: 'subscribe', payload: {} }],
    ['a query that is an object', subscribe('1', {})],
    ['variables that are a list', subscribe('1', '{ __typename }', { variables: [] })],
    ['variables that are text', subscribe('1', '{ __typename }', { variables: '{}' })],
    ['an operation’s name that is no text', subscribe('1', '{ __typename }', { operationName: 7 })],
    ['extensions that are no object', subscribe('1', '{ __typename }', { extensions: 'x' })],
    ['completing nothing', { type: 'complete' }],
    ['an acknowledgement, which only a server gives', ACK],
    ['a result, which only a server gives', { id: '1', type: 'next', payload: { data: {} } }],
    ['an error, which only a server gives', { id: '1', type: 'error', payload: [{ message: 'x' }] }],
  ])('with 4400 for %s', async (_, message) => {
    const client = await open();
    client.send(message);
    expect(await client.closed).toEqual([4400, INVALID]);
  });

  test('with 4409 when two subscriptions have one id, and 4429 when it begins again', async () => {
    const [twice, again] = [await open(), await open()];
    twice.send(subscribe('1', FEED));
    twice.send(subscribe('1', FEED));
    expect(await twice.closed).toEqual([4409, 'Subscriber for 1 already exists']);
    again.send(INIT);
    expect(await again.closed).toEqual([4429, 'Too many initialisation requests']);
  });

  test.each([
    ['100 hanzi', '上'.repeat(100), `Subscriber for ${'上'.repeat(36)}`],
    ['emoji', '🇳'.repeat(100), `Subscriber for ${'🇳'.repeat(27)}`],
    ['1,000 letters', 'x'.repeat(1_000), `Subscriber for ${'x'.repeat(108)}`],
  ])('with 4409 and a reason of at most 123 bytes for one id of %s twice', async (_, id, reason) => {
    const client = await open();
    client.send(subscribe(id, FEED));
    client.send(subscribe(id, FEED));
    expect(await client.closed).toEqual([4409, reason]);
  });

  test.each<[what: string, code: number, bytes: Uint8Array[]]>([
    ['a frame of more than 64,000 bytes', 1009, [frame(text, 'x'.repeat(64_001))]],
    ['a frame of 1 MB', 1009, [frame(text, 'x'.repeat(1_000_000))]],
    [
      'a message of more than 64,000 bytes in parts',
      1009,
      [frame(text, 'x'.repeat(40_000), { fin: false }), frame(continuation, 'x'.repeat(40_000))],
    ],
    ['text that is not UTF-8', 1007, [frame(text, NOT_UTF8)]],
    ['a reason to close that is not UTF-8', 1007, [frame(close, Uint8Array.of(0x03, 0xe8, 0xff))]],
    ['a frame without a mask', 1002, [frame(text, '{}', { masked: false })]],
    ['a kind of frame that there is not', 1002, [frame(3, '{}')]],
    ['a compressed frame', 1002, [frame(text, '{}', { rsv1: true })]],
    ['a ping of more than 125 bytes', 1002, [frame(ping, 'x'.repeat(126))]],
    ['a ping in parts', 1002, [frame(ping, 'x', { fin: false })]],
    ['a part of no message', 1002, [frame(continuation, '{}')]],
    ['a message within another', 1002, [frame(text, '{', { fin: false }), frame(text, '}')]],
    ['a close code that may not be sent', 1002, [closing(1005)]],
  ])('for %s with %i', async (_, code, bytes) => {
    const client = await open();
    for (const each of bytes) client.write(each);
    expect(await client.closed).toEqual([code, '']);
  });

  test('and no message is executed that comes after that', async () => {
    const { socket } = await handshake(server.url, { 'sec-websocket-protocol': 'graphql-transport-ws' });
    const authorized = { ...INIT, payload: { authorization: `Bearer ${KEY}` } };
    const ended = once(socket as Socket, 'close');
    for (const message of [authorized, 'nonsense']) socket?.write(frame(text, JSON.stringify(message)));
    // The first byte of a close frame: with its code and reason it is sent in one piece.
    for await (const bytes of on(socket as Socket, 'data')) if (bytes[0].includes(0x88)) break;
    const query =
      'mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "Too late" } }) { __typename } }';
    socket?.write(frame(text, JSON.stringify(subscribe('1', query))));
    await ended;
    const data = await ask(server.url, '{ organisation(id: "org-too-late") { id } }');
    expect(data).toEqual({ organisation: null });
  });

  test('as the client closes it', async () => {
    for (const code of [1000, 1001, 4999]) {
      const client = await open();
      client.write(closing(code));
      expect(await client.closed).toEqual([code, '']);
    }
  });
});

describe('a socket stays open', () => {
  test('for a ping, with and without a payload, before and after it is let in', async () => {
    const client = await frames(server.url);
    client.send({ type: 'ping' });
    expect(await client.next()).toEqual({ type: 'pong' });
    client.send({ ...INIT, payload: {} });
    expect(await client.next()).toEqual(ACK);
    await expectAlive(client);
    client.send({ type: 'pong' });
    client.send({ type: 'pong', payload: { unasked: true } });
    await expectAlive(client);
  });

  test('for a ping of WebSocket itself', async () => {
    const client = await open();
    client.write(frame(ping, 'abc'));
    expect(await client.next()).toEqual({ opcode: pong, payload: 'abc' });
    client.write(frame(pong, 'unasked'));
    await expectAlive(client);
  });

  test('for a message in parts, with a ping between them, and for one in bytes', async () => {
    const client = await open();
    const message = JSON.stringify(subscribe('上海', '{ __typename }'));
    const bytes = Buffer.from(message);
    const middle = bytes.indexOf('海') + 1;
    client.write(frame(text, bytes.subarray(0, middle), { fin: false }));
    client.write(frame(ping, ''));
    client.write(frame(continuation, bytes.subarray(middle)));
    expect(await client.next()).toEqual({ opcode: pong, payload: '' });
    const result = { id: '上海', type: 'next', payload: { data: { __typename: 'Query' } } };
    expect(await client.next()).toMatchObject(result);
    expect(await client.next()).toEqual({ id: '上海', type: 'complete' });
    client.write(frame(binary, message));
    expect(await client.next()).toMatchObject(result);
  });

  test('for fields of a message that the protocol does not know', async () => {
    const client = await open();
    client.send({ ...subscribe('1', '{ __typename }', { extensions: {}, doc_id: 'x' }), more: 1 });
    expect(await client.next()).toMatchObject({ id: '1', type: 'next' });
  });

  test('for completing what is not there', async () => {
    const client = await open();
    client.send({ id: 'nothing', type: 'complete' });
    client.send({ id: '__proto__', type: 'complete' });
    await expectAlive(client);
  });
});

describe('an operation', () => {
  const ERRORS: [what: string, query: string, more: Json, code: string][] = [
    ['that does not parse', '{', {}, 'GRAPHQL_PARSE_FAILED'],
    ['that is empty', '', {}, 'GRAPHQL_PARSE_FAILED'],
    ['with an unknown field', '{ band }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['with a name that is not there', 'query A { __typename }', { operationName: 'B' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['without the name it needs', 'query A { __typename } query B { __typename }', {}, 'OPERATION_RESOLUTION_FAILURE'],
    ['without a variable', 'query($id: ID!) { node(id: $id) { id } }', {}, 'BAD_USER_INPUT'],
    [
      'with a wrong variable',
      'query($first: Int) { authorities(first: $first) { totalCount } }',
      { variables: { first: 'x' } },
      'BAD_USER_INPUT',
    ],
  ];
  test.each(ERRORS)('%s gets an error of its own, and the socket goes on', async (_, query, more, code) => {
    const client = await open();
    client.send(subscribe('wrong', query, more));
    client.send(subscribe('right'));
    const [first, second, third] = [await client.next(), await client.next(), await client.next()];
    const answers = [first, second, third].sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
    expect(answers).toMatchObject([
      { id: 'wrong', type: 'error', payload: [{ extensions: { code } }] },
      { id: 'right', type: 'next' },
      { id: 'right', type: 'complete' },
    ]);
    // An error is the last word: its id is free.
    client.send(subscribe('wrong'));
    expect(await client.next()).toMatchObject({ id: 'wrong', type: 'next' });
  });

  test('is answered and completed, each with its id, however many there are at once', async () => {
    const client = await open();
    const ids = Array.from({ length: 15 }, (_, index) => `${index}`);
    for (const id of ids) client.send(subscribe(id, `{ node(id: "nl-rotterdam") { a${id}: id } }`));
    const answers = new Map<string, Json[]>();
    for (let count = 0; count < 2 * ids.length; count += 1) {
      const { id, ...message } = await client.next();
      answers.set(id, [...(answers.get(id) ?? []), message]);
    }
    for (const id of ids) {
      const data = { node: { [`a${id}`]: 'nl-rotterdam' } };
      expect(answers.get(id)).toMatchObject([{ type: 'next', payload: { data } }, { type: 'complete' }]);
    }
  });

  test('may have any id', async () => {
    const client = await open();
    for (const id of ['__proto__', 'constructor', ' ', '上海', 'x'.repeat(1_000)]) {
      client.send(subscribe(id));
      expect(await client.next()).toMatchObject({ id, type: 'next' });
      expect(await client.next()).toEqual({ id, type: 'complete' });
    }
  });

  test('that the client completes says nothing more, and its id is free', async () => {
    const client = await open();
    client.send(subscribe('1', FEED));
    await expectAlive(client);
    client.send({ id: '1', type: 'complete' });
    await expectAlive(client);
    await write('Unheard');
    client.send(subscribe('1'));
    expect(await client.next()).toMatchObject({ id: '1', payload: { data: { __typename: 'Query' } } });
  });

  test('that follows gets its events in order, beside others', async () => {
    const client = await open();
    const query = await feedSinceNow();
    for (const id of ['a', 'b']) client.send(subscribe(id, query));
    const names = Array.from({ length: 10 }, (_, index) => `Order ${index}`);
    for (const name of names) await write(name);
    const got: Record<string, string[]> = { a: [], b: [] };
    for (let count = 0; count < 2 * names.length; count += 1) {
      const { id, payload } = await client.next();
      got[id]?.push(payload.data.changes.subjectId);
    }
    const expected = names.map(name => `org-${name.toLowerCase().replace(' ', '-')}`);
    expect(got).toEqual({ a: expected, b: expected });
  });

  test('of a client that goes without a word ends, and others do not notice', async () => {
    const [gone, stays] = [await open(), await open()];
    const query = await feedSinceNow();
    for (const client of [gone, stays]) client.send(subscribe('1', query));
    for (const client of [gone, stays]) await expectAlive(client);
    gone.drop();
    await write('Noticed');
    expect(await stays.next()).toMatchObject({ payload: { data: { changes: { subjectId: 'org-noticed' } } } });
    await expectAlive(stays);
  });
});

describe('against floods and other sites', () => {
  const protocol = { 'sec-websocket-protocol': 'graphql-transport-ws' };

  test('the page of another site is refused with 403, our own and who names none are let in', async () => {
    const answers = [{ origin: 'https://elsewhere.example' }, { origin: 'null' }, { origin: server.url }, {}].map(
      async headers => (await handshake(server.url, { ...protocol, ...headers })).status,
    );
    expect(await Promise.all(answers)).toEqual([403, 403, 101, 101]);
  });

  test('of 21 subscriptions on a socket one is refused in words, and 20 run', async () => {
    const client = await open();
    const query = await feedSinceNow();
    for (let id = 0; id < 21; id += 1) client.send(subscribe(`${id}`, query));
    expect(await client.next()).toMatchObject({ id: '20', type: 'error' });
    await write('To twenty');
    for (let count = 0; count < 20; count += 1) expect(await client.next()).toMatchObject({ type: 'next' });
    await expectAlive(client);
  });

  test('of 51 sockets from one address one is refused with 429', async () => {
    const fresh = await openTestServer({ protection: defaultProtection() });
    onTestFinished(() => fresh.close());
    const answers = Array.from({ length: 51 }, async () => (await handshake(fresh.url, protocol)).status);
    expect((await Promise.all(answers)).sort()).toEqual([...Array(50).fill(101), 429]);
  });
});
