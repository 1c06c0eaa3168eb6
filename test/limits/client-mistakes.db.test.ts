import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { createLogger } from '../../src/server/observability/logger.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { openTestDatabase } from '../support/database.js';
import { UNBOUNDED } from '../support/protection.js';
import { type Body, ROUTER_SECRET, waysOf } from '../support/ways.js';

/** Part of every text that is sent, and of no line of the log. */
const MARKER = 'marker7431';

let database: Database;
let server: RunningServer;
let log = '';
beforeAll(async () => {
  database = await openTestDatabase();
  const sink = {
    write: (line: string) => {
      log += line;
    },
  };
  server = await serve(database, '127.0.0.1', 0, createLogger('info', sink).log, {
    protection: UNBOUNDED,
    cacheBytes: 1_000_000,
    access: { routerSecret: ROUTER_SECRET },
  });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const codesOf = ({ errors }: Json) => errors?.map(({ extensions }: Json) => extensions.code);
const expectNoFailureInLog = () => {
  expect(log).not.toMatch(/"msg":"error |INTERNAL_SERVER_ERROR/);
  expect(log).not.toContain(MARKER);
};

/** Places of null. A variable with a default may stand where null may not. */
const NULLS: [where: string, body: Body, message: RegExp][] = [
  [
    'an argument',
    { query: 'query($n: String = "Theme") { codeList(name: $n) { name } }', variables: { n: null } },
    /^Argument "name" of non-null type "String!" must not be null\.$/,
  ],
  [
    'a directive below a list',
    {
      query: 'query($b: Boolean = false) { partnerships(first: 1) { nodes { id notes @skip(if: $b) } } }',
      variables: { b: null },
    },
    /^Argument "if" of non-null type "Boolean!" must not be null\.$/,
  ],
  [
    'a directive at the root',
    {
      query: 'query($b: Boolean = true) { viewer @include(if: $b) { name } }',
      variables: { b: null },
    },
    /^Argument "if" of non-null type "Boolean!" must not be null\.$/,
  ],
  [
    'a directive',
    { query: 'query($b: Boolean = true) { viewer { name @include(if: $b) } }', variables: { b: null } },
    /^Argument "if" of non-null type "Boolean!" must not be null\.$/,
  ],
  [
    'a list',
    { query: 'query($i: ID = "nl-breda") { nodes(ids: ["nl-breda", $i]) { id } }', variables: { i: null } },
    /^Argument "ids" has invalid value \["nl-breda", \$i\]\.$/,
  ],
  [
    'an input object',
    {
      query: 'query($f: PartnershipOrderField = STARTED_ON) { partnerships(orderBy: [{ field: $f }]) { totalCount } }',
      variables: { f: null },
    },
    /^Argument "orderBy" has invalid value/,
  ],
];

describe.each(Object.entries(waysOf(() => server.url)))('over %s', (_, ask) => {
  test.each(NULLS)(
    'null for a variable with a default in %s is a mistake of the client',
    async (_where, body, says) => {
      for (let time = 0; time < 2; time += 1) {
        const answer = await ask(body);
        expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
        expect(answer.errors[0].message).toMatch(says);
      }
      // The default is taken for a variable that is absent.
      expect((await ask({ query: body.query })).errors).toBeUndefined();
      expectNoFailureInLog();
    },
  );
});

describe('a persisted query', () => {
  const query = '{ viewer { name } }';
  const hash = createHash('sha256').update(query).digest('hex');
  const send = async (extensions: object, method: 'GET' | 'POST') => {
    const response =
      method === 'POST'
        ? await fetch(`${server.url}/graphql`, {
            method,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ query, extensions }),
          })
        : await fetch(
            `${server.url}/graphql?${new URLSearchParams({ query, extensions: JSON.stringify(extensions) })}`,
            { headers: { 'apollo-require-preflight': '1' } },
          );
    return [response.status, codesOf(await response.json())];
  };

  test.each<[string, unknown]>([
    ['the hash of another text', { version: 1, sha256Hash: '0'.repeat(64) }],
    ['a hash that is no text', { version: 1, sha256Hash: { $ne: MARKER } }],
    ['no hash', { version: 1 }],
    ['another version', { version: 2, sha256Hash: hash }],
    ['a version that is text', { version: MARKER, sha256Hash: hash }],
    ['no version', { sha256Hash: hash }],
    ['text in place of it', MARKER],
    ['true in place of it', true],
  ])('with %s is refused', async (_, persistedQuery) => {
    expect(await send({ persistedQuery }, 'POST')).toEqual([400, ['BAD_REQUEST']]);
    expect(await send({ persistedQuery }, 'GET')).toEqual([400, ['BAD_REQUEST']]);
    expectNoFailureInLog();
  });

  test('with the right hash and version is answered', async () => {
    expect(await send({ persistedQuery: { version: 1, sha256Hash: hash } }, 'POST')).toEqual([200, undefined]);
  });
});

describe('a text to search for', () => {
  const FIELDS = ['search(query: $t)', 'exchanges(filter: { text: $t })'];
  const search = async (text: string, ...fields: string[]): Promise<Json> => {
    const query = `query($t: String!) { ${fields.map(field => `${field} { totalCount }`).join(' ')} }`;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { t: text } }),
    });
    return [response.status, await response.json()];
  };
  const exported = async (text: string): Promise<Json> => {
    const filter = JSON.stringify({ text });
    const response = await fetch(`${server.url}/export/exchanges.csv?${new URLSearchParams({ filter })}`);
    return [response.status, response.ok ? undefined : codesOf(await response.json())];
  };

  test.each([
    ['that grows when it is folded', '㌖'.repeat(150)],
    ['of ligatures', 'ﷲ'.repeat(60)],
    ['of hanzi that stand for several', '㍿'.repeat(60)],
  ])('%s is refused in words', async (_, text) => {
    for (const field of FIELDS) {
      const [, { errors }] = await search(text, field);
      expect(codesOf({ errors })).toEqual(['BAD_USER_INPUT']);
      expect(errors[0].message).toMatch(/is at most 200 characters, counting .* got \d+\.$/);
    }
    expect(await exported(text)).toEqual([400, ['BAD_USER_INPUT']]);
    expectNoFailureInLog();
  });

  test.each([
    ['of 200 letters', 'é'.repeat(200)],
    ['of 200 letters outside the plane of most', '𐐀'.repeat(100)],
    ['of 200 hanzi', '上'.repeat(200)],
    ['whose folded form is as long as may be', '㌖'.repeat(33)],
  ])('%s is searched for', async (_, text) => {
    const none = { search: { totalCount: 0 }, exchanges: { totalCount: 0 } };
    expect(await search(text, ...FIELDS)).toMatchObject([200, { data: none }]);
    expect(await exported(text)).toEqual([200, undefined]);
  });

  test('that is empty is no condition of an export', async () => {
    const records = async (filter: string) => {
      const response = await fetch(`${server.url}/export/partnerships.csv?${new URLSearchParams({ filter })}`);
      expect(response.status).toBe(200);
      return (await response.text()).trim().split('\n').length - 1;
    };
    const all = await records('{}');
    expect(all).toBeGreaterThan(1);
    for (const filter of [
      '{text: ""}',
      '{"text":" ","status":{"in":null},"or":[]}',
      '{not: {text: "("}, nestedIn: ""}',
    ])
      expect([filter, await records(filter)]).toEqual([filter, all]);
    expect(await records('{status: {in: []}}')).toBe(0);
  });

  test.each([
    ['NUL', '{"text":"\\u0000"}'],
    ['half a surrogate pair', '{"id":{"eq":"\\ud800"}}'],
    ['NUL in a literal', '{id: {in: ["\\u0000"]}}'],
    ['a reserved key', '{"__proto__":{}}'],
    ['lists of lists', `{"id":{"in":${'['.repeat(100)}${']'.repeat(100)}}}`],
  ])('%s in the filter of an export is refused in words', async (_, filter) => {
    const response = await fetch(`${server.url}/export/exchanges.csv?${new URLSearchParams({ filter })}`);
    expect([response.status, codesOf(await response.json())]).toEqual([400, ['BAD_USER_INPUT']]);
    expectNoFailureInLog();
  });
});

