import sql, { join, raw, type Sql } from 'sql-template-tag';
import { listWithJoins, withJoins, withRowNumbers } from '../read/joins.js';
import type { Projection } from '../read/projection.js';
import { hasRowNumber, ROW_NUMBER_COLUMN, totalOf } from '../read/row-properties.js';
import type { Fork } from '../sql/fork.js';
import { queryRows } from '../sql/query.js';
import type { Connection } from './connection.js';
import type { ListDefinition } from './list-definition.js';
import { type ListPlan, listPlan } from './list-plan.js';
import type { ListArgs } from './page.js';
import {
  cachedStatement,
  countQuery,
  cursorColumnCount,
  listRows,
  pageProjection,
  pageQuery,
  type RowSource,
  where,
} from './page-query.js';
import type { PageSelection } from './page-selection.js';

/** Puts common table expressions in front of a statement: `with recursive inside0 as (…) select …`. */
const withCtes = (ctes: Sql[], statement: Sql): Sql =>
  ctes.length ? sql`with recursive ${join(ctes)} ${statement}` : statement;

/**
 * Returns a page next to the count of the whole list. A list by area, which has common table expressions, finds its rows
 * once for both: to store their ids and sort keys costs less than to find them again. The records of the page alone are read
 * whole.
 */
function countedPage<Row extends object>(
  em: Fork,
  plan: ListPlan<Row>,
  projection: Projection,
  selection: PageSelection,
): Sql {
  const list = listRows(em, plan);
  const ctes = [...plan.ctes];
  let rows = list;
  let ofPage = withCursors(plan, list);
  if (ctes.length) {
    rows = { table: sql`matched`, conditions: [] };
    const id = sql`${plan.alias}.id`;
    const ids = pageQuery(plan, { columns: id }, { ...selection, cursors: false }, withCursors(plan, rows));
    ofPage = { table: list.table, conditions: [sql`${id} = any(array(${ids}))`] };
    ctes.push(
      sql`matched as materialized (select ${columnsIn(ids, plan.alias)} from ${list.table} ${plan.alias} ${where(list.conditions)})`,
    );
  }
  const page = pageQuery(plan, projection, selection, ofPage);
  const numbered = withJoins(withRowNumbers(page), projection);
  return withCtes(
    ctes,
    sql`select * from (${countQuery(plan.alias, rows)}) counted left join (${numbered}) page on true order by page.${ROW_NUMBER_COLUMN}`,
  );
}

/** Returns the columns of a table that a statement reads. */
function columnsIn(statement: Sql, alias: Sql): Sql {
  const names = [...statement.text.matchAll(/\b(\w+)\."?(\w+)/g)];
  const columns = names.flatMap(([, table, name]) => (table === alias.text ? [`${table}."${name}"`] : []));
  return raw([...new Set(columns)].join(', '));
}

/** Returns those rows that are on the page. */
const withCursors = (
  { cursorConditions }: { cursorConditions: Sql[] },
  { table, conditions }: RowSource,
): RowSource => ({
  table,
  conditions: [...conditions, ...cursorConditions],
});

/**
 * Returns a list at the root of an operation. It sends one statement, when a field of the connection is read:
 *
 *     select page."id", page."dutch", "@dutch"."names" as "dutch.names"
 *     from (select *, row_number() over () as "~" from (
 *       select p."id" as "id", p."dutch_id" as "dutch" from "partnership" p
 *       where … order by coalesce(p.started_day, '~') asc, p.id asc limit 20) page) page
 *     left join "authority" "@dutch" on "@dutch".id = page."dutch" order by page."~"
 *
 * If `totalCount` is selected too, the same statement counts the whole list; an empty page has a count as well:
 *
 *     select * from (select count(*)::int as "~total" from "partnership" p where …) counted
 *     left join (…) page on true order by page."~"
 *
 * A filter by area stores its rows for both, `with recursive inside0 as (…), matched as materialized (select p.id, … from …)`,
 * and the page reads `where p.id = any(array(select p.id from matched p … order by … limit 20))`.
 *
 * @param restriction A condition on the whole list in addition to the client's filter.
 * @throws InputError for arguments that break a rule, before any statement is sent.
 */
export function rootConnection<Row extends object>(
  em: Fork,
  listing: ListDefinition<Row>,
  name: string,
  args: ListArgs,
  restriction?: Sql,
): Connection<Row> {
  const plan: ListPlan<Row> = listPlan(listing, name, args, restriction, []);
  return new listing.connection({
    page: plan.page,
    emptyPageEnd: plan.listing.cursors && plan.page.after,
    read: async selected => {
      const { selection, projection } = pageProjection(em, plan, selected);
      const statement = cachedStatement(plan, projection, selection, () => {
        if (selection.totalCount) return countedPage(em, plan, projection, selection);
        const page = pageQuery(plan, projection, selection, withCursors(plan, listRows(em, plan)));
        return withCtes(plan.ctes, listWithJoins(page, projection, cursorColumnCount(plan, selection)));
      });
      const rows = await queryRows<Row>(em, statement);
      const [first] = rows;
      const total = selection.totalCount ? totalOf(first) : undefined;
      if (selection.totalCount && first && !hasRowNumber(first)) return { rows: [], total };
      if (projection.assemble) rows.forEach(projection.assemble);
      return { rows, total };
    },
    cursorOf: plan.cursorOf,
    count: async () => {
      const count = withCtes(plan.ctes, countQuery(plan.alias, listRows(em, plan)));
      return totalOf((await queryRows<object>(em, count))[0]);
    },
  });
}
