import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { ownColumns, withRowNumbers } from '../read/joins.js';
import type { Projection } from '../read/projection.js';
import { tableOf } from '../sql/columns.js';
import { grouped, loaderByArguments } from '../sql/loader.js';
import { queryRows } from '../sql/query.js';
import type { Connection, PageSelection } from './connection.js';
import type { ListArgs } from './page.js';
import { type BoundList, bindList, type ListRelation, type ParentKey } from './relation.js';
import { cachedStatement, cursorColumnCount, pageProjection, pageQuery, where } from './root-list.js';

/** A nested list and what is read of it. */
interface NestedPage {
  nested: BoundList;
  wanted: PageSelection;
  projection: Projection;
}

const parentKey = (key: ParentKey) => (key.length === 1 ? key[0] : JSON.stringify(key));

/**
 * The parents of a batch as a table before all else in a statement: one text column a key part, and `ord`, the
 * parent's place in the batch.
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

const pageByParent = loaderByArguments<NestedPage, ParentKey, object[]>(
  ({ nested, projection, wanted }) => `${nested.key} ${projection.key} ${wanted.cursors}`,
  async (em, { nested: { relation, plan }, projection, wanted }, keys) => {
    const { table, columns, values } = parentsCte(keys);
    const { text, values: all } = cachedStatement(plan, projection, wanted, () => {
      const conditions = [relation.on(plan.alias, columns, em), ...plan.whereClause, ...plan.cursorConditions];
      const page = pageQuery(em, plan, projection, wanted, conditions);
      const { joins } = projection;
      if (!joins) {
        return sql`${table} select parent.ord::int as ord, page.* from parent cross join lateral (${page}) page order by parent.ord`;
      }
      const own = ownColumns(projection, cursorColumnCount(plan, wanted));
      return sql`${table} select parent.ord::int as ord, ${own}, ${joins.columns} from parent cross join lateral (${withRowNumbers(page)}) page ${joins.from} order by parent.ord, page."~"`;
    });
    // The keys are the first values; the rest are the plan's own.
    const query = { text, values: [...values, ...all.slice(values.length)] };
    const found = await queryRows<{ ord: number }>(em, query);
    if (projection.nest) found.forEach(projection.nest);
    return grouped([...keys.keys()], found, row => row.ord - 1);
  },
  parentKey,
);

const countByParent = loaderByArguments<BoundList, ParentKey, number>(
  ({ key }) => key,
  async (em, { relation, plan }, keys) => {
    const { table, columns } = parentsCte(keys);
    const conditions = [relation.on(plan.alias, columns, em), ...plan.whereClause];
    const found = await queryRows<{ ord: number; total: number }>(
      em,
      sql`${table} select parent.ord::int as ord, page.total from parent cross join lateral (select count(*)::int as total from ${tableOf(em, plan.listing.entity)} ${plan.alias} ${where(conditions)}) page`,
    );
    const totals = new Map(found.map(({ ord, total }) => [ord, total]));
    return keys.map((_, index) => totals.get(index + 1) ?? 0);
  },
  parentKey,
);

/**
 * A list under a parent. Where it came along with the record, it is there; else all parents of one level that ask with
 * the same arguments are answered by one statement, each with its own page, however many there are. `totalCount` adds
 * one.
 *
 * @param parent The record, or a key of as many parts as the relation compares.
 * @param also What holds for the whole list besides the client's filter: the same object for all parents.
 * @throws InputError for arguments that break a rule.
 */
export function childConnection<Row extends object>(
  em: EntityManager,
  relation: ListRelation<Row>,
  parent: { id: string } | ParentKey,
  args: ListArgs,
  also?: Sql,
): Connection<Row> {
  const nested = bindList(relation as unknown as ListRelation<object>, args, also);
  const { plan } = nested;
  const isKey = Array.isArray(parent);
  const eagerRows = isKey ? undefined : (parent as unknown as Record<string, Row[] | undefined>)[nested.rowProperty];
  const key: ParentKey = isKey ? parent : [(parent as { id: string }).id];
  return new relation.list.connection({
    page: plan.page,
    read: asked =>
      eagerRows
        ? { rows: eagerRows }
        : pageByParent(em, { nested, ...pageProjection(em, plan, asked) })
            .load(key)
            .then(rows => ({ rows: rows as Row[] })),
    cursorOf: plan.cursorOf,
    count: () => countByParent(em, nested).load(key),
  });
}
