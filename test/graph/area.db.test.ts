import { expect, test } from 'vitest';
import { testApi } from '../support/api.js';

const { ask } = testApi();
const tablesOf = (statement = '') => statement.match(/(?<=\b(?:from|join) )"?[a-z]+\d*"?/g);

test('a list by area finds its rows once, for its count and its page, and reads no authority for it', async () => {
  const { data, statements } = await ask(
    '{ partnerships(filter: { dutch: { within: "nl-prov-zuid-holland" } }, first: 3) { totalCount nodes { id } } }',
  );
  expect(data.partnerships.totalCount).toBeGreaterThan(3);
  expect(data.partnerships.nodes).toHaveLength(3);
  expect(statements.map(tablesOf)).toEqual([
    ['authority', 'authority', 'inside0', '"partnership"', 'inside0', 'matched', 'matched'],
  ]);
});

test('a condition on the id of a side is one on the reference', async () => {
  const { data, statements } = await ask(
    '{ exchanges(filter: { dutch: { id: { notIn: ["nl-rotterdam"] } } }) { totalCount } }',
  );
  expect(data.exchanges.totalCount).toBeGreaterThan(0);
  expect(statements.map(tablesOf)).toEqual([['"exchange"']]);
});
