import {
  buildSchema,
  type DocumentNode,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { actualCost, estimatedCost } from '../../src/limits/cost.js';
import { planCost } from '../../src/limits/cost-plan.js';

const schema = buildSchema(`
  directive @cost(weight: Float!) on OBJECT | FIELD_DEFINITION
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION
  interface Named { name: String  ties(first: Int, last: Int): Page @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"]) }
  type Town implements Named { name: String  side: Side  sources: [Source] @listSize(assumedSize: 4)  ties(first: Int, last: Int): Page @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"]) }
  type Village implements Named { name: String  town: Town  sources: [Source] @listSize(assumedSize: 9)  ties(first: Int, last: Int): Page @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"]) }
  type Tie @cost(weight: 3) { name: String  town: Town  side: Side  sources: [Source] @listSize(assumedSize: 4) }
  type Source { name: String }
  type Edge { node: Tie }
  type Side @cost(weight: 0) { name: String  ties(first: Int): Page @listSize(assumedSize: 20, slicingArguments: ["first"], sizedFields: ["edges", "nodes"]) }
  type Page { edges: [Edge]  nodes: [Tie]  totalCount: Int @cost(weight: 5) }
  type Query { town: Town  named: Named  ties(first: Int = 7, last: Int): Page @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])  byIds(ids: [ID!]!): [Tie] @listSize(slicingArguments: ["ids"]) }
  type Mutation { write: Town }
`);

const planOf = (document: DocumentNode) =>
  planCost(schema, document, getOperationAST(document) as OperationDefinitionNode);

function cost(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return estimatedCost(planOf(document), variables);
}

test.each<[what: string, query: string, cost: number, variables?: Record<string, unknown>]>([
  ['a scalar costs nothing, an object 1', '{ town { name } }', 1],
  ['a type its weight', '{ town { ties(first: 1) { nodes { name } } } }', 1 + 1 + 3],
  [
    'a list as often as it may be long',
    '{ town { ties(first: 10) { nodes { town { name } } } } }',
    1 + 1 + 10 * (3 + 1),
  ],
  [
    'edges and nodes both',
    '{ town { ties(last: 10) { edges { node { name } } nodes { name } } } }',
    1 + 1 + 10 * (1 + 3) + 10 * 3,
  ],
  ['the size that is assumed', '{ town { ties { nodes { name } } } }', 1 + 1 + 20 * 3],
  ['the default of an argument', '{ ties { nodes { name } } }', 1 + 7 * 3],
  ['the larger of two', '{ ties(first: 2, last: 9) { nodes { name } } }', 1 + 9 * 3],
  ['a list without pages', '{ town { ties(first: 2) { nodes { sources { name } } } } }', 1 + 1 + 2 * (3 + 4)],
  ['a scalar with a weight', '{ ties(first: 1) { totalCount } }', 1 + 5],
  ['a variable', 'query($n: Int) { ties(first: $n) { nodes { name } } }', 1 + 30 * 3, { n: 30 }],
  ['a variable that is not given', 'query($n: Int) { ties(first: $n) { nodes { name } } }', 1 + 7 * 3],
  ['a variable that is null', 'query($n: Int) { ties(first: $n) { nodes { name } } }', 1 + 20 * 3, { n: null }],
  ['the default of a variable', 'query($n: Int = 50) { ties(first: $n) { nodes { name } } }', 1 + 50 * 3],
  ['a negative size costs no less than none', '{ ties(first: -5) { nodes { name } } town { name } }', 1 + 1],
  ['the length of a list that is given', '{ byIds(ids: ["a", "b"]) { name } }', 2 * 3],
  [
    'the length of a list in a variable',
    'query($ids: [ID!]!) { byIds(ids: $ids) { name } }',
    3 * 3,
    { ids: ['a', 'b', 'c'] },
  ],
  [
    'a field twice, once',
    '{ town { name } town { ties(first: 1) { totalCount } } ...a } fragment a on Query { town { name } }',
    1 + 1 + 5,
  ],
  [
    'the same list twice, once, with all that it selects',
    '{ ties(first: 2) { nodes { name } } ties(first: 2) { nodes { town { name } } } }',
    1 + 2 * (3 + 1),
  ],
  ['aliases, each', '{ a: town { name } b: town { name } }', 2],
  ['fragments on an interface', '{ named { ... on Town { ties(first: 3) { nodes { name } } } } }', 1 + 1 + 3 * 3],
  ['what is left out for certain, nothing', '{ town @skip(if: true) { name } named @include(if: false) { name } }', 0],
  ['what a variable leaves out, nothing', 'query($s: Boolean!) { town @skip(if: $s) { name } }', 0, { s: true }],
  ['what a variable includes, all', 'query($s: Boolean!) { town @skip(if: $s) { name } }', 1, { s: false }],
  ['what a default leaves out, nothing', 'query($i: Boolean = false) { town @include(if: $i) { name } }', 0],
  [
    'what the default of a variable would leave out',
    'query($i: Boolean = false) { town @include(if: $i) { name } }',
    1,
    { i: true },
  ],
  ['what no value decides, all', 'query($i: Boolean!) { town @include(if: $i) { name } }', 1],
  ['what null decides, all', 'query($i: Boolean = false) { town @include(if: $i) { name } }', 1, { i: null }],
  [
    'what one of two leaves out',
    'query($i: Boolean!, $s: Boolean!) { town @include(if: $i) @skip(if: $s) { name } }',
    0,
    { i: true, s: true },
  ],
  [
    'what is left out in one place and not in another',
    'query($i: Boolean!) { town @include(if: $i) { ties(first: 1) { nodes { name } } } town { name } }',
    1,
    { i: false },
  ],
  [
    'a fragment that is left out with all in it',
    'query($i: Boolean!) { town { name ... @include(if: $i) { ties(first: 5) { nodes { name } } } ...a @skip(if: $i) } } fragment a on Town { ties(first: 5) { totalCount } }',
    1 + 1 + 5,
    { i: false },
  ],
  [
    'a field under one that is left out and one that is not',
    'query($i: Boolean!) { town @include(if: $i) { ties(first: 5) { totalCount } } town @skip(if: $i) { ties(first: 5) { nodes { name } } } }',
    1 + 1 + 5 * 3,
    { i: false },
  ],
  ['a type without weight, nothing', '{ ties(first: 2) { nodes { side { name } } } }', 1 + 2 * 3],
  [
    'what lies under it, once for each',
    '{ ties(first: 2) { nodes { side { ties(first: 1) { nodes { name } } } } } }',
    1 + 2 * (3 + 1 + 3),
  ],
  [
    'the same again by another name, 1',
    '{ ties(first: 2) { nodes { side { name } a: side { name } b: side { name } } } }',
    1 + 2 * (3 + 2),
  ],
  [
    'a variable with the name of a property that every object has',
    'query($toString: Int = 50) { ties(first: $toString) { nodes { name } } }',
    1 + 50 * 3,
  ],
  [
    'a size that is infinite, in a list of no items',
    'query($n: Int) { ties(first: 0) { nodes { town { ties(first: $n) { nodes { name } } } } } town { name } }',
    1 + 1,
    { n: JSON.parse('1e999') },
  ],
  [
    'a list that is longer in one of two types',
    '{ named { ... on Town { sources { name } } ... on Village { sources { name } } } }',
    1 + 9,
  ],
  [
    'two fields of one response name, of which one weighs nothing',
    '{ named { ... on Town { x: side { name } } ... on Village { x: town { name } } } }',
    1 + 1,
  ],
  ['a mutation, 10 more', 'mutation { write { name } }', 11],
  ['the schema', '{ __schema { types { name } } __typename }', 500],
])('%s', (_, query, expected, variables) => {
  expect(cost(query, variables)).toBe(expected);
});

test('an answer costs what is really in it', () => {
  const plan = planOf(
    parse('{ town { ties { totalCount nodes { name town { name } sources { name } } } } a: town { name } }'),
  );
  const tie = { name: 'a', town: { name: 'b' }, sources: [{ name: 'c' }, null] };
  const data = { town: { ties: { totalCount: 2, nodes: [tie, { ...tie, town: null }] } }, a: null };
  expect(actualCost(plan, data)).toBe(1 + 1 + 5 + 2 * 3 + 1 + 2);
  expect(actualCost(plan, null)).toBe(0);
  const alternatives = planOf(
    parse(
      '{ named { ... on Town { x: ties(first: 2) { totalCount } } ... on Village { x: ties(first: 3) { nodes { name } } } } }',
    ),
  );
  expect(actualCost(alternatives, { named: { x: { nodes: [tie, tie, tie] } } })).toBe(1 + 1 + 3 * 3);
  expect(actualCost(planOf(parse('mutation { write { name } }')), { write: { name: 'a' } })).toBe(11);
});
