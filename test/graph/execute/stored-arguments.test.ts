import { buildSchema, getOperationAST, parse } from 'graphql';
import { beforeEach, expect, test } from 'vitest';
import { executeWithPlan } from '../../../src/graph/execute/execute-with-plan.js';

const schema = buildSchema(`
  input Filter { text: String, limit: Int = 5, ids: [ID!] }
  type Query { search(filter: Filter, first: Int = 20): String }
`);

/** The arguments of each call of the resolver. */
const received: object[] = [];
Object.assign(schema.getQueryType()?.getFields().search ?? {}, {
  resolve: (_: unknown, args: object) => {
    received.push(args);
    return JSON.stringify(args);
  },
});
beforeEach(() => void received.splice(0));

/** Returns a function that executes a document with variables, and returns its data. */
function executed(text: string) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('The document has no operation.');
  return async (variableValues: Record<string, unknown>) =>
    (await executeWithPlan({ schema, document, operation, variableValues })).data?.search;
}

const TEXT = 'query ($text: String, $first: Int) { search(filter: { text: $text }, first: $first) }';
const FILTER = 'query ($filter: Filter) { search(filter: $filter) }';

test('equal values give the same arguments, others their own', async () => {
  const run = executed(TEXT);
  const texts = ['haven', 'water', 'haven', 'water'];
  const results = [];
  for (const text of texts) results.push(JSON.parse(String(await run({ text, first: 2 }))));
  expect(results).toEqual(texts.map(text => ({ filter: { limit: 5, text }, first: 2 })));
  expect(received[2]).toBe(received[0]);
  expect(received[3]).toBe(received[1]);
  expect(received[1]).not.toBe(received[0]);
});

test('null is another value than none, and 1 than "1"', async () => {
  const run = executed(FILTER);
  const values = [
    {},
    { filter: null },
    { filter: { text: null } },
    { filter: {} },
    { filter: { text: '1', limit: 1 } },
  ];
  for (const variables of [...values, ...values]) await run(variables);
  const expected = [
    {},
    { filter: null },
    { filter: { text: null, limit: 5 } },
    { filter: { limit: 5 } },
    { filter: { text: '1', limit: 1 } },
  ].map(args => ({ ...args, first: 20 }));
  expect(received).toEqual([...expected, ...expected]);
});

test('of one document the arguments that were used last are stored', async () => {
  const run = executed(TEXT);
  const texts = Array.from({ length: 300 }, (_, n) => `text ${n}`);
  for (const text of texts) {
    await run({ text });
    await run({ text: 'text 0' });
  }
  const [first] = received;
  expect(received.filter(args => args === first)).toHaveLength(texts.length + 1);
  received.length = 0;
  await run({ text: 'text 299' });
  await run({ text: 'text 299' });
  await run({ text: 'text 1' });
  expect(received[1]).toBe(received[0]);
  expect(new Set(received).size).toBe(2);
});

test('long values are coerced anew', async () => {
  const run = executed(FILTER);
  for (const filter of [{ text: 'a'.repeat(600) }, { ids: Array.from({ length: 200 }, (_, n) => `id-${n}`) }]) {
    received.length = 0;
    expect(await run({ filter })).toBe(await run({ filter }));
    expect(received[1]).not.toBe(received[0]);
  }
});
