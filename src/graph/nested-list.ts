import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { tableOf } from './columns.js';
import type { Connection, Wanted } from './connection.js';
import { numbered, ownColumns } from './joins.js';
import { pageQuery, placesOf, reading, statementOf, where } from './listing.js';
import { grouped, loaderBy } from './loader.js';
import type { ListArgs } from './page.js';
import type { Projection } from './projection.js';
import { type Nested, nestedList, type ParentKey, type Relation } from './relation.js';
import { rows } from './rows.js';

/** A nested list and what is read of it. */
interface NestedPage {
  nested: Nested;
  wanted: Wanted;
  projection: Projection;
}

const parentKey = (key: ParentKey) => (key.length === 1 ? key[0] : JSON.stringify(key));

/**
 * The parents of a batch as a table before all else in a statement: one text column a key part, and `ord`, the
 * parent's place in the batch.
 */
function parents(keys: readonly ParentKey[]): { table: Sql; columns: Sql[]; values: unknown[] } {
  const parts = (keys[0] ?? []).map((_, part) => keys.map(key => key[part] ?? null));
  const names = parts.map((_, part) => raw(`k${part}`));
  return {
    table: sql`with parent(${join(names)}, ord) as (select * from unnest(${join(parts.map(values => sql`${values}::text[]`))}) with ordinality)`,
    columns: names.map(name => sql`parent.${name}`),
    values: parts,
  };
}

const pageByParent = loaderBy<NestedPage, ParentKey, object[]>(
  ({ nested, projection, wanted }) => `${nested.key} ${projection.key} ${wanted.places}`,
  async (em, { nested: { relation, plan }, projection, wanted }, keys) => {
    const { table, columns, values } = parents(keys);
    const { text, values: all } = statementOf(plan, projection, wanted, () => {
      const conditions = [relation.on(plan.alias, columns, em), ...plan.where, ...plan.bounds];
      const page = pageQuery(em, plan, projection, wanted, conditions);
      const { joins } = projection;
      if (!joins) {
        return sql`${table} select parent.ord::int as ord, page.* from parent cross join lateral (${page}) page order by parent.ord`;
      }
      const own = ownColumns(projection, placesOf(plan, wanted));
      return sql`${table} select parent.ord::int as ord, ${own}, ${joins.columns} from parent cross join lateral (${numbered(page)}) page ${joins.from} order by parent.ord, page."~"`;
    });
    // The keys are the first values; the rest are the plan's own.
    const query = { text, values: [...values, ...all.slice(values.length)] };
    const found = await rows<{ ord: number }>(em, query);
    if (projection.nest) found.forEach(projection.nest);
    return grouped([...keys.keys()], found, row => row.ord - 1);
  },
  parentKey,
);

const countByParent = loaderBy<Nested, ParentKey, number>(
  ({ key }) => key,
  async (em, { relation, plan }, keys) => {
    const { table, columns } = parents(keys);
    const conditions = [relation.on(plan.alias, columns, em), ...plan.where];
    const found = await rows<{ ord: number; total: number }>(
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
export function listEach<Row extends object>(
  em: EntityManager,
  relation: Relation<Row>,
  parent: { id: string } | ParentKey,
  args: ListArgs,
  also?: Sql,
): Connection<Row> {
  const nested = nestedList(relation as unknown as Relation<object>, args, also);
  const { plan } = nested;
  const isKey = Array.isArray(parent);
  const ahead = isKey ? undefined : (parent as unknown as Record<string, Row[] | undefined>)[nested.property];
  const key: ParentKey = isKey ? parent : [(parent as { id: string }).id];
  return new relation.listing.connection({
    page: plan.page,
    read: asked =>
      ahead
        ? { rows: ahead }
        : pageByParent(em, { nested, ...reading(em, plan, asked) })
            .load(key)
            .then(rows => ({ rows: rows as Row[] })),
    cursorOf: plan.cursorOf,
    count: () => countByParent(em, nested).load(key),
  });
}
