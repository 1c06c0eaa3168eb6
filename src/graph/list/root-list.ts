import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, type Sql } from 'sql-template-tag';
import { listWithJoins, withJoins, withRowNumbers } from '../read/joins.js';
import { hasRowNumber, ROW_NUMBER_COLUMN, totalOf } from '../read/row-properties.js';
import { queryRows } from '../sql/query.js';
import type { Connection } from './connection.js';
import type { ListDefinition } from './list-definition.js';
import { type ListPlan, listPlan } from './list-plan.js';
import type { ListArgs } from './page.js';
import { cachedStatement, countQuery, cursorColumnCount, pageProjection, pageQuery } from './page-query.js';

/** Puts common table expressions in front of a statement: `with recursive inside0 as (…) select …`. */
const withCtes = ({ ctes }: { ctes: Sql[] }, statement: Sql): Sql =>
  ctes.length ? sql`with recursive ${join(ctes)} ${statement}` : statement;

/**
 * Returns a list at the root of an operation. It sends one statement, when a field of the connection is read:
 *
 *     select page."id", page."dutch", "@dutch"."names" as "dutch.names"
 *     from (select *, row_number() over () as "~" from (
 *       select p."id" as "id", p."dutch_id" as "dutch" from "partnership" p
 *       where … order by coalesce(p.started_day, '~') asc, p.id asc limit 21) page) page
 *     left join "authority" "@dutch" on "@dutch".id = page."dutch" order by page."~"
 *
 * If `totalCount` is selected too, the same statement counts the whole list; an empty page has a count as well:
 *
 *     select * from (select count(*)::int as "~total" from "partnership" p where …) counted
 *     left join (…) page on true order by page."~"
 *
 * @param restriction A condition on the whole list in addition to the client's filter.
 * @throws InputError for arguments that break a rule, before any statement is sent.
 */
export function rootConnection<Row extends object>(
  em: EntityManager,
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
        const page = pageQuery(em, plan, projection, selection, [...plan.whereClause, ...plan.cursorConditions]);
        if (!selection.totalCount) {
          return withCtes(plan, listWithJoins(page, projection, cursorColumnCount(plan, selection)));
        }
        const numbered = withJoins(withRowNumbers(page), projection);
        const counted = sql`select * from (${countQuery(em, plan)}) counted left join (${numbered}) page on true order by page.${ROW_NUMBER_COLUMN}`;
        return withCtes(plan, counted);
      });
      const rows = await queryRows<Row>(em, statement);
      const [first] = rows;
      const total = selection.totalCount ? totalOf(first) : undefined;
      if (selection.totalCount && first && !hasRowNumber(first)) return { rows: [], total };
      if (projection.assemble) rows.forEach(projection.assemble);
      return { rows, total };
    },
    cursorOf: plan.cursorOf,
    count: async () => totalOf((await queryRows<object>(em, withCtes(plan, countQuery(em, plan))))[0]),
  });
}
