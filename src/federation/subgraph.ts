import {
  extendSchema,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  isObjectType,
  parse,
} from 'graphql';
import { type Entities, entitiesOf, entitiesResolver } from './entities.js';
import type { Reference } from './reference.js';
import { type Links, subgraphPrinter } from './sdl.js';

/** The options of a subgraph. */
export interface SubgraphOptions<Context> extends Links {
  /** Resolvers of records by key: one for each resolvable `@key` of the schema. */
  references: readonly Reference<Context>[];
  /** Returns the name of the object type of a record that a reference resolved to. */
  typeOf: (record: never) => string | undefined;
  /** Extensions of `_service` and `_entities`, read by access control. */
  extensions?: Record<string, unknown>;
}

const printers = new WeakMap<GraphQLSchema, () => string>();

/** Returns the SDL of a subgraph made by `asSubgraph`: the value of `_service.sdl`. */
export const subgraphText = (subgraph: GraphQLSchema): string => printers.get(subgraph)?.() ?? '';

/**
 * Extends a schema built by type-graphql to a subgraph of Apollo Federation 2: adds `_service`, with the SDL including
 * the directives applied by `@Directive`, and `_entities`. Resolvers and extensions of the schema are preserved.
 *
 * @throws Error for an undefined directive, a key without a reference, or a reference without a key.
 */
export function asSubgraph<Context>(
  schema: GraphQLSchema,
  { references, typeOf, extensions = {}, ...links }: SubgraphOptions<Context>,
): GraphQLSchema {
  const print = subgraphPrinter(schema, links);
  const entities = entitiesOf(schema, references);
  const subgraph = extendSchema(schema, parse(routerFields(schema, entities)));
  const { _service, _entities } = (subgraph.getQueryType() as GraphQLObjectType).getFields();
  Object.assign(_service as object, { extensions, resolve: () => ({ sdl: print() }) });
  if (_entities) {
    Object.assign(_entities, { extensions, resolve: entitiesResolver(entities) });
    (subgraph.getType('_Entity') as GraphQLUnionType).resolveType = typeOf as (record: unknown) => string | undefined;
  }
  printers.set(subgraph, print);
  return subgraph;
}

/** Returns the SDL of the fields and types that routers query. */
function routerFields<Context>(schema: GraphQLSchema, entities: Entities<Context>): string {
  const members = [...entities.keys()].filter(name => isObjectType(schema.getType(name)));
  const query = schema.getQueryType()?.name;
  const service = `
    "This graph as a subgraph of Apollo Federation."
    type _Service {
      "The schema in SDL, with all directives."
      sdl: String!
    }
    extend type ${query} {
      "For routers: the schema of this subgraph."
      _service: _Service!
    }`;
  if (!members.length) return service;
  return `${service}
    "A representation of a record: an object with __typename and the fields of one of its keys."
    scalar _Any
    "A record that other subgraphs can refer to by a key."
    union _Entity = ${members.join(' | ')}
    extend type ${query} {
      "For routers: the records of these representations, in the same order; null for a record that does not exist."
      _entities("The representations: at most 1,000." representations: [_Any!]!): [_Entity]!
    }`;
}
