import fc from 'fast-check';
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { executeWithPlan } from '../../../src/graph/execute/execute-with-plan.js';
import { plannedOperation } from '../../../src/graph/execute/stored-plans.js';
import { schema, thingFields } from './schema.js';

/** Errors in the order of their places: which of two promises came first is nobody's business. */
const sorted = ({ data, errors }: ExecutionResult) => ({
  data: JSON.parse(JSON.stringify(data ?? null)),
  keys: JSON.stringify(data),
  errors: errors?.map(error => JSON.stringify(error.toJSON())).sort(),
});

/** Executes the operation that the arguments name by its plan. Undefined if the document has no such operation. */
function planned({ operationName, ...args }: ExecutionArgs) {
  const operation = getOperationAST(args.document, operationName);
  return operation ? executeWithPlan({ ...args, operation }) : undefined;
}

/** Executes a query with both executors; each document runs twice, since the second run uses the cached plan. */
async function both(query: string, variableValues?: Record<string, unknown>) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const args = { schema, document, ...(variableValues && { variableValues }) };
  await planned(args);
  return [sorted((await planned(args)) as ExecutionResult), sorted(await execute(args))] as const;
}

/** Runs a query by plan and by graphql-js, and expects the same. */
async function expectSame(query: string, variables?: Record<string, unknown>) {
  const [byPlan, reference] = await both(query, variables);
  expect(byPlan).toEqual(reference);
}

test('of several operations, each is planned by its own variables alone', () => {
  const document = parse('query A { __typename } query B($b: Boolean!) { __typename @skip(if: $b) }');
  const supports = (name: string, variables: Record<string, unknown>) =>
    plannedOperation(schema, document, getOperationAST(document, name) as OperationDefinitionNode)?.supports(variables);
  expect([supports('A', {}), supports('B', {}), supports('B', { b: false })]).toEqual([true, false, true]);
});

test.each(thingFields)('%s, in an object and in a list, gives what graphql-js gives', async field => {
  await expectSame(`{ thing { id ${field} } }`);
  await expectSame(`{ required { ${field} } }`);
  await expectSame(`{ things { id ${field} } }`);
});

test.each([
  ['{ nodes { __typename id ... on Big { size } ... on Thing { method } } }'],
  ['{ any { __typename ... on Node { id } ... on Big { big: id size } } }'],
  ['{ wrong { __typename } }'],
  ['{ thing { where a: where } later { where } things { where } }'],
  ['{ thing { b: echo(say: "b") a: echo(say: "a", times: 3) method } }'],
  [
    '{ thing { id } thing { method object3_value { id } } ...more } fragment more on Query { thing { object3_value { method } } }',
  ],
  [
    '{ __schema { queryType { name fields { name type { name kind ofType { name } } } } } __type(name: "Thing") { name } }',
  ],
  ['{ thing { __proto__: id } }'],
  ['{ constructor: thing { toString: id } }'],
])('%s gives what graphql-js gives', query => expectSame(query));

test.each<[query: string, variables: Record<string, unknown>]>([
  ['query ($a: Boolean!, $b: Boolean!) { thing { id @include(if: $a) method @skip(if: $b) } }', { a: true, b: true }],
  ['query ($a: Boolean!, $b: Boolean!) { thing { id @include(if: $a) method @skip(if: $b) } }', { a: false, b: false }],
  ['query ($a: Boolean = false) { ... @include(if: $a) { thing { id } } later { id } }', {}],
  ['query ($say: String!) { thing { echo(say: $say) } }', { say: 'x' }],
  ['query ($say: String!, $times: Int) { things { echo(say: $say, times: $times) } }', { say: 'x' }],
  ['query ($say: String!, $times: Int) { things { echo(say: $say, times: $times) } }', { say: 'x', times: null }],
  ['query ($say: String = "y") { things { echo(say: $say) where } }', { say: null }],
  ['query ($toString: Int) { things { echo(say: "x", times: $toString) } }', { toString: 3 }],
  ['query ($toString: Int) { things { echo(say: "x", times: $toString) } }', {}],
  ['query ($valueOf: Boolean = false) { things { id where @include(if: $valueOf) } }', {}],
])('%s with %j gives what graphql-js gives', (query, variables) => expectSame(query, variables));

test.each([{}, { say: 3 }])(
  'the variables %j are refused as by graphql-js, with the rule and the path',
  async variables => {
    const query = 'query ($say: String!) { thing { echo(say: $say) } }';
    const [byPlan, reference] = await both(query, variables);
    expect(byPlan.data).toEqual(reference.data);
    expect(byPlan.errors).toHaveLength(reference.errors?.length as number);
    expect(JSON.parse(byPlan.errors?.[0] as string)).toMatchObject({
      locations: JSON.parse(reference.errors?.[0] as string).locations,
      extensions: { code: 'BAD_USER_INPUT', rule: expect.any(String), path: ['say'] },
    });
  },
);

test.each([
  ['query ($a: Boolean = true) { thing { id } ...more @include(if: $a) } fragment more on Query { later { id } }'],
  ['query ($a: Boolean = true) { thing { id method @skip(if: $a) } later { id } }'],
  ['query ($a: Boolean = true) { things { id } nodes { __typename ... on Big { size @include(if: $a) } } }'],
])('%s with null gives what graphql-js gives', query => expectSame(query, { a: null }));

test('a document whose variables decide what is there is planned for each way', async () => {
  const document = parse('query ($a: Boolean!) { thing { id method @include(if: $a) } }');
  for (const a of [true, false, true]) {
    const { data } = (await planned({ schema, document, variableValues: { a } })) ?? {};
    expect(Object.keys(data?.thing as object)).toEqual(a ? ['id', 'method'] : ['id']);
  }
});

test('several operations, by name, by a wrong name and by none', async () => {
  const document = parse('query A { thing { id } } query B { later { id } }');
  for (const operationName of ['A', 'B', 'C', undefined]) {
    const args = { schema, document, operationName };
    const result = await planned(args);
    // An unknown operation is refused before execution.
    if (operationName === 'C' || operationName === undefined) expect(result).toBeUndefined();
    else expect(sorted(result as ExecutionResult)).toEqual(sorted(await execute(args)));
  }
});

test('random selections of fields that go right and wrong', async () => {
  const selection = fc.uniqueArray(fc.constantFrom(...thingFields), { minLength: 1, maxLength: 8 });
  const roots = fc.uniqueArray(fc.constantFrom('thing', 'later', 'required', 'things'), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(selection, selection, roots, async (outer, inner, rootFields) => {
      const below = `object3_value { ${inner.join(' ')} } objects6_value_later { ${inner.join(' ')} } ${outer.join(' ')}`;
      const [byPlan, reference] = await both(`{ ${rootFields.map(root => `${root} { ${below} }`).join(' ')} }`);
      expect(byPlan.data).toEqual(reference.data);
      // If several errors make the same position null, GraphQL leaves open which one is reported.
      expect(byPlan.errors === undefined).toBe(reference.errors === undefined);
    }),
    { numRuns: 300 },
  );
});
