import {
  type GraphQLAbstractType,
  GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isIntrospectionType,
  isSpecifiedScalarType,
  printType,
} from 'graphql';
import { subgraphText } from './subgraph.js';

/** The names that the specification of Federation gives to fields and types for routers. */
const FOR_ROUTERS = /^_[^_]/;

/**
 * Returns the SDL of a subgraph for clients and their tools: without the fields and types for routers, and without the
 * directives of Federation, which `buildSchema` and relay-compiler do not know. Types are in alphabetical order, because
 * their order in the schema depends on the order in which modules are loaded.
 */
export function clientSchemaText(subgraph: GraphQLSchema): string {
  const query = subgraph.getQueryType()?.toConfig();
  if (!query) throw new Error('The schema has no queries.');
  const fields = Object.entries(query.fields).filter(([name]) => !FOR_ROUTERS.test(name));
  return Object.values(subgraph.getTypeMap())
    .filter(type => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !FOR_ROUTERS.test(type.name))
    .map(type =>
      type.name === query.name ? new GraphQLObjectType({ ...query, fields: Object.fromEntries(fields) }) : type,
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(printType)
    .join('\n\n');
}

/** Returns the object types of each interface and union, as Apollo Client and other normalising caches need them. */
function possibleTypesOf(subgraph: GraphQLSchema): Record<string, string[]> {
  const types = Object.values(subgraph.getTypeMap()).filter(
    type => isAbstractType(type) && !FOR_ROUTERS.test(type.name),
  );
  return Object.fromEntries(
    types
      .map(
        type =>
          [
            type.name,
            subgraph
              .getPossibleTypes(type as GraphQLAbstractType)
              .map(({ name }) => name)
              .sort(),
          ] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const NOTICE = '# Printed from the code by `npm run schema`; change the code, not this file.\n\n';

/** Returns the generated files by their path: the SDL of `_service` for composers, and those for clients. */
export const schemaFiles = (subgraph: GraphQLSchema): Record<string, string> => ({
  'schema.graphql': NOTICE + subgraphText(subgraph),
  'src/client/schema.graphql': `${NOTICE}${clientSchemaText(subgraph)}\n`,
  'src/client/possible-types.json': `${JSON.stringify(possibleTypesOf(subgraph), null, 2)}\n`,
});
