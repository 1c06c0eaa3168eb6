import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testApi } from '../support/api.js';

const readme = readFileSync(new URL('../../src/graph/README.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, 'gs'))].map(([, text = '']) => text);
const [document = ''] = blocks('graphql');
const [eager = '', batched = ''] = blocks('sql');

const withoutLayout = (statement: string) =>
  statement
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),]) ?/g, '$1')
    .trim();

const { ask } = testApi();

test('the example of the README sends the statement of the README, and no other', async () => {
  const { statements, errors, data } = await ask(document);
  expect(errors).toBeUndefined();
  expect(data.partnerships.nodes).toHaveLength(2);
  expect(statements.map(withoutLayout)).toEqual([withoutLayout(eager)]);
});

test('with a variable, its lists are one batched statement', async () => {
  const withVariable = document.replace('{', 'query ($n: Int) {').replace('first: 3', 'first: $n');
  const { statements, errors } = await ask(withVariable, { n: 3 });
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(2);
  expect(withoutLayout(statements[1] as string)).toBe(withoutLayout(batched));
});

test.each([
  ['nodes { id }', 2],
  ['edges { cursor }', 2],
  ['nodes { id } pageInfo { endCursor }', 3],
])('a page of two reads another row only if its PageInfo is selected: %s', async (fields, limit) => {
  const { statements } = await ask(`{ partnerships(first: 2) { ${fields} } }`);
  expect(statements).toEqual([expect.stringMatching(new RegExp(`limit ${limit}$`))]);
});

test('a list whose rows are read whole counts in the statement of its page', async () => {
  const { statements, data } = await ask('{ changes(first: 1) { totalCount nodes { kind } } }');
  expect(data.changes.totalCount).toBeGreaterThan(1);
  expect(statements).toHaveLength(1);
});
