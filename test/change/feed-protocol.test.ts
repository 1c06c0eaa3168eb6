import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { RunningServer } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { allEventsOf, ask, eventsOf, KEY, latest } from '../support/feed.js';
import { openTestServer } from '../support/server.js';

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer({ access: { adminKey: KEY } });
});
afterAll(() => server.close());

const INIT = { type: 'connection_init' };
const ACK = { type: 'connection_ack' };
const subscribe = (id: string, query: string, variables?: Json) => ({
  id,
  type: 'subscribe',
  payload: { query, ...(variables && { variables }) },
});
const FEED = 'subscription { changes { kind subjectId } }';
const record = (en: string) => ({ kind: 'MINISTRY', names: { en } });
const RECORD = `mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) {
  organisation { id version } userErrors { code path } } }`;

/** A socket that sends frames as they are. */
async function raw(protocol = 'graphql-transport-ws', headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, protocol, { headers });
  onTestFinished(() => socket.terminate());
  const received: Json[] = [];
  const waiting: ((message: Json) => void)[] = [];
  socket.on('message', data => {
    const message = JSON.parse(String(data));
    const proceed = waiting.shift();
    if (proceed) proceed(message);
    else received.push(message);
  });
  const closed = new Promise(resolve => socket.on('close', (code, reason) => resolve([code, String(reason)])));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return {
    send: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    /** The next message. */
    next: (): Promise<Json> =>
      received.length ? Promise.resolve(received.shift()) : new Promise(resolve => waiting.push(resolve)),
    closed,
  };
}

/** A socket that was let in, by the key that may do everything. */
async function open(payload: Json = { authorization: `Bearer ${KEY}` }) {
  const socket = await raw();
  socket.send({ ...INIT, payload });
  expect(await socket.next()).toEqual(ACK);
  return socket;
}

/** Proves that no message arrived: the pong comes after every message before it. */
async function expectAlive({ send, next }: { send(message: unknown): void; next(): Promise<Json> }) {
  send({ type: 'ping', payload: { n: 1 } });
  expect(await next()).toEqual({ type: 'pong', payload: { n: 1 } });
}

