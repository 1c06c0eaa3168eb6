import {
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isAbstractType,
  isIntrospectionType,
  isSpecifiedScalarType,
} from 'graphql';
import { applyDirective, hasDirective } from '../graph/schema/directives.js';

/**
 * Adds `@tag` to every type for contract filtering. `public` marks the types reachable from queries and subscriptions,
 * so a contract that includes only `public` cannot write; `partner` marks the types that mutations add.
 */
export function tagContracts(schema: GraphQLSchema): void {
  const readable = new Set<GraphQLNamedType>();
  for (const root of [schema.getQueryType(), schema.getSubscriptionType()])
    if (root) collectReachable(schema, root, readable);
  for (const type of Object.values(schema.getTypeMap())) {
    // All schemas of a process share their scalars.
    if (isIntrospectionType(type) || isSpecifiedScalarType(type) || hasDirective(type, 'tag')) continue;
    applyDirective(type, `@tag(name: "${readable.has(type) ? 'public' : 'partner'}")`);
  }
}

/** The part of an output or input field that refers to types. */
interface Field {
  type: GraphQLType;
  args?: readonly { type: GraphQLType }[];
}

/** Adds a type and all types that it refers to: its fields, their arguments, its interfaces and its possible types. */
function collectReachable(schema: GraphQLSchema, type: GraphQLNamedType, reachable: Set<GraphQLNamedType>): void {
  if (reachable.has(type)) return;
  reachable.add(type);
  const referenced: GraphQLNamedType[] = isAbstractType(type) ? [...schema.getPossibleTypes(type)] : [];
  if ('getInterfaces' in type) referenced.push(...type.getInterfaces());
  const fields: Field[] = 'getFields' in type ? Object.values(type.getFields()) : [];
  for (const { type, args = [] } of fields)
    referenced.push(getNamedType(type), ...args.map(({ type }) => getNamedType(type)));
  for (const type of referenced) collectReachable(schema, type, reachable);
}
