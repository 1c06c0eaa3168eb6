import {
  type GraphQLFieldConfig,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
} from 'graphql';
import { type Entities, entitiesOf, entitiesResolver } from './entities.js';
import type { Reference } from './reference.js';
import { type PrintOptions, subgraphPrinter } from './sdl.js';

/** The options of a subgraph. */
export interface SubgraphOptions<Context> extends PrintOptions {
  /** Resolvers of records by key: one for each resolvable `@key` of the schema. */
  references: readonly Reference<Context>[];
  /** Returns the name of the object type of a record that a reference resolved to. */
  typeOf: (record: never) => string | undefined;
  /** Extensions of `_service` and `_entities`, read by access control. */
  extensions?: Record<string, unknown>;
}

const printers = new WeakMap<GraphQLSchema, () => string>();

/**
 * Returns the SDL of a subgraph made by `asSubgraph`: the value of `_service.sdl`.
 *
 * @throws Error for a directive that neither Federation nor the schema defines.
 */
export const subgraphText = (subgraph: GraphQLSchema): string => printers.get(subgraph)?.() ?? '';

/**
 * Extends a schema built by type-graphql to a subgraph of Apollo Federation 2: adds `_service`, with the SDL including
 * the directives applied by `@Directive`, and `_entities`. All types but the root of queries, which no field may return, are
 * those of the schema, because a start waits for this, and `extendSchema` would build each anew. For the same reason the
 * subgraph is not validated before its first operation: validate the schema in a test.
 *
 * @throws Error for a key without a reference, or a reference without a key.
 */
export function asSubgraph<Context>(
  schema: GraphQLSchema,
  { references, typeOf, extensions = {}, ...options }: SubgraphOptions<Context>,
): GraphQLSchema {
  const print = subgraphPrinter(schema, options);
  const entities = entitiesOf(schema, references);
  const config = schema.toConfig();
  const root = (schema.getQueryType() as GraphQLObjectType).toConfig();
  const query = new GraphQLObjectType({
    ...root,
    fields: {
      ...root.fields,
      _service: serviceField(print, extensions),
      ...entitiesField(schema, entities, typeOf, extensions),
    },
  });
  const subgraph = new GraphQLSchema({
    ...config,
    query,
    types: config.types.map(type => (type.name === query.name ? query : type)),
    assumeValid: true,
  });
  printers.set(subgraph, print);
  return subgraph;
}

type QueryField<Context> = GraphQLFieldConfig<unknown, Context>;

function serviceField<Context>(print: () => string, extensions: Record<string, unknown>): QueryField<Context> {
  const service = new GraphQLObjectType({
    name: '_Service',
    description: 'This graph as a subgraph of Apollo Federation.',
    fields: {
      sdl: { description: 'The schema in SDL, with all directives.', type: new GraphQLNonNull(GraphQLString) },
    },
  });
  return {
    description: 'For routers: the schema of this subgraph.',
    type: new GraphQLNonNull(service),
    extensions,
    resolve: () => ({ sdl: print() }),
  };
}

/** Returns the field `_entities`; no field for a schema without entities. */
function entitiesField<Context>(
  schema: GraphQLSchema,
  entities: Entities<Context>,
  typeOf: (record: never) => string | undefined,
  extensions: Record<string, unknown>,
): Record<string, QueryField<Context>> {
  const types = [...entities.keys()].map(name => schema.getType(name)).filter(isObjectType);
  if (!types.length) return {};
  const any = new GraphQLScalarType({
    name: '_Any',
    description: 'A representation of a record: an object with __typename and the fields of one of its keys.',
  });
  const entity = new GraphQLUnionType({
    name: '_Entity',
    description: 'A record that other subgraphs can refer to by a key.',
    types,
    resolveType: typeOf as (record: unknown) => string | undefined,
  });
  const _entities: QueryField<Context> = {
    description:
      'For routers: the records of these representations, in the same order; null for a record that does not exist.',
    type: new GraphQLNonNull(new GraphQLList(entity)),
    args: {
      representations: {
        description: 'The representations: at most 1,000.',
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(any))),
      },
    },
    extensions,
    resolve: entitiesResolver(entities),
  };
  return { _entities };
}