describe('graphql-transport-ws: an operation', () => {
  test('that is wrong gets an error for its id, and the rest of the socket goes on', async () => {
    const socket = await open();
    socket.send(subscribe('feed', FEED));
    await expectAlive(socket);
    const wrong: [string, string, Json][] = [
      ['syntax', 'subscription {', { message: expect.stringMatching(/^Syntax Error/), code: 'GRAPHQL_PARSE_FAILED' }],
      [
        'field',
        '{ nothing }',
        { message: expect.stringMatching(/^Cannot query field "nothing"/), code: 'GRAPHQL_VALIDATION_FAILED' },
      ],
      [
        'name',
        'query A { __typename } query B { __typename }',
        { message: expect.stringMatching(/^operationName must name one/), code: 'OPERATION_RESOLUTION_FAILURE' },
      ],
    ];
    for (const [id, query, { message, code }] of wrong) {
      socket.send(subscribe(id, query));
      const answer = await socket.next();
      expect(answer).toMatchObject({ id, type: 'error', payload: [{ message }] });
      expect(answer.payload[0].extensions).toMatchObject({ code });
    }
    // An id is free again after its error.
    socket.send(subscribe('syntax', '{ __typename }'));
    expect(await socket.next()).toMatchObject({
      id: 'syntax',
      type: 'next',
      payload: { data: { __typename: 'Query' } },
    });
    expect(await socket.next()).toEqual({ id: 'syntax', type: 'complete' });
    await ask(server.url, RECORD, { input: record('Goes on') });
    expect(await socket.next()).toEqual({
      id: 'feed',
      type: 'next',
      payload: { data: { changes: { kind: 'RECORDED', subjectId: 'org-goes-on' } } },
    });
  });

  test('that is a query or a mutation is answered and completed', async () => {
    const socket = await open();
    socket.send(subscribe('q', '{ viewer { name } organisation(id: "org-vng") { names { nl } } }'));
    expect(await socket.next()).toMatchObject({
      id: 'q',
      type: 'next',
      payload: { data: { viewer: { name: 'ADMIN_KEY' } } },
    });
    expect(await socket.next()).toEqual({ id: 'q', type: 'complete' });
    socket.send(subscribe('m', RECORD, { input: record('Over a socket') }));
    const made = { organisation: { id: 'org-over-a-socket', version: 1 }, userErrors: [] };
    expect(await socket.next()).toMatchObject({
      id: 'm',
      type: 'next',
      payload: { data: { recordOrganisation: made } },
    });
    expect(await socket.next()).toEqual({ id: 'm', type: 'complete' });
    socket.send(subscribe('d', RECORD, { input: { ...record('Dry'), dryRun: true } }));
    const dry = { organisation: { id: 'org-dry', version: 1 }, userErrors: [] };
    expect(await socket.next()).toMatchObject({
      id: 'd',
      type: 'next',
      payload: { data: { recordOrganisation: dry } },
    });
    expect(await socket.next()).toEqual({ id: 'd', type: 'complete' });
    expect(await ask(server.url, '{ organisation(id: "org-dry") { id } }')).toEqual({ organisation: null });
    socket.send(subscribe('e', '{ organisations(first: 1000) { totalCount } }'));
    expect(await socket.next()).toMatchObject({
      id: 'e',
      type: 'next',
      payload: { errors: [{ path: ['organisations'], extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    expect(await socket.next()).toEqual({ id: 'e', type: 'complete' });
  });

  test('that needs a key gets an error without one, and nothing of it runs', async () => {
    const socket = await open({});
    socket.send(subscribe('m', RECORD, { input: record('Never') }));
    expect(await socket.next()).toMatchObject({
      id: 'm',
      type: 'error',
      payload: [{ message: expect.stringContaining('organisation:write'), extensions: { code: 'UNAUTHENTICATED' } }],
    });
    await expectAlive(socket);
    expect(await ask(server.url, '{ organisation(id: "org-never") { id } }')).toEqual({ organisation: null });
  });

  test('that follows is completed by the client, and its id is free again', async () => {
    const socket = await open();
    for (let round = 0; round < 3; round += 1) {
      socket.send(subscribe('1', FEED));
      await expectAlive(socket);
      socket.send({ id: '1', type: 'complete' });
      await expectAlive(socket);
    }
    socket.send(subscribe('2', FEED));
    await expectAlive(socket);
    await ask(server.url, RECORD, { input: record('Only once') });
    expect((await socket.next()).id).toBe('2');
    await expectAlive(socket);
  });

  test.each([
    ['subscription { changes(after: "nonsense") { cursor } }', 'error'],
    [`subscription { changes(after: "${Buffer.from('change-999999').toString('base64url')}") { cursor } }`, 'next'],
  ])('with a cursor that is none of ours is told so: %s', async (query, type) => {
    const socket = await open();
    socket.send(subscribe('1', query));
    const answer = await socket.next();
    expect(answer).toMatchObject({ id: '1', type });
    const [error] = type === 'error' ? answer.payload : answer.payload.errors;
    expect(error.extensions).toMatchObject({ code: 'INVALID_CURSOR' });
    if (type === 'next') expect(await socket.next()).toEqual({ id: '1', type: 'complete' });
    await expectAlive(socket);
  });
});

describe('server-sent events', () => {
  const client = (more: Parameters<typeof createClient>[0] | object = {}) => {
    const created = createClient({
      url: `${server.url}/graphql/stream`,
      headers: { authorization: `Bearer ${KEY}` },
      retryAttempts: 0,
      ...more,
    });
    onTestFinished(() => created.dispose());
    return created;
  };
  const stream = (query: string, init: RequestInit = {}) =>
    fetch(`${server.url}/graphql/stream?query=${encodeURIComponent(query)}`, init);
  test('the client of graphql-sse queries, writes and follows', async () => {
    const sse = client();
    const results: Json[] = [];
    for await (const result of sse.iterate({ query: '{ viewer { name } }' })) results.push(result);
    for await (const result of sse.iterate({ query: RECORD, variables: { input: record('Over events') } }))
      results.push(result);
    expect(results).toMatchObject([
      { data: { viewer: { name: 'ADMIN_KEY' } } },
      { data: { recordOrganisation: { organisation: { id: 'org-over-events', version: 1 }, userErrors: [] } } },
    ]);
    const after = await latest(server.url);
    const query = 'subscription($after: ChangeCursor) { changes(after: $after) { subjectId } }';
    const changes = sse.iterate<Json>({ query, variables: { after } });
    for (const name of ['First', 'Second', 'Third']) {
      await ask(server.url, RECORD, { input: record(`Event ${name}`) });
      const { value } = await changes.next();
      expect(value).toEqual({ data: { changes: { subjectId: `org-event-${name.toLowerCase()}` } } });
    }
    await changes.return?.();
  });

  test('errors come in their standard form, in the stream or with a status', async () => {
    const results: Json[] = [];
    for (const query of [
      '{',
      '{ nothing }',
      'query A { __typename } query B { __typename }',
      'query($id: ID!) { node(id: $id) { id } }',
      '{ organisations(first: 1000) { totalCount } }',
      `subscription { changes(filter: { authority: "nl-nowhere" }) { cursor } }`,
    ]) {
      for await (const result of client().iterate({ query })) results.push(result);
    }
    expect(results).toMatchObject([
      { errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] },
      { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
      { errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }] },
      { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      { errors: [{ path: ['organisations'], extensions: { code: 'BAD_USER_INPUT' } }] },
      { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    ]);
    const refused = await stream('{ __typename }', { headers: { authorization: 'Bearer nothing' } });
    expect([refused.status, await refused.json()]).toMatchObject([
      401,
      { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
    const write = { query: RECORD, variables: { input: record('Never') } };
    const without = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      body: JSON.stringify(write),
      headers: { 'content-type': 'application/json' },
    });
    expect(without.status).toBe(401);
    const byGet = await stream('mutation { __typename }');
    expect([byGet.status, byGet.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('a query is one event and the end', async () => {
    const response = await stream('{ __typename }');
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await allEventsOf(response)).toEqual([
      {
        event: 'next',
        data: expect.stringMatching(
          /^\{"data":\{"__typename":"Query"\},"extensions":\{"cost":\{"estimated":0,"actual":0,"maximum":5000\},"register":\{"cursor":"[\w-]+","knownAt":null\}\}\}$/,
        ),
      },
      { event: 'complete', data: '' },
    ]);
  });

  test('Last-Event-ID goes before the after of the document', async () => {
    const after = await latest(server.url);
    for (const name of ['One', 'Two']) await ask(server.url, RECORD, { input: record(`Resumed ${name}`) });
    const { nodes } = (
      await ask(server.url, 'query($after: ChangeCursor) { changes(after: $after) { nodes { cursor } } }', { after })
    ).changes;
    const control = new AbortController();
    const response = await stream(`subscription { changes(after: "${after}") { subjectId } }`, {
      headers: { 'last-event-id': nodes[0].cursor },
      signal: control.signal,
    });
    for await (const event of eventsOf(response.body as unknown as AsyncIterable<Uint8Array>)) {
      expect(event).toEqual({
        event: 'next',
        data: JSON.stringify({ data: { changes: { subjectId: 'org-resumed-two' } } }),
        id: nodes[1].cursor,
      });
      break;
    }
    control.abort();
  });
});