test('a word of more than 100 letters finds the text that it stands in', async () => {
  const ask = waysOf(() => server.url).POST as (body: Body) => Promise<Json>;
  const long = `${'windmolen'.repeat(14)}`;
  const { em } = database;
  const organisation = em.getConnection();
  await organisation.execute(
    `insert into search_document (id, type, sort_name, names, title, terms, fields)
     values ('org-long', 'ORGANISATION', 'long', '{}', '''${long.slice(0, 100)}''', '''${long.slice(0, 100)}''', '{}')`,
  );
  expect((await ask({ query: `{ search(query: "${long}") { totalCount } }` })).data.search.totalCount).toBe(1);
});

test('variables in the address are checked as those in a body', async () => {
  const search = (variables: string) =>
    `${server.url}/graphql?${new URLSearchParams({ query: 'query Q { viewer { name } }', variables })}`;
  const headers = { 'apollo-require-preflight': '1' };
  for (const variables of ['{"__proto__":{"a":1}}', '{"a":{"constructor":1}}', '{"a":"\\u0000"}', '{"a":"\\ud800"}']) {
    const response = await fetch(search(variables), { headers });
    expect([variables, response.status, codesOf(await response.json())]).toEqual([variables, 400, ['BAD_USER_INPUT']]);
    const stream = await fetch(search(variables).replace('/graphql?', '/graphql/stream?'));
    expect(await stream.text()).toContain('BAD_USER_INPUT');
  }
});

test.each([
  ['/graphql', 'query=%7Bviewer%7Bname%7D%7D&query=%7B__typename%7D'],
  ['/graphql', 'query=%7B__typename%7D&operationName=A&operationName=B'],
  ['/graphql/stream', 'query=%7Bviewer%7Bname%7D%7D&query=%7B__typename%7D'],
  ['/graphql/stream', 'query=%7B__typename%7D&variables=%7B%7D&variables=%7B%7D'],
])('%s?%s has a parameter twice, and is refused', async (path, search) => {
  const response = await fetch(`${server.url}${path}?${search}`, { headers: { 'apollo-require-preflight': '1' } });
  expect([response.status, codesOf(await response.json())]).toEqual([400, ['BAD_REQUEST']]);
});
