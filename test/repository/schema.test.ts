import { readFile } from 'node:fs/promises';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { expect, test } from 'vitest';
import { createSchema, schemaText } from '../../src/schema.js';

test('schema.graphql is what the code says', async () => {
  const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(committed, 'run npm run schema').toBe(await schemaText());
});

test('every type, field, argument and enum value has a description', async () => {
  const types = Object.values((await createSchema()).getTypeMap());
  const ours = types.filter(type => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
  expect(ours.length).toBeGreaterThan(80);
  expect(ours.flatMap(undescribed)).toEqual([]);
});

/** The names of all parts of a type that no description says anything of. */
function undescribed(type: GraphQLNamedType): string[] {
  const parts: [string, string | null | undefined][] = [[type.name, type.description]];
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      parts.push([`${type.name}.${field.name}`, field.description]);
      for (const { name, description } of field.args) parts.push([`${type.name}.${field.name}(${name}:)`, description]);
    }
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) parts.push([`${type.name}.${field.name}`, field.description]);
  }
  if (isEnumType(type)) {
    for (const value of type.getValues()) parts.push([`${type.name}.${value.name}`, value.description]);
  }
  return parts.filter(([, description]) => !description?.trim()).map(([name]) => name);
}
