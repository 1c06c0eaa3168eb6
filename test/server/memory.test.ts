import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import { ResponseCache } from '../../src/server/cache/response-cache.js';
import { DocumentStore } from '../../src/server/graphql/document-store.js';
import { executeOperation } from '../../src/server/graphql/execute-operation.js';
import { prepareOperation } from '../../src/server/graphql/prepare-operation.js';
import type { PreparedOperation } from '../../src/server/graphql/stored-document.js';
import { Fanout } from '../../src/server/subscriptions/fanout.js';
import { testApi } from '../support/api.js';
import { randomNumbers } from '../support/random-document.js';
import * as worst from '../support/worst-documents.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const { service } = testApi();

/** Returns the heap after a collection, in bytes. */
async function heap(): Promise<number> {
  for (let i = 0; i < 3; i += 1) {
    collect();
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  return process.memoryUsage().heapUsed;
}

/** Executes a request by the document of a store. Rejected documents are stored too. */
async function run(documents: DocumentStore, { query, variables }: worst.WorstRequest): Promise<void> {
  const { schema, admissionControl, logger, context } = service();
  const { operation, errors } = prepareOperation(documents, { query, operationName: undefined });
  if (!operation) {
    expect(errors?.[0]?.message).toMatch(/Cannot query field|; the maximum is /);
    return;
  }
  const { body } = await executeOperation(
    { schema, admissionControl, logger },
    operation,
    variables,
    context(ANONYMOUS),
  );
  // A random variable may be null where a directive needs a value.
  expect(body.errors?.map(({ extensions }) => extensions?.code) ?? []).not.toContain('INTERNAL_SERVER_ERROR');
}

const SHAPES: [name: string, request: (n: number) => worst.WorstRequest, count: number][] = [
  ['one record with twenty fields', worst.oneRecord, 100],
  ['twenty records', worst.twentyRecords, 40],
  ['as many tokens as there may be', worst.manyTokens, 30],
  ['many ways of @include', worst.oneOfManyWays, 256],
  ['strange filters', worst.strangeFilter, 150],
  ['strange variables', worst.strangeVariables, 100],
  ['long comments', worst.longComment, 100],
];

test.each(SHAPES)(
  'the memory that the store counts for %s is at least what the heap grows by',
  async (_, request, count) => {
    const documents = new DocumentStore(service().schema, 1_000_000_000);
    await run(documents, request(1_000_000));
    const [heapBefore, before] = [await heap(), documents.bytes];
    for (let n = 0; n < count; n += 1) await run(documents, request(n));
    const [grown, counted] = [(await heap()) - heapBefore, documents.bytes - before];
    if (process.env.SHOW_MEMORY)
      console.log(_, { grown, counted, each: Math.round(grown / count), ratio: counted / grown });
    expect(counted).toBeGreaterThan(grown * 0.9);
    // Nor is it a multiple: the store would hold less than it may.
    expect(counted).toBeLessThan(grown * 6 + 1_000_000);
  },
);

test('the store holds its limit, whatever is executed, and the heap with it', async () => {
  const documents = new DocumentStore(service().schema, 8_000_000);
  const random = randomNumbers(1);
  const heapBefore = await heap();
  for (let n = 0; n < 240; n += 1) {
    await run(documents, worst.worstRequest(n, random, service().schema));
    expect(documents.bytes).toBeLessThanOrEqual(8_000_000);
  }
  // Rejected documents have a limit of their own, and the rest are caches of SQL.
  expect((await heap()) - heapBefore).toBeLessThan(8_000_000 + 8_000_000);
});

test('the response cache counts at least what the heap grows by', async () => {
  const cache = new ResponseCache(service().changes, 1_000_000_000);
  const text = (n: number) => `{"query":"query ALongNameOfAnOperation${n} { __typename }"}${' '.repeat(200)}`;
  const compute = (n: number) =>
    cache.getOrCompute(`anonymous\n*/*\n${text(n)}`, { em: service().fork() }, async () => ({
      status: 200,
      headers: { 'content-type': `application/json; charset=utf-${8}`, 'cache-control': 'no-store' },
      body: `{"data":{"__typename":"Query","n":${n}}}`,
      encoding: 'latin1',
      isCacheable: true,
      cost: 1,
      operation: { documentHash: String(n).padStart(64, '0'), operationName: text(n).slice(16, 50), type: 'query' },
    }));
  await compute(-1);
  const [heapBefore, before] = [await heap(), cache.bytes];
  for (let n = 0; n < 5_000; n += 1) await compute(n);
  const [grown, counted] = [(await heap()) - heapBefore, cache.bytes - before];
  if (process.env.SHOW_MEMORY) console.log('responses', { grown, counted, each: Math.round(grown / 5_000) });
  cache.close();
  expect(counted).toBeGreaterThan(grown * 0.9);
});

test('subscriptions hold documents up to a limit, and a document that others hold costs nothing', async () => {
  const { schema, context, admissionControl, documents, logger } = service();
  const fanout = new Fanout(schema, context, admissionControl, logger, { documentBytes: 60_000 });
  const subscribe = async (query: string, variables = {}, address = '') => {
    const { operation } = prepareOperation(documents, { query, operationName: undefined });
    return fanout.subscribe(
      operation as PreparedOperation,
      variables,
      { identity: ANONYMOUS, address },
      () => undefined,
    );
  };
  const shared = 'subscription($kind: ChangeKind!) { changes(filter: { kinds: [$kind] }) { cursor kind } }';
  const { events } = await subscribe(shared, { kind: 'ENDED' });
  const other = await subscribe(shared, { kind: 'RENEWED' });
  expect(other.errors).toBeUndefined();
  const long = `subscription { changes { ${'kind actor '.repeat(10)} } }`;
  const refused = await subscribe(long);
  expect(refused.errors?.map(({ extensions }) => extensions?.code)).toEqual(['TOO_MANY_SUBSCRIPTIONS']);
  // One client holds a third at most, and leaves the rest to the others.
  const ofOther = await subscribe(long, {}, '203.0.113.7');
  expect(ofOther.errors).toBeUndefined();
  ofOther.events?.end();
  events?.end();
  other.events?.end();
  const accepted = await subscribe(long);
  expect(accepted.errors).toBeUndefined();
  accepted.events?.end();
});
