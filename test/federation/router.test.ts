import { Trace } from '@apollo/usage-reporting-protobuf';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { readConfig } from '../../src/config/config.js';
import type { RunningServer } from '../../src/server/serve.js';
import { openTestServer } from '../support/server.js';
import { ADMIN_KEY, SECRET } from './setup.js';

let guarded: RunningServer;
let open: RunningServer;
beforeAll(async () => {
  [guarded, open] = await Promise.all([
    // With a response cache, since a response for a router must not be served to other clients.
    openTestServer({ access: { routerSecret: SECRET, adminKey: ADMIN_KEY }, cacheBytes: 1_000_000 }),
    openTestServer({ access: { adminKey: ADMIN_KEY } }),
  ]);
});
afterAll(() => Promise.all([guarded?.close(), open?.close()]));

const SERVICE = '{ _service { sdl } }';
const ENTITIES =
  '{ _entities(representations: [{ __typename: "Authority", id: "nl-delft" }]) { ... on Authority { name } } }';
const DELFT = { data: { _entities: [{ name: 'Delft' }] } };
const TIE = '{ partnership(id: "tie-rotterdam-shanghai") { id dutch { name } } }';
const router = { 'router-authorization': SECRET };
const traced = { 'apollo-federation-include-trace': 'ftv1' };

type Headers = Record<string, string>;
async function ask({ url }: RunningServer, query: string, headers: Headers = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data depends on the query.
  return { status: response.status, ...((await response.json()) as { data?: any; errors?: any; extensions?: any }) };
}
const refusal = (field: string) => ({
  message: `${field} is for routers only: they send the secret of this server in the header router-authorization.`,
  extensions: expect.objectContaining({ code: 'FORBIDDEN', rule: 'ROUTERS_ONLY' }),
});

