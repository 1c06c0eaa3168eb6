import type { EntityManager } from '@mikro-orm/sql';
import type { GraphQLResolveInfo } from 'graphql';
import { type ClassType, Field, ObjectType } from 'type-graphql';
import { Cost } from '../schema/cost.js';
import { childConnection } from './child-list.js';
import type { Connection } from './connection.js';
import { type Group, type Grouping, type GroupMembers, groupMembers, groups } from './group.js';
import type { GroupArgs } from './group-args.js';
import type { PageArgs } from './page.js';
import { selectedFields } from './selected-fields.js';

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

/** A group as its field resolvers see it. */
export type GroupRow<Row extends object> = Group & {
  /** The records of the groups, as a child list; the same object for all groups of a response. */
  members: GroupMembers<Row>;
};

/**
 * Resolves a root field that lists groups: one statement, which computes only the aggregates that are selected.
 *
 * @param membersName The name of the field that lists a group's records; its cursors belong to it.
 * @throws InputError as `groups` does.
 */
export async function groupRows<D extends string, Row extends object>(
  em: EntityManager,
  grouping: Grouping<D, Row>,
  membersName: string,
  args: GroupArgs<D>,
  info: GraphQLResolveInfo,
): Promise<GroupRow<Row>[]> {
  const rows = await groups(em, grouping, args, selectedFields(info));
  const members = groupMembers(grouping, membersName, args);
  return rows.map(group => Object.assign(group, { members }));
}

/** Resolves the list of a group's records: one statement for all groups of a response. */
export function memberConnection<Row extends object>(
  em: EntityManager,
  { keys, members }: GroupRow<Row>,
  page: PageArgs,
): Connection<Row> {
  return childConnection(em, members.relation, keys, page, members.restriction);
}
