import fc from 'fast-check';
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createLogger } from '../../src/server/observability/logger.js';
import type { RunningServer } from '../../src/server/serve.js';
import { mangled, operation } from '../fuzz/documents.js';
import { MARKER, scalarValue, searchText } from '../fuzz/values.js';
import type { Json } from '../support/calls.js';
import { openTestServer } from '../support/server.js';
import { ROUTER_SECRET, waysOf } from '../support/ways.js';

const ADMIN_KEY = 'fuzz-test-admin-key';
/** Numbers of operations and of malformed requests; more with `FUZZ_RUNS`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? (inject('database') === 'postgresql' ? 1_000 : 250));
/** The same in every run, but for one that is asked for many; printed with a failure, and repeated with `FUZZ_SEED`. */
const SEED = Number(process.env.FUZZ_SEED ?? (process.env.FUZZ_RUNS ? Date.now() % 2 ** 31 : 20_261_125));

let server: RunningServer;
let schema: GraphQLSchema;
let log = '';
beforeAll(async () => {
  const sink = {
    write: (line: string) => {
      log += line;
    },
  };
  server = await openTestServer(
    { access: { adminKey: ADMIN_KEY, routerSecret: ROUTER_SECRET } },
    createLogger('info', sink).log,
  );
  const { text } = await post(JSON.stringify({ query: getIntrospectionQuery() }));
  schema = buildClientSchema(JSON.parse(text).data);
});
afterAll(() => server?.close());

