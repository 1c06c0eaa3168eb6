import fc from 'fast-check';
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { mangled, operation } from '../fuzz/documents.js';
import type { Json } from '../support/calls.js';
import { openTestServer } from '../support/server.js';

const ADMIN_KEY = 'fuzz-test-admin-key';
/** Numbers of operations and of malformed requests; more with `FUZZ_RUNS`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? (inject('database') === 'postgresql' ? 1_000 : 250));
/** Printed with a failure; `FUZZ_SEED` repeats it. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

let server: RunningServer;
let schema: GraphQLSchema;
beforeAll(async () => {
  server = await openTestServer({ access: { adminKey: ADMIN_KEY } });
  const { text } = await post(JSON.stringify({ query: getIntrospectionQuery() }));
  schema = buildClientSchema(JSON.parse(text).data);
});
afterAll(() => server?.close());

async function post(body: string, path = '/graphql') {
  const start = performance.now();
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` },
    body,
  });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), text, took: performance.now() - start };
}

/** Asserts the rules of every response: JSON, codes of the client's own mistakes, no internals, in time. */
function check({ status, type, text, took }: Awaited<ReturnType<typeof post>>, sent: unknown) {
  const context = `${JSON.stringify(sent)?.slice(0, 2_000)}\n${status} ${text.slice(0, 1_000)}`;
  if (status >= 500) throw new Error(`A server error for ${context}`);
  if (!/^application\/(?:graphql-response\+)?json/.test(String(type))) throw new Error(`No JSON for ${context}`);
  const { data, errors } = JSON.parse(text) as Json;
  if (data === undefined && !errors?.length) throw new Error(`Neither data nor errors for ${context}`);
  for (const { message, extensions } of errors ?? []) {
    if (typeof extensions?.code !== 'string' || extensions.code === 'INTERNAL_SERVER_ERROR') {
      throw new Error(`An error that was not meant for ${context}`);
    }
    if (/\bat .*\(.*:\d+:\d+\)|node_modules|Driver|violates|syntax error at/i.test(message)) {
      throw new Error(`Something of the inside for ${context}`);
    }
  }
  if (took > 5_000) throw new Error(`${took} ms for ${context}`);
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
  expect(answered).toBeGreaterThan(RUNS / 10);
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
