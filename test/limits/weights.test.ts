import { readdirSync, readFileSync } from 'node:fs';
import { type GraphQLSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { actualCost, estimatedCost } from '../../src/limits/cost.js';
import { planCost } from '../../src/limits/cost-plan.js';
import { countTokens, readingCost } from '../../src/limits/parse.js';
import { createSchema } from '../../src/schema.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema(false);
});

function planOf(query: string) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return planCost(schema, document, document.definitions[0] as OperationDefinitionNode);
}
const cost = (query: string, variables: Record<string, unknown> = {}) => estimatedCost(planOf(query), variables);

/** The cost of `exchanges(first: 1) { nodes { id } }` without a filter. */
const PAGE = 2;
const exchanges = (filter: string) => `{ exchanges(first: 1, filter: ${filter}) { nodes { id } } }`;
const byVariable = 'query ($filter: ExchangeFilter) { exchanges(first: 1, filter: $filter) { nodes { id } } }';

test.each<[what: string, filter: string, weight: number, value: unknown]>([
  ['conditions on the record itself cost nothing', '{ kind: { eq: CULTURAL } }', 0, { kind: { eq: 'CULTURAL' } }],
  ['a relation to one record', '{ dutch: {} }', 5, { dutch: {} }],
  ['a list of records', '{ dutch: { exchanges: { none: {} } } }', 5 + 10 * 20, { dutch: { exchanges: { none: {} } } }],
  [
    'conditions that are combined, each',
    '{ or: [{ dutch: {} }, { not: { chinese: {}, and: { partnership: {} } } }] }',
    3 * 5,
    { or: [{ dutch: {} }, { not: { chinese: {}, and: { partnership: {} } } }] },
  ],
  ['a text', '{ text: "culture" }', 5, { text: 'culture' }],
  ['a text of one letter', '{ text: "a" }', 5 + 40, { text: 'a' }],
  ['a text inside a relation', '{ dutch: { text: "culture" } }', 5 + 10 * 5, { dutch: { text: 'culture' } }],
  ['a relation that is null, nothing', '{ dutch: null }', 0, { dutch: null }],
])('%s', (_, filter, weight, value) => {
  expect(cost(exchanges(filter))).toBe(PAGE + weight);
  expect(cost(byVariable, { filter: value })).toBe(PAGE + weight);
});

test('a variable weighs as its value, wherever it stands', () => {
  const inside = (type: string, filter: string) =>
    `query ($v: ${type}) { exchanges(first: 1, filter: ${filter}) { nodes { id } } }`;
  expect(cost(inside('AuthorityFilter', '{ dutch: $v }'))).toBe(PAGE);
  expect(cost(inside('AuthorityFilter', '{ dutch: $v }'), { v: { exchanges: { some: {} } } })).toBe(PAGE + 5 + 200);
  expect(cost(inside('AuthorityFilter = { text: "a" }', '{ dutch: $v }'))).toBe(PAGE + 5 + 450);
  expect(cost(inside('[ExchangeFilter!]', '{ or: $v }'), { v: [{ dutch: {} }, { dutch: {} }] })).toBe(PAGE + 10);
  expect(cost(inside('String', '{ text: $v }'), { v: 'a' })).toBe(PAGE + 45);
  const inherited = inside('String = "a"', '{ text: $v }').replaceAll('$v', '$toString');
  expect(cost(inherited)).toBe(PAGE + 45);
  expect(cost(inside('ExchangeFilter!', '{ and: [$v, { dutch: {} }] }'), { v: { dutch: {} } })).toBe(PAGE + 10);
});

test('a variable as deep as a literal may be weighs as anywhere else', () => {
  const filter = `${'{ not: '.repeat(31)}$v${' }'.repeat(31)}`;
  const query = `query ($v: ExchangeFilter) { exchanges(first: 1, filter: ${filter}) { nodes { id } } }`;
  expect(countTokens(query)).toBeGreaterThan(0);
  expect(cost(query, { v: { not: { not: { dutch: { exchanges: { some: {} } } } } } })).toBe(PAGE + 5 + 200);
});

test('a list under a list weighs its filter for each parent, and the actual cost for each parent there is', () => {
  const plan = planOf(
    '{ authorities(first: 3) { nodes { partnerships(first: 1, filter: { exchanges: { some: {} } }) { nodes { id } } } } }',
  );
  expect(estimatedCost(plan, {})).toBe(1 + 3 * (1 + 20 + PAGE));
  expect(actualCost(plan, { authorities: { nodes: [{ partnerships: { nodes: [] } }] } })).toBe(1 + 1 + 20 + 1);
});

test('the status on a day weighs 1 for each record, today nothing', () => {
  const query = (type: string, on: string) =>
    `query ${type} { partnerships(first: 10) { nodes { status(on: ${on}) } } }`;
  expect(cost(query('', '"1990"'))).toBe(1 + 10 * 2);
  expect(cost(query('', 'null'))).toBe(1 + 10);
  expect(cost(query('($on: PartialDate)', '$on'), { on: '1990' })).toBe(1 + 10 * 2);
  expect(cost(query('($on: PartialDate)', '$on'), { on: null })).toBe(1 + 10);
  expect(cost(query('($on: PartialDate = "1990")', '$on'))).toBe(1 + 10 * 2);
});

test.each([
  ['rotterdam', 0],
  ['rot', 10],
  ['sh rotterdam', 0],
  ['sh', 20],
  ['s', 40],
  ['海牙', 0],
  ['海', 20],
])('a search for %s weighs %i by the records that may match', (query, weight) => {
  const document = 'query ($query: String!) { search(query: $query, first: 1) { nodes { __typename } } }';
  expect(cost(document, { query })).toBe(11 + weight);
  expect(cost(document.replace('($query: String!)', '').replace('$query', JSON.stringify(query)))).toBe(11 + weight);
});

test('sixteen relations of relations are too much for one operation of this server', () => {
  const condition = '{ dutch: { exchanges: { some: { chinese: {} } } } }';
  expect(cost(exchanges(`{ or: [${Array(16).fill(condition).join()}] }`))).toBeGreaterThan(5_000);
});

describe('the questions cost no more than before the sides of a record and its sources were free', () => {
  const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
  const points = JSON.parse(read('question-points.json')) as Record<string, number>;
  const files = readdirSync(new URL('../questions/', import.meta.url));
  test.each(Object.entries(points))('%s', (name, before) => {
    const text = read(`../questions/${name}.graphql`);
    const values = `${name}.variables.json`;
    const variables = files.includes(values) ? JSON.parse(read(`../questions/${values}`)) : {};
    const estimated = cost(text, variables);
    expect(estimated).toBeLessThanOrEqual(before);
    expect(estimated + readingCost(countTokens(text))).toBeLessThanOrEqual(before * 1.5);
  });
});
