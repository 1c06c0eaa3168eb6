import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { DEFAULT_PROTECTION } from '../../src/config/protection.js';
import type { RunningServer } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { openTestServer } from '../support/server.js';

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer({
    protection: DEFAULT_PROTECTION,
    cacheBytes: 1_000_000,
    access: { routerSecret: 'secret of the router' },
  });
});
afterAll(() => server?.close());

type Body = { query: string; operationName?: unknown };

const json = async (response: Response) => (await response.json()) as Json;
const post = (body: object, headers = {}) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }).then(json);

/** Every way in which an operation can be asked for. */
const ways: Record<string, (body: Body) => Promise<Json>> = {
  POST: body => post(body),
  'POST with extensions, which Apollo reads': body => post({ ...body, extensions: {} }),
  'a router that traces': body =>
    post(body, { 'router-authorization': 'secret of the router', 'apollo-federation-include-trace': 'ftv1' }),
  GET: ({ query, operationName }) => {
    const search = new URLSearchParams({ query, ...(operationName != null && { operationName: `${operationName}` }) });
    return fetch(`${server.url}/graphql?${search}`, { headers: { 'apollo-require-preflight': '1' } }).then(json);
  },
  'server-sent events': async body => {
    const response = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return JSON.parse(/^event: next\ndata: (.*)$/m.exec(text)?.[1] ?? text);
  },
  WebSocket: async body => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: body }));
    const [data] = await once(socket, 'message');
    socket.close();
    const { type, payload } = JSON.parse(String(data));
    return type === 'error' ? { errors: payload } : payload;
  },
};

/** 2,040,301 points. */
const DEAR = `partnerships(first: 100) { nodes { exchanges(first: 100) { nodes { partnership { exchanges(first: 100) { nodes { id } } } } } } }`;
const NAMES: [what: string, more: { operationName?: unknown }, isFound: boolean][] = [
  ['no operationName', {}, true],
  ['operationName null', { operationName: null }, true],
  ['an empty operationName', { operationName: '' }, false],
  ['a wrong operationName', { operationName: 'B' }, false],
  ['the right operationName', { operationName: 'A' }, true],
];

describe.each(Object.entries(ways))('over %s', (_, ask) => {
  test.each(NAMES)('%s finds the operation or is refused, twice', async (_what, more, isFound) => {
    for (let time = 0; time < 2; time += 1) {
      const { data, errors } = await ask({ query: 'query A { viewer { name } }', ...more });
      if (isFound) expect(data).toEqual({ viewer: { name: 'anonymous' } });
      else expect(errors?.map(({ extensions }: Json) => extensions.code)).toEqual(['OPERATION_RESOLUTION_FAILURE']);
      expect([isFound, data === undefined || data === null]).toEqual([isFound, !isFound]);
    }
  });

  test.each(NAMES)('a query of two million points with %s does not run', async (_what, more, isFound) => {
    for (let time = 0; time < 2; time += 1) {
      const { data, errors } = await ask({ query: `query A { ${DEAR} }`, ...more });
      expect(errors?.map(({ extensions }: Json) => extensions.code)).toEqual([
        isFound ? 'QUERY_TOO_COMPLEX' : 'OPERATION_RESOLUTION_FAILURE',
      ]);
      expect(data ?? null).toBeNull();
    }
  });

  test('a document of two operations needs the name of one', async () => {
    const query = 'query A { viewer { name } } query B { viewer { kind: __typename } }';
    for (const operationName of [undefined, null, '', 'C']) {
      const { errors } = await ask({ query, operationName });
      expect(errors?.map(({ extensions }: Json) => extensions.code)).toEqual(['OPERATION_RESOLUTION_FAILURE']);
    }
    expect((await ask({ query, operationName: 'B' })).data).toEqual({ viewer: { kind: 'Viewer' } });
    expect((await ask({ query, operationName: 'A' })).data).toEqual({ viewer: { name: 'anonymous' } });
  });

  test('a document of two operations is charged for the one that is named', async () => {
    const query = `query Cheap { viewer { name } } query Dear { ${DEAR} }`;
    expect((await ask({ query, operationName: 'Cheap' })).data).toEqual({ viewer: { name: 'anonymous' } });
    const { errors } = await ask({ query, operationName: 'Dear' });
    expect(errors?.map(({ extensions }: Json) => extensions.code)).toEqual(['QUERY_TOO_COMPLEX']);
  });
});