async function send(path: string, init: RequestInit) {
  const start = performance.now();
  const response = await fetch(server.url + path, init);
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), text, took: performance.now() - start };
}
const post = (body: string) =>
  send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` },
    body,
  });
const get = (path: string, parameters: Record<string, string>) =>
  send(`${path}?${new URLSearchParams(parameters)}`, { headers: { 'apollo-require-preflight': '1' } });

/** Asserts the rules of every response: JSON, codes of the client's own mistakes, no internals, in time, and no text in the log. */
function check({ status, type, text, took }: Awaited<ReturnType<typeof send>>, sent: unknown) {
  const context = `${JSON.stringify(sent)?.slice(0, 2_000)}\n${status} ${text.slice(0, 1_000)}`;
  const lines = log;
  log = '';
  if (lines.includes(MARKER)) throw new Error(`A text of the client in the log: ${lines}\n${context}`);
  if (status >= 500) throw new Error(`A server error for ${context}`);
  if (took > 5_000) throw new Error(`${took} ms for ${context}`);
  if (status === 200 && type?.startsWith('text/csv')) return;
  if (!/^application\/(?:graphql-response\+)?json/.test(String(type))) throw new Error(`No JSON for ${context}`);
  const { data, errors } = JSON.parse(text) as Json;
  if (data === undefined && !errors?.length) throw new Error(`Neither data nor errors for ${context}`);
  for (const { message, extensions } of errors ?? []) {
    if (typeof extensions?.code !== 'string' || extensions.code === 'INTERNAL_SERVER_ERROR') {
      throw new Error(`An error that was not meant for ${context}`);
    }
    if (/\bat .*\(.*:\d+:\d+\)|node_modules|Driver|violates|syntax error at|SQLSTATE/i.test(message)) {
      throw new Error(`Something of the inside for ${context}`);
    }
  }
}

test('whatever the schema allows, and what its values do not, is answered or refused in words', async () => {
  let answered = 0;
  let refused = 0;
  const property = fc.asyncProperty(fc.gen(), async g => {
    const asked = operation(g, schema);
    const reply = await post(JSON.stringify(asked));
    check(reply, asked);
    if (JSON.parse(reply.text).data) answered += 1;
    else refused += 1;
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
  // It would prove nothing if all were refused, or none.
  expect(answered).toBeGreaterThan(RUNS / 20);
  expect(refused).toBeGreaterThan(RUNS / 20);
});

test('whatever is sent in place of an operation is refused in words', async () => {
  const property = fc.asyncProperty(fc.gen(), async g => {
    const asked = operation(g, schema);
    const body = g(fc.constantFrom<('document' | 'body' | 'json')[]>, 'document', 'document', 'body', 'json');
    const sent =
      body === 'document'
        ? JSON.stringify({ ...asked, query: mangled(g, asked.query) })
        : body === 'body'
          ? mangled(g, JSON.stringify(asked))
          : JSON.stringify({
              ...asked,
              [g(fc.constantFrom<string[]>, 'query', 'variables', 'operationName', 'extensions')]: g(fc.jsonValue),
            });
    check(await post(sent), sent);
  });
  await fc.assert(property, { numRuns: Math.ceil(RUNS / 2), seed: SEED, endOnFailure: true });
});

const ways = waysOf(() => server.url);

test.each(Object.keys(ways))('whatever is asked for is answered or refused in words over %s', async way => {
  const property = fc.asyncProperty(fc.gen(), async g => {
    const asked = operation(g, schema, ['query']);
    const answer = await (ways[way] as (typeof ways)[string])(asked);
    check({ status: 200, type: 'application/json', text: JSON.stringify(answer), took: 0 }, asked);
  });
  await fc.assert(property, { numRuns: Math.ceil(RUNS / 10), seed: SEED, endOnFailure: true });
});

/** Every way to search for a value: by variable, in the document, in the address, and in the filter of an export. */
const SEARCHES: Record<string, (value: Json, type: string) => ReturnType<typeof send>> = {
  search: value => post(JSON.stringify({ query: SEARCH, variables: { q: value } })),
  'search in the document': value =>
    post(JSON.stringify({ query: SEARCH.replace(/^.*?\{/, '{').replace('$q', literal(value)) })),
  'search in the address': value => get('/graphql', { query: SEARCH, variables: JSON.stringify({ q: value }) }),
  filter: (value, type) => post(JSON.stringify({ query: filtered(type), variables: { f: { text: value } } })),
  'filter by name': (value, type) =>
    post(JSON.stringify({ query: filtered(named(type)), variables: { f: { name: { contains: value } } } })),
  export: (value, type) => get(`/export/${type}.csv`, { filter: JSON.stringify({ text: value }) }),
  'export by name': (value, type) =>
    get(`/export/${named(type)}.csv`, { filter: JSON.stringify({ name: { startsWith: value } }) }),
  'export with a literal': (value, type) => get(`/export/${type}.csv`, { filter: `{text: ${literal(value)}}` }),
};
const SEARCH = 'query($q: String!) { search(query: $q, first: 2) { totalCount edges { rank matchedOn } } }';
const literal = (value: Json) => JSON.stringify(value).replaceAll(/"((?:[^"\\]|\\.)*)":/g, '$1:');
const filtered = (type: string) => {
  const name = { authorities: 'Authority', partnerships: 'Partnership', programmes: 'Programme' }[type];
  const input = name ?? (type === 'exchanges' ? 'Exchange' : 'Organisation');
  return `query($f: ${input}Filter) { ${type}(first: 1, filter: $f) { totalCount nodes { id } } }`;
};
/** The types whose filter has a name. */
const named = (type: string) => (type === 'authorities' ? type : 'organisations');

test('whatever is searched for, anywhere, is found, not found or refused in words', async () => {
  // On PostgreSQL each export starts a thread.
  const runs = Math.ceil(RUNS / 4);
  let matched = 0;
  const property = fc.asyncProperty(
    fc.constantFrom(...Object.keys(SEARCHES)),
    fc.constantFrom('authorities', 'partnerships', 'programmes', 'exchanges', 'organisations'),
    fc.oneof({ weight: 4, arbitrary: searchText }, scalarValue),
    async (way, type, value) => {
      const reply = await (SEARCHES[way] as (typeof SEARCHES)[string])(value, type);
      // The address of a request has its limit.
      if (reply.status !== 431) check(reply, [way, type, value]);
      if (reply.status === 200 && !reply.text.includes('"errors"')) matched += 1;
    },
  );
  await fc.assert(property, { numRuns: runs, seed: SEED, endOnFailure: true });
  expect(matched).toBeGreaterThan(runs / 20);
});
