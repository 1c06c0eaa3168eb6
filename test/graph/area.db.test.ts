import type { GraphQLEnumType, GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { testApi } from '../support/api.js';
import { allFields } from '../support/encodings.js';

const { ask, service } = testApi();
const tablesOf = (statement = '') => statement.match(/(?<=\b(?:from|join) )"?[a-z]+\d*"?/g);

test('a list by area finds its rows once, for its count and its page, reads those of the page by id, and no authority', async () => {
  const { data, statements } = await ask(
    '{ partnerships(filter: { dutch: { within: "nl-prov-zuid-holland" } }, first: 3) { totalCount nodes { id } } }',
  );
  expect(data.partnerships.totalCount).toBeGreaterThan(3);
  expect(data.partnerships.nodes).toHaveLength(3);
  expect(statements.map(tablesOf)).toEqual([
    ['authority', 'authority', 'inside0', '"partnership"', 'inside0', 'matched', '"partnership"', 'matched'],
  ]);
});

test.each([
  ['partnerships', 'Partnership', '{ dutch: { within: "nl-prov-zuid-holland" } }'],
  ['exchanges', 'Exchange', '{ dutch: { within: "nl-prov-zuid-holland" } }'],
  ['authorities', 'DutchAuthority', '{ within: "nl-prov-zuid-holland" }'],
])('%s by area have all fields in each order, with a count as without one', async (list, typeName, filter) => {
  const { schema } = service();
  const fields = allFields(schema.getType(typeName) as GraphQLObjectType, 0);
  const orders = schema.getType(`${typeName.replace('Dutch', '')}OrderField`) as GraphQLEnumType;
  for (const { name } of orders.getValues()) {
    const page = (first: string) =>
      ask(`{ ${list}(filter: ${filter}, first: 5, orderBy: { field: ${name} }) {
        ${first} edges { cursor node { ... on ${typeName} { ${fields} } } } } }`);
    const [counted, plain] = await Promise.all([page('totalCount'), page('')]);
    expect([counted.errors, counted.data[list].edges]).toEqual([undefined, plain.data[list].edges]);
  }
});

test('a condition on the id of a side is one on the reference', async () => {
  const { data, statements } = await ask(
    '{ exchanges(filter: { dutch: { id: { notIn: ["nl-rotterdam"] } } }) { totalCount } }',
  );
  expect(data.exchanges.totalCount).toBeGreaterThan(0);
  expect(statements.map(tablesOf)).toEqual([['"exchange"']]);
});
