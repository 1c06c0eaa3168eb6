import { GraphQLID, type GraphQLInputObjectType, GraphQLString, getNamedType, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { TEXT_LIMITS, textLimit } from '../../src/change/text-limits.js';
import { createSchema } from '../../src/schema.js';

/** Lists the paths of all texts of an input type, without the indexes of lists. */
function textsOf(type: GraphQLInputObjectType, path: string[] = []): string[] {
  return Object.values(type.getFields()).flatMap(({ name, type: fieldType }) => {
    const named = getNamedType(fieldType);
    if (isInputObjectType(named)) return textsOf(named, [...path, name]);
    return named === GraphQLString || named === GraphQLID ? [[...path, name].join('.')] : [];
  });
}

test('each text of a mutation has a limit of its own', async () => {
  // The rules of webhooks limit their addresses, and those of filters the ids in a filter of changes.
  const mutations = Object.values((await createSchema()).getMutationType()?.getFields() ?? {}).filter(
    ({ name }) => !name.includes('Webhook'),
  );
  const inputs = mutations.map(({ args }) => getNamedType(args[0]?.type) as GraphQLInputObjectType);
  const texts = new Set(inputs.flatMap(input => textsOf(input)));
  expect(texts.size).toBeGreaterThan(25);
  const hasLimit = (path: string) => path in TEXT_LIMITS || (path.split('.')[0] as string) in TEXT_LIMITS;
  expect([...texts].filter(path => !hasLimit(path))).toEqual([]);
});

test('a limit applies to the items of a list, and to each language', () => {
  expect(textLimit(['names', 'aliases', '3'])).toBe(300);
  expect(textLimit(['contactPoints', '0', 'seenIn'])).toBe(500);
  expect(textLimit(['source', 'title'])).toBe(500);
});
