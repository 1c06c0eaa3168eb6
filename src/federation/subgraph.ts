import {
  extendSchema,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  isObjectType,
  parse,
} from 'graphql';
import { type Entities, entitiesOf, entitiesResolver, entityType } from './entities.js';
import type { Reference } from './reference.js';
import { type Links, printSubgraph } from './sdl.js';

/** How a schema becomes a subgraph. */
export interface SubgraphOptions<Context> extends Links {
  /** How records are found by each `@key` of the schema. */
  references: readonly Reference<Context>[];
  /** Put on the two fields that are a router's, for whoever decides who may ask. */
  extensions?: Record<string, unknown>;
}

const texts = new WeakMap<GraphQLSchema, string>();

/** The text of a subgraph that was made here: what its `_service` answers. */
export const subgraphText = (subgraph: GraphQLSchema): string => texts.get(subgraph) ?? '';

/**
 * Makes a schema that type-graphql built a subgraph of Apollo Federation 2: the directives stand where `@Directive` put
 * them, `_service` gives its text and `_entities` its records by key. Resolvers, extensions and everything else of the
 * schema stay as they are.
 */
export function asSubgraph<Context>(
  schema: GraphQLSchema,
  { references, extensions = {}, ...links }: SubgraphOptions<Context>,
): GraphQLSchema {
  const text = printSubgraph(schema, links);
  const entities = entitiesOf(schema, references);
  const subgraph = extendSchema(schema, parse(routerFields(schema, entities)));
  const { _service, _entities } = (subgraph.getQueryType() as GraphQLObjectType).getFields();
  Object.assign(_service as object, { extensions, resolve: () => ({ sdl: text }) });
  if (_entities) {
    Object.assign(_entities, { extensions, resolve: entitiesResolver(entities) });
    (subgraph.getType('_Entity') as GraphQLUnionType).resolveType = entityType;
  }
  texts.set(subgraph, text);
  return subgraph;
}

/** What a router asks a subgraph for. */
function routerFields<Context>(schema: GraphQLSchema, entities: Entities<Context>): string {
  const members = [...entities.keys()].filter(name => isObjectType(schema.getType(name)));
  const query = schema.getQueryType()?.name;
  const service = `
    "This graph as a subgraph of a larger one, after Apollo Federation."
    type _Service {
      "Its schema with all directives."
      sdl: String!
    }
    extend type ${query} {
      "For routers: the schema of this graph with all directives."
      _service: _Service!
    }`;
  if (!members.length) return service;
  return `${service}
    "A record as another graph knows it: an object with __typename and the fields of a key of that type."
    scalar _Any
    "A record that other graphs refer to by a key."
    union _Entity = ${members.join(' | ')}
    extend type ${query} {
      "For routers: the records that other graphs refer to, in their order; null for one that is not here."
      _entities("The records: at most 1,000." representations: [_Any!]!): [_Entity]!
    }`;
}
