import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultProtection } from '../../src/config/protection.js';
import type { RunningServer } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { openTestServer } from '../support/server.js';
import { ROUTER_SECRET, waysOf } from '../support/ways.js';

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer({
    protection: defaultProtection(),
    cacheBytes: 1_000_000,
    access: { routerSecret: ROUTER_SECRET },
  });
});
afterAll(() => server?.close());

const ways = waysOf(() => server.url);

/** 2,040,301 points. */
const DEAR = `partnerships(first: 100) { nodes { exchanges(first: 100) { nodes { partnership { exchanges(first: 100) { nodes { id } } } } } } }`;
const NAMES: [what: string, more: { operationName?: unknown }, isFound: boolean][] = [
  ['no operationName', {}, true],
  ['operationName null', { operationName: null }, true],
  ['an empty operationName', { operationName: '' }, false],
  ['a wrong operationName', { operationName: 'B' }, false],
  ['the right operationName', { operationName: 'A' }, true],
];

describe.each(Object.entries(ways))('over %s', (way, ask) => {
  // In a query string an empty name is none: GraphQL over HTTP, "GET".
  const names = NAMES.map(([what, more, isFound]): (typeof NAMES)[number] => {
    return [what, more, isFound || (way === 'a GET' && more.operationName === '')];
  });

  test.each(names)('%s finds the operation or is refused, twice', async (_what, more, isFound) => {
    for (let time = 0; time < 2; time += 1) {
      const { data, errors } = await ask({ query: 'query A { viewer { name } }', ...more });
      if (isFound) expect(data).toEqual({ viewer: { name: 'anonymous' } });
      else expect(errors?.map(({ extensions }: Json) => extensions.code)).toEqual(['OPERATION_RESOLUTION_FAILURE']);
      expect([isFound, data === undefined || data === null]).toEqual([isFound, !isFound]);
    }
  });

  test.each(names)('a query of two million points with %s does not run', async (_what, more, isFound) => {
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

  test('a document of two operations needs the scopes of the one that is named, with its fragments', async () => {
    const query = `query A { viewer { ...F } } fragment F on Viewer { name } fragment G on Mutation { ...H }
      fragment H on Mutation { withdrawExchange(input: { id: "exch-x", expectedVersion: 1 }) { __typename } }
      mutation B { ...G }`;
    expect((await ask({ query, operationName: 'A' })).data).toEqual({ viewer: { name: 'anonymous' } });
    const { data, errors } = await ask({ query, operationName: 'B' });
    expect([data ?? null, errors?.[0].extensions.code]).toEqual([
      null,
      way === 'a GET' ? 'BAD_REQUEST' : 'UNAUTHENTICATED',
    ]);
  });

  test('a document of two operations is charged for the one that is named', async () => {
    const query = `query Cheap { viewer { name } } query Dear { ${DEAR} }`;
    expect((await ask({ query, operationName: 'Cheap' })).data).toEqual({ viewer: { name: 'anonymous' } });
    const { errors } = await ask({ query, operationName: 'Dear' });
    expect(errors?.map(({ extensions }: Json) => extensions.code)).toEqual(['QUERY_TOO_COMPLEX']);
  });
});

test.each([
  'operationName=&query=$',
  'query=$&operationName=',
  'query=$&operationName',
  'operationName=&variables=%7B%7D&query=$',
])('an empty name in the query string %s is none, for an answer and for a stream', async search => {
  const parameters = search.replace('$', encodeURIComponent('query A { viewer { name } }'));
  const get = async (path: string) =>
    (await fetch(`${server.url}${path}?${parameters}`, { headers: { 'apollo-require-preflight': '1' } })).text();
  for (const path of ['/graphql', '/graphql/stream'])
    expect(await get(path)).toContain('{"data":{"viewer":{"name":"anonymous"}}');
});
