import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { cursorColumns } from '../read/joins.js';
import { type Projection, projectionOf } from '../read/projection.js';
import { TOTAL_COLUMN } from '../read/row-properties.js';
import { tableOf } from '../sql/columns.js';
import type { Fork } from '../sql/fork.js';
import type { SqlQuery } from '../sql/sql-query.js';
import type { ListPlan } from './list-plan.js';
import { orderClause, type SortKey } from './order.js';
import { FULL_PAGE, type PageSelection } from './page-selection.js';

/** Returns `where a and b`; nothing without conditions. */
export const where = (conditions: readonly Sql[]): Sql =>
  conditions.length ? sql`where ${join(conditions, ' and ')}` : empty;

/** Returns the page selection that a list reads, and the projection for its records. */
export function pageProjection<Row extends object>(
  em: Fork,
  { listing: { entity, alias, selectsWholeRow, projection } }: ListPlan<Row>,
  selected: PageSelection,
): { selection: PageSelection; projection: Projection } {
  const all = { ...FULL_PAGE, totalCount: selected.totalCount };
  if (projection) return { selection: all, projection: projection(em, selected) };
  const selection = selectsWholeRow ? all : selected;
  return { selection, projection: projectionOf(em, entity, alias, selection.records) };
}

/** Returns the number of cursor columns of a page. */
export const cursorColumnCount = (plan: { sortKeys: SortKey[] }, { cursors }: PageSelection): number =>
  cursors ? plan.sortKeys.length : 0;

/**
 * Returns the statement of one page, which reads one row more than the page holds if `pageInfo` is selected:
 *
 *     select p."id" as "id", coalesce(p.started_day, '~')::text as "~0", p.id::text as "~1"
 *     from "partnership" p where p.dutch_id = $1 and (coalesce(p.started_day, '~'), p.id) > ($2::text, $3::text)
 *     order by coalesce(p.started_day, '~') asc, p.id asc limit 21
 */
export function pageQuery<Row extends object>(
  { alias, sortKeys: keys, page }: ListPlan<Row>,
  { columns }: Pick<Projection, 'columns'>,
  { cursors, pageInfo }: Pick<PageSelection, 'cursors' | 'pageInfo'>,
  { table, conditions }: RowSource,
): Sql {
  const { from, columns: ordered } = orderColumns(keys);
  const limit = pageInfo ? page.size + 1 : page.size;
  const position = cursorColumns(cursors ? ordered.map(({ expression }) => expression) : []);
  return sql`select ${columns}${position} from ${table} ${alias}${from} ${where(conditions)} order by ${orderClause(ordered, page.backwards)} limit ${raw(String(limit))}`;
}

/**
 * Returns sort keys for a select list and an order. Expressions with values are named in `from`: PostgreSQL computes equal
 * expressions once, and takes those whose parameters have different numbers for different ones.
 */
function orderColumns(keys: readonly SortKey[]): { from: Sql; columns: readonly SortKey[] } {
  if (keys.every(({ expression }) => expression.values.length === 0)) return { from: empty, columns: keys };
  const names = keys.map((_, index) => raw(`k${index}`));
  const named = keys.map(({ expression }, index) => sql`${expression} as ${names[index] as Sql}`);
  return {
    from: sql` cross join lateral (select ${join(named)}) keys`,
    columns: keys.map((key, index) => ({ ...key, expression: sql`keys.${names[index] as Sql}` })),
  };
}

/** The rows that a statement reads: those of a table, or of a common table expression, for which the conditions hold. */
export interface RowSource {
  table: Sql;
  conditions: readonly Sql[];
}

/** Returns the rows of the whole list. */
export const listRows = <Row extends object>(em: Fork, { listing, whereClause }: ListPlan<Row>): RowSource => ({
  table: tableOf(em, listing.entity),
  conditions: whereClause,
});

/** Returns the statement that counts rows: `select count(*)::int as "~total" from "partnership" p where …`. */
export const countQuery = (alias: Sql, { table, conditions }: RowSource): Sql =>
  sql`select count(*)::int as ${TOTAL_COLUMN} from ${table} ${alias} ${where(conditions)}`;

/** Returns a text that is equal for pages of which the same columns and rows are read. */
export const pageKey = ({ key }: Projection, { cursors, pageInfo }: PageSelection): string =>
  `${key} ${cursors} ${pageInfo}`;

/** Returns a statement of a plan, built at its first use. */
export function cachedStatement<Row extends object>(
  { statements }: ListPlan<Row>,
  projection: Projection,
  selection: PageSelection,
  build: () => Sql,
): SqlQuery {
  const cacheKey = `${pageKey(projection, selection)} ${selection.totalCount}`;
  let statement = statements.get(cacheKey);
  if (!statement) {
    // `text` joins the parts of the statement at each read: once is enough.
    const { text, values } = build();
    statement = { text, values };
    statements.set(cacheKey, statement);
  }
  return statement;
}
