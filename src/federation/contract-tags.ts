import {
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isAbstractType,
  isIntrospectionType,
  isSpecifiedScalarType,
} from 'graphql';
import { applyDirective } from '../graph/schema/directives.js';

/**
 * Tags every type with those it is for, so that a contract can be cut out of a larger graph by tags: `public` is all
 * that reading takes and gives, so a contract that includes it alone cannot write; `partner` is what writing adds.
 */
export function tagContracts(schema: GraphQLSchema): void {
  const read = new Set<GraphQLNamedType>();
  for (const root of [schema.getQueryType(), schema.getSubscriptionType()])
    if (root) collectReachable(schema, root, read);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    applyDirective(type, `@tag(name: "${read.has(type) ? 'public' : 'partner'}")`);
  }
}

/** A field of an output or an input type, as far as it leads to types. */
interface Field {
  type: GraphQLType;
  args?: readonly { type: GraphQLType }[];
}

/** All types that a type leads to: of its fields, their arguments, its interfaces, and those that can stand for it. */
function collectReachable(schema: GraphQLSchema, type: GraphQLNamedType, reached: Set<GraphQLNamedType>): void {
  if (reached.has(type)) return;
  reached.add(type);
  const next: GraphQLNamedType[] = isAbstractType(type) ? [...schema.getPossibleTypes(type)] : [];
  if ('getInterfaces' in type) next.push(...type.getInterfaces());
  const fields: Field[] = 'getFields' in type ? Object.values(type.getFields()) : [];
  for (const { type, args = [] } of fields)
    next.push(...[type, ...args.map(its => its.type)].map(its => getNamedType(its)));
  for (const one of next) collectReachable(schema, one, reached);
}
