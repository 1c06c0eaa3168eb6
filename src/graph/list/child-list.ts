import sql, { join, raw, type Sql } from 'sql-template-tag';
import { JsonList } from '../execute/json-list.js';
import { ownColumns, withRowNumbers } from '../read/joins.js';
import type { Projection } from '../read/projection.js';
import { eagerRowsOf, ROW_NUMBER_COLUMN } from '../read/row-properties.js';
import { tableOf } from '../sql/columns.js';
import type { Fork } from '../sql/fork.js';
import { grouped, loaderByArguments } from '../sql/loader.js';
import { queryRows } from '../sql/query.js';
import type { Connection } from './connection.js';
import type { ListArgs } from './page.js';
import { cachedStatement, cursorColumnCount, pageKey, pageProjection, pageQuery, where } from './page-query.js';
import type { PageSelection } from './page-selection.js';
import { type BoundList, bindList, type ListRelation, type ParentKey } from './relation.js';

/** A bound list and what is read of its pages. */
interface ChildPage {
  bound: BoundList;
  selection: PageSelection;
  projection: Projection;
}

const parentCacheKey = (key: ParentKey) => (key.length === 1 ? key[0] : JSON.stringify(key));

/**
 * Returns a batch of parents as a common table expression: one text column per part of the key, and `ord`, the index of
 * the parent in the batch, from 1:
 *
 *     with parent(k0, ord) as (select * from unnest($1::text[]) with ordinality)
 */
function parentsCte(keys: readonly ParentKey[]): { table: Sql; columns: Sql[]; values: unknown[] } {
  const parts = (keys[0] ?? []).map((_, part) => keys.map(key => key[part] ?? null));
  const names = parts.map((_, part) => raw(`k${part}`));
  return {
    table: sql`with parent(${join(names)}, ord) as (select * from unnest(${join(parts.map(values => sql`${values}::text[]`))}) with ordinality)`,
    columns: names.map(name => sql`parent.${name}`),
    values: parts,
  };
}

const pageByParent = loaderByArguments<ChildPage, ParentKey, object[]>(
  ({ bound, projection, selection }) => `${bound.key} ${pageKey(projection, selection)}`,
  async (em, { bound: { relation, plan }, projection, selection }, keys) => {
    const { table, columns, values } = parentsCte(keys);
    const { text, values: allValues } = cachedStatement(plan, projection, selection, () => {
      const conditions = [relation.on(plan.alias, columns, em), ...plan.whereClause, ...plan.cursorConditions];
      const page = pageQuery(plan, projection, selection, { table: tableOf(em, plan.listing.entity), conditions });
      const { joins } = projection;
      if (!joins) {
        return sql`${table} select parent.ord::int as ord, page.* from parent cross join lateral (${page}) page order by parent.ord`;
      }
      const own = ownColumns(projection, cursorColumnCount(plan, selection));
      return sql`${table} select parent.ord::int as ord, ${own}, ${joins.columns} from parent cross join lateral (${withRowNumbers(page)}) page ${joins.from} order by parent.ord, page.${ROW_NUMBER_COLUMN}`;
    });
    // The statement is cached, the keys of its first batch are not: they are its first values.
    const query = { text, values: [...values, ...allValues.slice(values.length)] };
    const rows = await queryRows<{ ord: number }>(em, query);
    if (projection.assemble) rows.forEach(projection.assemble);
    return grouped([...keys.keys()], rows, row => row.ord - 1);
  },
  parentCacheKey,
);

const countByParent = loaderByArguments<BoundList, ParentKey, number>(
  ({ key }) => key,
  async (em, { relation, plan }, keys) => {
    const { table, columns } = parentsCte(keys);
    const conditions = [relation.on(plan.alias, columns, em), ...plan.whereClause];
    const rows = await queryRows<{ ord: number; total: number }>(
      em,
      sql`${table} select parent.ord::int as ord, page.total from parent cross join lateral (select count(*)::int as total from ${tableOf(em, plan.listing.entity)} ${plan.alias} ${where(conditions)}) page`,
    );
    const totals = new Map(rows.map(({ ord, total }) => [ord, total]));
    return keys.map((_, index) => totals.get(index + 1) ?? 0);
  },
  parentCacheKey,
);

/**
 * Returns a list under a record. If the record's own statement fetched the list (see `planEagerLists`), its rows are in
 * memory. Otherwise one statement loads the pages of all parents of a level that have the same arguments:
 *
 *     with parent(k0, ord) as (select * from unnest($1::text[]) with ordinality)
 *     select parent.ord::int as ord, page.* from parent cross join lateral (
 *       select e."id" as "id" from "exchange" e where e.partnership_id = parent.k0
 *       order by coalesce(e.started_day, '~') asc, e.id asc limit 5) page
 *     order by parent.ord
 *
 * `totalCount` adds one statement of the same form, which counts.
 *
 * @param parent The record, or a key with as many parts as the relation compares.
 * @param restriction A condition on the whole list in addition to the client's filter: the same object for all parents.
 * @throws InputError for arguments that break a rule.
 */
export function childConnection<Row extends object>(
  em: Fork,
  relation: ListRelation<Row>,
  parent: { id: string } | ParentKey,
  args: ListArgs,
  restriction?: Sql,
): Connection<Row> {
  const bound = bindList(relation, args, restriction);
  const { plan, rowProperty } = bound;
  const isKey = Array.isArray(parent);
  const eagerRows = isKey || rowProperty === undefined ? undefined : eagerRowsOf<Row>(parent, rowProperty);
  // It was fetched as JSON because nothing else of the connection is selected.
  if (eagerRows instanceof JsonList) return { nodes: eagerRows } as never;
  const key: ParentKey = isKey ? parent : [(parent as { id: string }).id];
  return new relation.list.connection({
    page: plan.page,
    emptyPageEnd: plan.listing.cursors && plan.page.after,
    read: selected =>
      eagerRows
        ? { rows: eagerRows }
        : pageByParent(em, { bound, ...pageProjection(em, plan, selected) })
            .load(key)
            .then(rows => ({ rows: rows as Row[] })),
    cursorOf: plan.cursorOf,
    count: () => countByParent(em, bound).load(key),
  });
}
