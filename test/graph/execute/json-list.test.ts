import { expect, test } from 'vitest';
import { JsonList, serializeResult } from '../../../src/graph/execute/json-list.js';

const listOf = (...items: unknown[]) => new JsonList(JSON.stringify(items), items.length);

test('a result has the text of each list at its place', () => {
  const result = {
    data: {
      first: listOf({ name: '上海 "A"' }),
      records: [{ id: 'a', list: listOf() }, null, { id: 'b', list: listOf(1, 2) }],
    },
    extensions: { cost: 3 },
  };
  const plain = {
    data: { first: [{ name: '上海 "A"' }], records: [{ id: 'a', list: [] }, null, { id: 'b', list: [1, 2] }] },
    extensions: { cost: 3 },
  };
  expect(serializeResult(result)).toBe(JSON.stringify(plain));
});

test('a result without lists, after one with some, is serialized as it is', () => {
  serializeResult({ data: { list: listOf(1) } });
  expect(serializeResult({ data: { name: '$&' }, errors: undefined })).toBe('{"data":{"name":"$&"}}');
});
