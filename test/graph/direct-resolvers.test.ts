import { GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { takesInfo } from '../../src/graph/execute/takes-info.js';
import { useDirectResolvers } from '../../src/graph/schema/direct-resolvers.js';
import { createSchema } from '../../src/schema.js';

const schema = await createSchema();
const global = globalThis as { TypeGraphQLMetadataStorage?: unknown };

test('every field of the schema is resolved directly; only those whose method takes `info` get one', () => {
  const withInfo = Object.values(schema.getTypeMap()).flatMap(type =>
    type instanceof GraphQLObjectType && !type.name.startsWith('__')
      ? Object.values(type.getFields())
          .filter(({ resolve }) => takesInfo(resolve))
          .map(({ name }) => `${type.name}.${name}`)
      : [],
  );
  expect(withInfo).toEqual([
    // The types of the facts are read from the schema.
    'FieldChange.codeList',
    'FieldChange.beforeLabel',
    'FieldChange.afterLabel',
    'Query.partnershipGroups',
    'Query.exchangeGroups',
    // Added by the subgraph.
    'Query._service',
    'Query._entities',
    // Keeps the generic handler.
    'Subscription.changes',
  ]);
});

test('a version of type-graphql that stores its metadata elsewhere, or in another form, is an error', () => {
  const { TypeGraphQLMetadataStorage: storage } = global;
  try {
    for (const moved of [undefined, {}, { queries: [], mutations: [] }]) {
      global.TypeGraphQLMetadataStorage = moved;
      expect(() => useDirectResolvers(schema)).toThrow('type-graphql does not store its metadata as version 2 does.');
    }
  } finally {
    global.TypeGraphQLMetadataStorage = storage;
  }
});
