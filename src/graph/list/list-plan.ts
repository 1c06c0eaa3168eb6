import type { EntityManager } from '@mikro-orm/sql';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { cursorColumns } from '../read/joins.js';
import { type Projection, projectionOf } from '../read/projection.js';
import { positionOf, TOTAL_COLUMN } from '../read/row-properties.js';
import { tableOf } from '../sql/columns.js';
import type { SqlQuery } from '../sql/sql-query.js';
import { FULL_PAGE, type PageSelection } from './connection.js';
import { decodeCursor, encodeCursor, listFingerprint } from './cursor.js';
import { predicate } from './filter.js';
import type { CursorCodec, ListDefinition } from './list-definition.js';
import { keysetCondition, orderClause, type SortKey, sortKeys } from './order.js';
import { type ListArgs, type PageRequest, pageRequest } from './page.js';

/** A list with its arguments, validated as a whole before any statement is sent. */
export interface ListPlan<Row extends object> {
  listing: ListDefinition<Row>;
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
 * Memoised by argument-object identity: the planned executor passes the same object for constant arguments on every
 * run of a document, so filter, order and SQL are built once per document.
 */
const plans = new WeakMap<ListArgs, Map<string, ListPlan<object>>>();

/**
 * Returns the plan of a list.
 *
 * @param name The field, such as `Query.partnerships`: part of the fingerprint of its cursors.
 * @param restriction A condition on the whole list in addition to the client's filter; such plans are not memoised.
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
  if (restriction) return buildListPlan(listing, name, args, restriction, ctes);
  let byName = plans.get(args);
  if (!byName) {
    byName = new Map();
    plans.set(args, byName);
  }
  let plan = byName.get(name) as ListPlan<Row> | undefined;
  if (!plan) {
    plan = buildListPlan(listing, name, args, undefined, ctes);
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
  const orderBy = args.orderBy?.length ? args.orderBy : listing.defaultOrder;
  const keys = sortKeys(orderBy, listing.orders, alias);
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
    alias,
    whereClause,
    ctes: ctes ?? [],
    cursorConditions,
    sortKeys: keys,
    page,
    cursorOf: row => encode(fingerprint(), positionOf(row, keys.length)),
    statements: new Map(),
  };
}

/** Returns `where a and b`; nothing without conditions. */
export const where = (conditions: readonly Sql[]): Sql =>
  conditions.length ? sql`where ${join(conditions, ' and ')}` : empty;

/** Returns the page selection that a list reads, and the projection for its records. */
export function pageProjection<Row extends object>(
  em: EntityManager,
  { listing: { entity, alias, selectsWholeRow } }: ListPlan<Row>,
  selected: PageSelection,
): { selection: PageSelection; projection: Projection } {
  const selection = selectsWholeRow ? { ...FULL_PAGE, totalCount: selected.totalCount } : selected;
  return { selection, projection: projectionOf(em, entity, alias, selection.records) };
}

/** Returns the number of cursor columns of a page. */
export const cursorColumnCount = (plan: { sortKeys: SortKey[] }, { cursors }: PageSelection): number =>
  cursors ? plan.sortKeys.length : 0;

/**
 * Returns the statement of one page, which reads one row more than the page holds, to know whether another follows:
 *
 *     select p."id" as "id", coalesce(p.started_day, '~')::text as "~0", p.id::text as "~1"
 *     from "partnership" p where p.dutch_id = $1 and (coalesce(p.started_day, '~'), p.id) > ($2::text, $3::text)
 *     order by coalesce(p.started_day, '~') asc, p.id asc limit 21
 */
export function pageQuery<Row extends object>(
  em: EntityManager,
  { listing, alias, sortKeys: keys, page }: ListPlan<Row>,
  { columns }: Projection,
  { cursors }: PageSelection,
  conditions: Sql[],
): Sql {
  const position = cursorColumns(cursors ? keys.map(({ expression }) => expression) : []);
  return sql`select ${columns}${position} from ${tableOf(em, listing.entity)} ${alias} ${where(conditions)} order by ${orderClause(keys, page.backwards)} limit ${raw(String(page.size + 1))}`;
}

/** Returns the statement that counts the whole list: `select count(*)::int as "~total" from "partnership" p where …`. */
export function countQuery<Row extends object>(em: EntityManager, { listing, alias, whereClause }: ListPlan<Row>): Sql {
  return sql`select count(*)::int as ${TOTAL_COLUMN} from ${tableOf(em, listing.entity)} ${alias} ${where(whereClause)}`;
}

/** Returns a statement of a plan, built at its first use. */
export function cachedStatement<Row extends object>(
  { statements }: ListPlan<Row>,
  { key }: Projection,
  { cursors, totalCount }: PageSelection,
  build: () => Sql,
): SqlQuery {
  const cacheKey = `${key} ${cursors} ${totalCount}`;
  let statement = statements.get(cacheKey);
  if (!statement) {
    // `text` joins the parts of the statement at each read: once is enough.
    const { text, values } = build();
    statement = { text, values };
    statements.set(cacheKey, statement);
  }
  return statement;
}