describe('with a secret set', () => {
  test('a router gets the schema and the records', async () => {
    const { status, data } = await ask(guarded, SERVICE, router);
    expect({ status, sdl: data._service.sdl }).toEqual({
      status: 200,
      sdl: expect.stringMatching(/^extend schema\n {2}@link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2\.9"/),
    });
    expect(await ask(guarded, ENTITIES, router)).toMatchObject({ status: 200, ...DELFT });
  });

  test.each<[string, Headers]>([
    ['nothing', {}],
    ['a wrong secret', { 'router-authorization': `${SECRET}x` }],
    ['a part of the secret', { 'router-authorization': SECRET.slice(0, -1) }],
    ['an empty secret', { 'router-authorization': '' }],
    ['the secret as a key', { authorization: `Bearer ${SECRET}` }],
    ['a key that may write everything', { authorization: `Bearer ${ADMIN_KEY}` }],
    ['the secret after Bearer', { 'router-authorization': `Bearer ${SECRET}` }],
  ])('a request with %s is refused both', async (credentials, headers) => {
    for (const [field, query] of [
      ['_service', SERVICE],
      ['_entities', ENTITIES],
      ['_service', `query { a: _service { sdl } }`],
      ['_service', `query { ...on Query { ...F } } fragment F on Query { _service { sdl } }`],
    ] as const) {
      const { status, data, errors } = await ask(guarded, query, headers);
      if (credentials === 'the secret as a key') {
        expect({ status, data, code: errors[0].extensions.code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
        continue;
      }
      expect({ status, data, errors }).toEqual({ status: 403, errors: [expect.objectContaining(refusal(field))] });
    }
  });

  test('a response for a router is cached for routers only, and an error is not cached', async () => {
    for (let round = 0; round < 3; round += 1) {
      expect(await ask(guarded, ENTITIES, router)).toMatchObject({ status: 200, ...DELFT });
      expect((await ask(guarded, ENTITIES)).status).toBe(403);
      expect((await ask(guarded, TIE, { ...router, ...traced })).extensions).toMatchObject({
        ftv1: expect.any(String),
      });
      expect((await ask(guarded, TIE)).extensions).toEqual({ cost: expect.anything(), register: expect.anything() });
    }
  });

  test('all other fields are public, introspection too', async () => {
    const { status, data } = await ask(guarded, '{ __schema { queryType { fields { name } } } }');
    expect(status).toBe(200);
    expect(data.__schema.queryType.fields.map(({ name }: { name: string }) => name)).toContain('_entities');
    expect((await ask(guarded, TIE)).status).toBe(200);
  });

  test('the API key of the client of a router is checked', async () => {
    const viewer = '{ viewer { kind } }';
    expect((await ask(guarded, viewer, router)).data).toEqual({ viewer: { kind: 'ANONYMOUS' } });
    const both = { ...router, authorization: `Bearer ${ADMIN_KEY}` };
    expect((await ask(guarded, viewer, both)).data).toEqual({ viewer: { kind: 'ADMIN_KEY' } });
    expect((await ask(guarded, viewer, { ...router, authorization: 'Bearer wrong' })).status).toBe(401);
  });

  test('a router may request a thousand records at once, regardless of the length of their keys', async () => {
    const side = (type: string, index: number) => ({
      __typename: type,
      id: `nowhere-${'in-particular-'.repeat(2)}${index}`,
    });
    const representations = Array.from({ length: 1_000 }, (_, index) => ({
      __typename: 'Partnership',
      dutch: side('DutchAuthority', index),
      chinese: side('ChineseAuthority', index),
    }));
    const body = JSON.stringify({
      query: 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }',
      variables: { of: representations },
    });
    expect(body.length).toBeGreaterThan(150_000);
    const send = (headers: Headers) =>
      fetch(`${guarded.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
    const accepted = await send(router);
    expect(await accepted.json()).toMatchObject({ data: { _entities: Array(1_000).fill(null) } });
    const refused = await send({});
    expect([refused.status, await refused.json()]).toEqual([413, expect.anything()]);
  });

  test('over WebSocket, the upgrade request has the secret', async () => {
    const firstResult = async (headers: Headers) => {
      class Socket extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { headers });
        }
      }
      const client = createClient({
        url: `${guarded.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: Socket,
        retryAttempts: 0,
        lazyCloseTimeout: 0,
      });
      for await (const result of client.iterate({ query: ENTITIES })) {
        await client.dispose();
        return result;
      }
      return undefined;
    };
    expect(await firstResult(router)).toMatchObject(DELFT);
    await expect(firstResult({})).rejects.toMatchObject([refusal('_entities')]);
  });

  test('over SSE, the request has the secret', async () => {
    const stream = async (headers: Headers) => {
      const address = `${guarded.url}/graphql/stream?query=${encodeURIComponent(ENTITIES)}`;
      const response = await fetch(address, { headers });
      return { status: response.status, text: await response.text() };
    };
    expect(await stream(router)).toEqual({
      status: 200,
      text: expect.stringContaining(JSON.stringify(DELFT).slice(0, -1)),
    });
    expect(await stream({})).toEqual({ status: 403, text: expect.stringContaining('"FORBIDDEN"') });
  });
});

describe('the trace header', () => {
  test('returns the time of every field to a router', async () => {
    const { data, extensions } = await ask(guarded, TIE, { ...router, ...traced });
    expect(data.partnership.dutch.name).toBe('Rotterdam');
    const { root, durationNs } = Trace.decode(Buffer.from(extensions.ftv1, 'base64'));
    expect(durationNs).toBeGreaterThan(0);
    const [partnership] = root?.child ?? [];
    expect(partnership).toMatchObject({ responseName: 'partnership', type: 'Partnership', parentType: 'Query' });
    const names = (partnership?.child ?? []).map(({ responseName }) => responseName);
    expect(names).toEqual(['id', 'dutch']);
    const dutch = partnership?.child?.[1];
    expect(Number(dutch?.endTime)).toBeGreaterThan(Number(dutch?.startTime));
  });

  test('masks the messages of errors', async () => {
    const { extensions } = await ask(guarded, '{ partnerships(first: 0) { totalCount } }', { ...router, ...traced });
    const { root } = Trace.decode(Buffer.from(extensions.ftv1, 'base64'));
    expect(root?.child?.[0]?.error?.map(({ message }) => message)).toEqual(['<masked>']);
  });

  test('is ignored from other clients, and without it a router gets no trace', async () => {
    for (const headers of [traced, { ...traced, 'router-authorization': 'not the secret' }, router]) {
      expect((await ask(guarded, TIE, headers)).extensions).toEqual({
        cost: expect.anything(),
        register: expect.anything(),
      });
    }
    expect((await ask(open, TIE, { ...traced, ...router })).extensions).toEqual({
      cost: expect.anything(),
      register: expect.anything(),
    });
  });
});

test('without a secret, the fields for routers are public', async () => {
  expect(await ask(open, ENTITIES)).toMatchObject({ status: 200, ...DELFT });
  expect((await ask(open, SERVICE)).data._service.sdl).toContain('@key(fields: "cbsCode")');
});

test('a short secret stops the start, and is not in the message', () => {
  expect(() => readConfig({ ROUTER_SECRET: 'short' })).toThrow(
    'Settings: ROUTER_SECRET is one value or, separated by a space, the old and the new one, each of at least 16 characters; got one of 5 characters.',
  );
  expect(() => readConfig({ ROUTERSECRET: SECRET })).toThrow(
    'ROUTERSECRET is not a setting; did you mean ROUTER_SECRET',
  );
  expect(readConfig({ ROUTER_SECRET: SECRET }).access.routerSecret).toEqual([SECRET]);
});
