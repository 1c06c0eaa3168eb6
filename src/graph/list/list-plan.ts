import { raw, type Sql } from 'sql-template-tag';
import { positionOf } from '../read/row-properties.js';
import type { SqlQuery } from '../sql/sql-query.js';
import { decodeCursor, encodeCursor, listFingerprint } from './cursor.js';
import { predicate } from './filter.js';
import type { CursorCodec, ListDefinition } from './list-definition.js';
import { effectiveOrder, keysetCondition, type SortKey, sortKeys } from './order.js';
import { type ListArgs, type PageRequest, pageRequest } from './page.js';

/** A list with its arguments, validated as a whole before any statement is sent. */
export interface ListPlan<Row extends object> {
  listing: ListDefinition<Row>;
  /** A condition on the whole list in addition to the client's filter. */
  restriction: Sql | undefined;
  alias: Sql;
  /** The conditions on the whole list: the restriction and the filter. */
  whereClause: Sql[];
  /** Common table expressions that the conditions refer to; may be recursive. */
  ctes: Sql[];
  /** The conditions on the page: after one cursor, before another. */
  cursorConditions: Sql[];
  sortKeys: SortKey[];
  page: PageRequest;
  cursorOf(row: Row): string;
  /** The statements of its pages, by what they read. */
  statements: Map<string, SqlQuery>;
}

/**
 * Memoised by argument-object identity: the planned executor passes the same object for equal arguments on every run of a
 * document, so filter, order and SQL are built once for all of them.
 */
const plans = new WeakMap<ListArgs, Map<string, ListPlan<object>>>();

/**
 * Returns the plan of a list.
 *
 * @param name The field, such as `Query.partnerships`: part of the fingerprint of its cursors.
 * @param restriction A condition on the whole list in addition to the client's filter; the plan is memoised for the same object.
 * @param ctes Receives common table expressions, if the caller puts them in front of the statement.
 * @throws InputError for arguments that break a rule.
 */
export function listPlan<Row extends object>(
  listing: ListDefinition<Row>,
  name: string,
  args: ListArgs,
  restriction?: Sql,
  ctes?: Sql[],
): ListPlan<Row> {
  let byName = plans.get(args);
  if (!byName) {
    byName = new Map();
    plans.set(args, byName);
  }
  let plan = byName.get(name) as ListPlan<Row> | undefined;
  if (!plan || plan.restriction !== restriction) {
    plan = buildListPlan(listing, name, args, restriction, ctes);
    byName.set(name, plan as ListPlan<object>);
  }
  return plan;
}

const OPAQUE_CURSORS: CursorCodec = { encode: encodeCursor, decode: decodeCursor };

function buildListPlan<Row extends object>(
  listing: ListDefinition<Row>,
  name: string,
  args: ListArgs,
  restriction: Sql | undefined,
  ctes: Sql[] | undefined,
): ListPlan<Row> {
  const alias = raw(listing.alias);
  const page = pageRequest(args);
  const orderBy = effectiveOrder(listing, args.orderBy, args.filter);
  const keys = sortKeys(orderBy, listing.orders, alias, args.filter);
  const whereClause = restriction ? [restriction] : [];
  if (args.filter && listing.filter) {
    const scope = { path: 'filter', depth: 0, budget: { conditions: 0 }, ctes };
    whereClause.push(predicate(listing.filter, args.filter, alias, scope));
  }
  let cached: string | undefined;
  const fingerprint = () => {
    cached ??= listFingerprint([name, orderBy, args.filter ?? null]);
    return cached;
  };
  const { encode, decode } = listing.cursors ?? OPAQUE_CURSORS;
  const cursorConditions: Sql[] = [];
  const { after, before } = page;
  if (after !== undefined)
    cursorConditions.push(keysetCondition(keys, decode(after, fingerprint(), keys, 'after'), false));
  if (before !== undefined)
    cursorConditions.push(keysetCondition(keys, decode(before, fingerprint(), keys, 'before'), true));
  return {
    listing,
    restriction,
    alias,
    whereClause,
    ctes: ctes ?? [],
    cursorConditions,
    sortKeys: keys,
    page,
    cursorOf: row => encode(fingerprint(), positionOf(row, keys.length), row),
    statements: new Map(),
  };
}
