import { type GraphQLNamedType, type GraphQLSchema, getNamedType, isEnumType, isObjectType } from 'graphql';
import { nodeTypeOf } from '../graph/record/node.js';
import { type CodeList, codeListNamed } from '../graph/types/code-list.js';
import { isProposalId } from './fact-subject.js';

/**
 * Returns the GraphQL type of a fact: that of the field with its name on the type of the record. Undefined for a fact without
 * a field of its name, such as `code`, which is `cbsCode` or `gbCode` in the schema.
 */
export function factType(schema: GraphQLSchema, subjectId: string, field: string): GraphQLNamedType | undefined {
  const type = isProposalId(subjectId) ? 'Proposal' : (nodeTypeOf(subjectId) ?? '');
  return memberType(schema.getType(type), field);
}

/** Returns the type of a member of a value: `status` of a `StatusPeriod`. */
export function memberType(type: GraphQLNamedType | undefined, member: string): GraphQLNamedType | undefined {
  const field = isObjectType(type) ? type.getFields()[member] : undefined;
  return field && getNamedType(field.type);
}

/** Returns the code list of the values of a type. */
export function codeListOf(type: GraphQLNamedType | undefined): CodeList | undefined {
  return isEnumType(type) ? codeListNamed(type.name) : undefined;
}
