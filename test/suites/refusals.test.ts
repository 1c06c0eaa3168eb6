import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { UNBOUNDED } from '../support/protection.js';
import { openTestServer } from '../support/server.js';

let folder: string;
let open: RunningServer;
let spent: RunningServer;
let trusting: RunningServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refusals-'));
  const file = join(folder, 'documents.json');
  await writeFile(file, JSON.stringify({ viewer: '{ viewer { name } }' }));
  const rate = { perAddress: 1, perKey: 1, store: 'memory' as const };
  [open, spent, trusting] = await Promise.all([
    openTestServer({ cacheBytes: 1_000_000 }),
    openTestServer({ protection: { ...UNBOUNDED, rate } }),
    openTestServer({ trusted: { file, mode: 'only' } }),
  ]);
});
afterAll(async () => {
  await Promise.all([open, spent, trusting].map(server => server?.close()));
  await rm(folder, { recursive: true });
});

interface Refusal {
  name: string;
  server: () => RunningServer;
  body: string;
  headers?: Record<string, string>;
  status: number;
  /** The status for a client that accepts only `application/json`; the same if omitted. */
  legacyStatus?: number;
  code: string;
}

const query = (text: string) => JSON.stringify({ query: text });
const aliases = Array.from({ length: 200 }, (_, i) => `a${i}: name`).join(' ');
/** A document of 13 levels. */
const deep = `{ partnership(id: "tie-rotterdam-shanghai") { ${'dutch { partnerships { nodes { '.repeat(4)} id ${'} } } '.repeat(4)} } }`;
const document = { status: 400, legacyStatus: 200, server: () => open };

const REFUSALS: Refusal[] = [
  { ...document, name: 'an unknown field', body: query('{ band }'), code: 'GRAPHQL_VALIDATION_FAILED' },
  { ...document, name: 'a syntax error', body: query('{ viewer '), code: 'GRAPHQL_PARSE_FAILED' },
  { ...document, name: 'a depth of 13', body: query(deep), code: 'QUERY_TOO_COMPLEX' },
  { ...document, name: 'too many aliases', body: query(`{ viewer { ${aliases} } }`), code: 'QUERY_TOO_COMPLEX' },
  {
    name: 'a wrong key',
    server: () => open,
    body: query('{ viewer { name } }'),
    headers: { authorization: 'Bearer stb_abc_def' },
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  {
    name: 'a spent budget',
    server: () => spent,
    body: query('{ partnerships { nodes { id } } }'),
    status: 429,
    code: 'RATE_LIMITED',
  },
  {
    name: 'a long body',
    server: () => open,
    body: query(`# ${'x'.repeat(100_000)}`),
    status: 413,
    code: 'BAD_REQUEST',
  },
  { name: 'bad JSON', server: () => open, body: '{"query":"{ viewer', status: 400, code: 'BAD_REQUEST' },
  {
    name: 'an unknown documentId',
    server: () => trusting,
    body: '{"documentId":"nothing"}',
    status: 400,
    code: 'PERSISTED_QUERY_NOT_FOUND',
  },
  {
    name: 'a document that is not trusted',
    server: () => trusting,
    body: query('{ __typename }'),
    status: 400,
    code: 'UNTRUSTED_DOCUMENT',
  },
];

const ACCEPT = 'application/graphql-response+json,application/json;q=0.9';

describe.each(REFUSALS)('$name', ({ server, body, headers = {}, status, legacyStatus = status, code }) => {
  const post = (accept: string) =>
    fetch(`${server().url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body,
    });

  test('reaches a program with Apollo Client 4 as an error of GraphQL, in the words of the server', async () => {
    let accept: string | null = null;
    const link = new HttpLink({
      uri: `${server().url}/graphql`,
      headers,
      fetch: (url, init) => {
        accept = new Headers(init?.headers).get('accept');
        return fetch(url, { ...init, body });
      },
    });
    const client = new ApolloClient({ cache: new InMemoryCache(), link });
    const error: unknown = await client.query({ query: gql('{ viewer { name } }') }).catch(reason => reason);
    client.stop();
    expect(accept).toBe(ACCEPT);
    expect(CombinedGraphQLErrors.is(error), String(error)).toBe(true);
    const [first] = (error as CombinedGraphQLErrors).errors;
    const { errors } = (await (await post('*/*')).json()) as Json;
    expect([first?.message, first?.extensions?.code]).toEqual([errors[0].message, code]);
  });

  test.each([
    [ACCEPT, 'application/graphql-response+json', status],
    ['application/graphql-response+json', 'application/graphql-response+json', status],
    ['application/json', 'application/json', legacyStatus],
    ['application/json;q=0.9, application/graphql-response+json;q=0.1', 'application/json', status],
    ['*/*', 'application/json', status],
  ])('has, for who accepts %s, the type %s and the status %i', async (accept, type, status) => {
    const response = await post(accept);
    const { errors } = (await response.json()) as Json;
    expect([response.status, response.headers.get('content-type')]).toEqual([status, `${type}; charset=utf-8`]);
    expect(errors[0].extensions.code).toBe(code);
    if (status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
