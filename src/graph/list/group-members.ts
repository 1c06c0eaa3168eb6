import type { GraphQLResolveInfo } from 'graphql';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Fork } from '../sql/fork.js';
import { childConnection } from './child-list.js';
import type { Connection } from './connection.js';
import { predicate } from './filter.js';
import { type Group, groups } from './group.js';
import type { GroupArgs } from './group-args.js';
import { assumedGroups, checkListsOfGroups } from './group-size.js';
import { type Dimension, type Grouping, groupKey } from './grouping.js';
import type { PageArgs } from './page.js';
import type { ListRelation } from './relation.js';
import { selectedFields } from './selected-fields.js';

/** The members of groups as a list under each group, and the restriction of all of them: the filter. */
export interface GroupMembers<Row extends object> {
  relation: ListRelation<Row>;
  /** The fields of a group that are the key of its list. */
  fields: readonly string[];
  restriction: Sql | undefined;
}

/**
 * Returns the members of groups as a list whose parents are the keys of the groups; one statement reads the members of all
 * groups of a response (see `childConnection`). Its condition compares each dimension with a part of the key:
 *
 *     (p.status)::text is not distinct from parent.k0
 *     exists (select 1 from (select 1) single left join authority dutch_side on dutch_side.id = p.dutch_id
 *       where (dutch_side.level)::text is not distinct from parent.k1)
 */
function groupMembers<D extends string, Row extends object>(
  { listing: list, dimensions }: Grouping<D, Row>,
  name: string,
  { by, on: day, filter }: GroupArgs<D>,
): GroupMembers<Row> {
  const row = raw(list.alias);
  const on = (dimension: Dimension, key: Sql) => {
    if (dimension.containsRow) return dimension.containsRow(row, key);
    const joined = dimension.join?.(row);
    const equal = sql`(${groupKey(dimension, row, day ?? undefined)})::text is not distinct from ${key}`;
    return joined ? sql`exists (select 1 from (select 1) single ${joined} where ${equal})` : equal;
  };
  return {
    relation: {
      name: JSON.stringify([name, by, filter ?? null, ...(day == null ? [] : [day])]),
      list,
      on: (_, keys) =>
        join(
          by.map((dimension, i) => on(dimensions[dimension], keys[i] as Sql)),
          ' and ',
        ),
    },
    fields: by.map(name => dimensions[name].field),
    restriction: filter && list.filter ? predicate(list.filter, filter, row) : undefined,
  };
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
 * @throws InputError as `groups` does, and for lists under more groups than the operation pays for.
 */
export async function groupRows<D extends string, Row extends object>(
  em: Fork,
  grouping: Grouping<D, Row>,
  membersName: string,
  args: GroupArgs<D>,
  info: GraphQLResolveInfo,
): Promise<GroupRow<Row>[]> {
  const rows = await groups(em, grouping, args, selectedFields(info));
  checkListsOfGroups(rows.length, assumedGroups(grouping.sizes, { ...args }), info);
  let members = membersByArgs.get(args) as GroupMembers<Row> | undefined;
  if (!members) {
    members = groupMembers(grouping, membersName, args);
    membersByArgs.set(args, members as GroupMembers<object>);
  }
  for (const row of rows) row.members = members;
  return rows as GroupRow<Row>[];
}

/** Memoised by argument-object identity, as in `listPlan`. */
const membersByArgs = new WeakMap<object, GroupMembers<object>>();

/** Resolves the list of a group's records: one statement for all groups of a response. */
export function memberConnection<Row extends object>(em: Fork, group: GroupRow<Row>, page: PageArgs): Connection<Row> {
  const { relation, fields, restriction } = group.members;
  const key = fields.map(field => (group[field] == null ? null : String(group[field])));
  return childConnection(em, relation, key, page, restriction);
}
