import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import type { Fork } from '../sql/fork.js';
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
  let compiled = compiledQueries.get(request);
  if (compiled?.selected !== selected) {
    compiled = { selected, query: groupQuery(em, grouping, request, selected) };
    compiledQueries.set(request, compiled);
  }
  const rows = await queryRows<Group>(em, compiled.query);
  if (rows.length > MAX_GROUPS) {
    throw new InputError(message('TOO_MANY_GROUPS', { limit: MAX_GROUPS }), 'TOO_MANY_GROUPS');
  }
  return rows;
}

/** Memoised by argument-object identity, as in `listPlan`. */
const compiledQueries = new WeakMap<object, { selected: ReadonlySet<string>; query: SqlQuery }>();
