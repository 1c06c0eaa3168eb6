import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { tableOf } from './columns.js';
import type { Connection, Wanted } from './connection.js';
import { type Listing, type Plan, pageQuery, planOf, reading, statementOf, where } from './listing.js';
import { grouped, loaderBy } from './loader.js';
import type { ListArgs } from './page.js';
import { numbered, type Projection } from './projection.js';
import { rows } from './rows.js';

/** One list under many parents, as the relation that leads to it. */
export interface Relation<Row extends object> {
  /** Unique: it keys the loaders, and marks the cursors. */
  name: string;
  listing: Listing<Row>;
  /** When a row belongs to a parent; the parent's key parts are text columns of the batch. */
  on: (row: Sql, parent: Sql[], em: EntityManager) => Sql;
}

/** A parent of a nested list: its key, in as many parts as the relation compares. */
export type ParentKey = readonly (string | null)[];

/** A nested list as one field with its arguments asks for it: the same for all parents. */
interface Nested {
  /** Tells it from every other. */
  key: string;
  relation: Relation<object>;
  plan: Plan<object>;
}

type ByArguments = WeakMap<ListArgs, WeakMap<Relation<object>, Nested>>;
const nestedLists: ByArguments = new WeakMap();
const restricted = new WeakMap<Sql, ByArguments>();

function nestedList(relation: Relation<object>, args: ListArgs, also?: Sql): Nested {
  let byArguments = also ? restricted.get(also) : nestedLists;
  if (!byArguments) {
    byArguments = new WeakMap();
    restricted.set(also as Sql, byArguments);
  }
  let byRelation = byArguments.get(args);
  if (!byRelation) {
    byRelation = new WeakMap();
    byArguments.set(args, byRelation);
  }
  let found = byRelation.get(relation);
  if (!found) {
    const { name, listing } = relation;
    const key = JSON.stringify([name, args, also?.text, also?.values]);
    found = { key, relation, plan: planOf(listing, name, args, also) };
    byRelation.set(relation, found);
  }
  return found;
}

/** A nested list and what is read of it. */
interface NestedPage {
  nested: Nested;
  wanted: Wanted;
  projection: Projection;
}

const parentKey = (key: ParentKey) => (key.length === 1 ? key[0] : JSON.stringify(key));

/** The parents of a batch as a table: one text column a key part, and `ord`, the parent's place in the batch. */
function parents(keys: readonly ParentKey[]): { table: Sql; columns: Sql[]; values: unknown[] } {
  const parts = (keys[0] ?? []).map((_, part) => keys.map(key => key[part] ?? null));
  const names = parts.map((_, part) => raw(`k${part}`));
  return {
    table: sql`unnest(${join(parts.map(values => sql`${values}::text[]`))}) with ordinality as parent(${join(names)}, ord)`,
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
        return sql`select parent.ord::int as ord, page.* from ${table} cross join lateral (${page}) page order by parent.ord`;
      }
      return sql`select parent.ord::int as ord, page.*, ${joins.columns} from ${table} cross join lateral (${numbered(page)}) page ${joins.from} order by parent.ord, page."~"`;
    });
    // The keys are the first values; the rest are the plan's own.
    const query = { text, values: [...values, ...all.slice(values.length)] };
    const found = await rows<{ ord: number }>(em, query);
    if (projection.joins) found.forEach(projection.nest);
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
      sql`select parent.ord::int as ord, page.total from ${table} cross join lateral (select count(*)::int as total from ${tableOf(em, plan.listing.entity)} ${plan.alias} ${where(conditions)}) page`,
    );
    const totals = new Map(found.map(({ ord, total }) => [ord, total]));
    return keys.map((_, index) => totals.get(index + 1) ?? 0);
  },
  parentKey,
);

/**
 * A list under a parent. All parents of one level that ask with the same arguments are answered by one statement, each
 * with its own page, however many there are; `totalCount` adds one.
 *
 * @param also What holds for the whole list besides the client's filter: the same object for all parents.
 * @throws InputError for arguments that break a rule.
 */
export function listEach<Row extends object>(
  em: EntityManager,
  relation: Relation<Row>,
  parent: string | ParentKey,
  args: ListArgs,
  also?: Sql,
): Connection<Row> {
  const nested = nestedList(relation as unknown as Relation<object>, args, also);
  const { plan } = nested;
  const key = typeof parent === 'string' ? [parent] : parent;
  return new relation.listing.connection({
    page: plan.page,
    read: async asked => ({
      rows: (await pageByParent(em, { nested, ...reading(em, plan, asked) }).load(key)) as Row[],
    }),
    cursorOf: plan.cursorOf,
    count: () => countByParent(em, nested).load(key),
  });
}
