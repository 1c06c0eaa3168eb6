import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type ASTNode,
  type GraphQLNamedType,
  GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type NameNode,
  parse,
  print,
  validateSchema,
  visit,
} from 'graphql';
import { expect, test } from 'vitest';
import { schemaFiles } from '../../src/federation/client-schema.js';
import { createSchema } from '../../src/schema.js';

test('the generated files are what the code says', async () => {
  for (const [path, text] of Object.entries(schemaFiles(await createSchema()))) {
    const committed = await readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
    expect(committed, 'run npm run schema').toBe(text);
  }
});

test('the schema is valid: a server assumes so', async () => {
  const config = (await createSchema()).toConfig();
  expect(config.assumeValid).toBe(true);
  expect(validateSchema(new GraphQLSchema({ ...config, assumeValid: false }))).toEqual([]);
});

test('every type, field, argument and enum value has a description', async () => {
  const types = Object.values((await createSchema()).getTypeMap());
  const ours = types.filter(type => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
  expect(ours.length).toBeGreaterThan(80);
  expect(ours.flatMap(undescribed)).toEqual([]);
});

test('names, types, arguments, defaults and directives of the schema are those of the last release', async () => {
  const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(createHash('sha256').update(withoutDescriptions(committed)).digest('hex')).toBe(SCHEMA_HASH);
});

/**
 * SHA-256 of `withoutDescriptions` of schema.graphql. Clients depend on everything that it covers: a new hash belongs to
 * a commit that changes the API on purpose, and says so.
 */
const SCHEMA_HASH = '66d2999bd969c1fd1e10b49da6b64e8d0b41417d2863d675cb8f9733167714fa';

/** A schema without its descriptions, in alphabetical order, so that only a change of the API changes the text. */
function withoutDescriptions(schema: string): string {
  const byName = (a: { name?: NameNode }, b: { name?: NameNode }) =>
    (a.name?.value ?? '').localeCompare(b.name?.value ?? '', 'en');
  const sorted = visit(parse(schema), {
    leave(node: ASTNode) {
      const copy: Record<string, unknown> = { ...node, description: undefined };
      for (const key of ['definitions', 'fields', 'values', 'arguments', 'interfaces', 'types']) {
        if (Array.isArray(copy[key])) copy[key] = [...copy[key]].sort(byName);
      }
      return copy;
    },
  });
  return print(sorted);
}

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
