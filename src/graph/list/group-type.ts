import { type ClassType, Field, ObjectType } from 'type-graphql';
import { Cost } from '../schema/cost.js';

/** The fields of a group type: GraphQL type, description, and whether it may be null (a key may, a count may not). */
export type GroupFields = Record<
  string,
  [type: () => ClassType | object, description: string, nullability?: 'non-null']
>;

/** Returns the GraphQL type of a concept's groups: `<name>Group`, with these fields in this order. */
export function groupType(name: string, description: string, fields: GroupFields): ClassType {
  @Cost(2)
  @ObjectType(`${name}Group`, { description })
  class GroupType {}
  for (const [field, [type, fieldDescription, nullability]] of Object.entries(fields)) {
    const options = { nullable: nullability !== 'non-null', description: fieldDescription };
    Field(type as never, options)(GroupType.prototype, field);
  }
  return GroupType;
}
