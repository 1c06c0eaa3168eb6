import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import type { Fork } from '../sql/fork.js';
import { momentOf } from '../sql/moment.js';
import { queryRows } from '../sql/query.js';
import type { SqlQuery } from '../sql/sql-query.js';
import type { GroupArgs } from './group-args.js';
import { groupQuery } from './group-query.js';
import { MAX_GROUPS } from './group-size.js';
import type { Grouping } from './grouping.js';

/** A group: its keys and aggregates by field. */
export interface Group {
  count: number;
  [field: string]: unknown;
}

/**
 * Groups and counts in one statement (see `groupQuery`).
 *
 * @param selected The selected fields of the group type.
 * @throws InputError for no or more than three dimensions, a repeated one, `first` outside 1–1,000, or more than 1,000
 * groups.
 */
export async function groups<D extends string, Row extends object>(
  em: Fork,
  grouping: Grouping<D, Row>,
  request: GroupArgs<D>,
  selected: ReadonlySet<string>,
): Promise<Group[]> {
  const isLarge = momentOf(em) === undefined && largeLists.has(grouping);
  let compiled = compiledQueries.get(request);
  if (compiled?.selected !== selected || compiled.isLarge !== isLarge) {
    compiled = { selected, isLarge, query: groupQuery(em, grouping, request, selected, isLarge) };
    compiledQueries.set(request, compiled);
  }
  const rows = await queryRows<Group>(em, compiled.query);
  if (rows.length > MAX_GROUPS) {
    throw new InputError(message('TOO_MANY_GROUPS', { limit: MAX_GROUPS }), 'TOO_MANY_GROUPS');
  }
  if (!isLarge && rows.reduce((sum, { count }) => sum + count, 0) > MANY_ROWS) largeLists.add(grouping);
  return rows;
}

/** The number of rows from which counting them value by value costs less. */
const MANY_ROWS = 10_000;

/** The lists whose groups had more rows at an earlier request: the planner's statistics would be a statement more. */
const largeLists = new WeakSet<object>();

/** Memoised by argument-object identity, as in `listPlan`. */
const compiledQueries = new WeakMap<object, { selected: ReadonlySet<string>; isLarge: boolean; query: SqlQuery }>();
