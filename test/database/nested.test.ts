import { expect, test } from 'vitest';
import { testApi } from '../setup/api.js';

const { ask } = testApi();

test('lists inside lists take one statement a level, whatever the number of rows', async () => {
  const question = (first: number) =>
    `{ authorities(first: ${first}) { nodes { partnerships(first: 3) { nodes { exchanges(first: 2) { nodes { title } } chinese { name } } } } } }`;
  const { data, errors, statements } = await ask(question(50));
  expect(errors).toBeUndefined();
  expect(data.authorities.nodes).toHaveLength(50);
  expect(statements).toHaveLength(4);
  expect((await ask(question(5))).statements).toHaveLength(4);
});
