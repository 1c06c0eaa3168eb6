import type { EntityManager } from '@mikro-orm/sql';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { columnsOf, type EntityClass, tableOf } from './columns.js';
import type { Connection, ConnectionClass } from './connection.js';
import { decodeCursor, encodeCursor, listSignature } from './cursor.js';
import { type FilterClass, predicate } from './filter.js';
import { grouped, loaderBy } from './loader.js';
import { beyond, type OrderItem, type OrderKey, type OrderStep, orderClause, orderSteps } from './order.js';
import { type ListArgs, type PageRequest, pageRequest } from './page.js';
import { rows } from './rows.js';

/** A concept as something that can be listed: where its rows are, how they are filtered, sorted and paged. */
export interface Listing<Row extends object> {
  entity: EntityClass<Row>;
  /** The alias of its table in every statement; one letter, its own. */
  alias: string;
  connection: ConnectionClass<Row>;
  filter?: FilterClass;
  orders: Record<string, OrderKey>;
  defaultOrder: OrderItem[];
  /** How places in the list are written, where they mean something beyond it. */
  cursors?: CursorCodec;
}

/** A way to write places of a list as text. */
export interface CursorCodec {
  encode(signature: string, position: readonly string[]): string;
  decode(cursor: string, signature: string, steps: readonly OrderStep[], name: string): string[];
}

const opaque: CursorCodec = { encode: encodeCursor, decode: decodeCursor };

/** One list under many parents, as the relation that leads to it. */
export interface Relation<Row extends object> {
  /** Unique: it keys the loaders, and marks the cursors. */
  name: string;
  listing: Listing<Row>;
  /** When a row belongs to a parent; the parent's key parts are text columns of the batch. */
  on: (row: Sql, parent: Sql[], em: EntityManager) => Sql;
}

/** What the arguments come to: conditions, steps, page. Checked whole, before any statement runs. */
interface Plan {
  alias: Sql;
  where: Sql[];
  steps: OrderStep[];
  page: PageRequest;
  signature: string;
  cursors: CursorCodec;
}

function plan<Row extends object>(listing: Listing<Row>, name: string, args: ListArgs, also?: Sql): Plan {
  const alias = raw(listing.alias);
  const page = pageRequest(args);
  const orderBy = args.orderBy?.length ? args.orderBy : listing.defaultOrder;
  const steps = orderSteps(orderBy, listing.orders, alias);
  const where = also ? [also] : [];
  if (args.filter && listing.filter) where.push(predicate(listing.filter, args.filter, alias));
  return {
    alias,
    where,
    steps,
    page,
    cursors: listing.cursors ?? opaque,
    signature: listSignature([name, orderBy, args.filter ?? null]),
  };
}

function between({ steps, page, signature, cursors: { decode } }: Plan): Sql[] {
  const bounds: Sql[] = [];
  if (page.after !== undefined) bounds.push(beyond(steps, decode(page.after, signature, steps, 'after'), false));
  if (page.before !== undefined) bounds.push(beyond(steps, decode(page.before, signature, steps, 'before'), true));
  return bounds;
}

const where = (conditions: readonly Sql[]): Sql =>
  conditions.length ? sql`where ${join(conditions, ' and ')}` : empty;

/** One page as a subquery; the position of each row comes along as `~0`, `~1`, … for its cursor. */
function pageQuery<Row extends object>(em: EntityManager, listing: Listing<Row>, its: Plan, conditions: Sql[]): Sql {
  const positions = its.steps.map((step, i) => sql`${step.expression}::text as ${raw(`"~${i}"`)}`);
  return sql`select ${columnsOf(em, listing.entity, listing.alias)}, ${join(positions)} from ${tableOf(em, listing.entity)} ${its.alias} ${where(conditions)} order by ${orderClause(its.steps, its.page.backwards)} limit ${raw(String(its.page.size + 1))}`;
}

const cursorOf =
  ({ steps, signature, cursors }: Plan) =>
  (row: object): string =>
    cursors.encode(
      signature,
      steps.map((_, i) => (row as Record<string, string>)[`~${i}`] as string),
    );

/**
 * A list from the root: one statement for its page, one more only when `totalCount` is selected.
 *
 * @param also What holds for the whole list besides the client's filter.
 * @throws InputError for arguments that break a rule, before any statement runs.
 */
export function list<Row extends object>(
  em: EntityManager,
  listing: Listing<Row>,
  name: string,
  args: ListArgs,
  also?: Sql,
): Connection<Row> {
  const its = plan(listing, name, args, also);
  const conditions = [...its.where, ...between(its)];
  return new listing.connection({
    page: its.page,
    read: () => rows<Row>(em, pageQuery(em, listing, its, conditions)),
    cursorOf: cursorOf(its),
    count: async () => {
      const counted = sql`select count(*)::int as total from ${tableOf(em, listing.entity)} ${its.alias} ${where(its.where)}`;
      return (await rows<{ total: number }>(em, counted))[0]?.total ?? 0;
    },
  });
}

/** A parent of a nested list: its key, in as many parts as the relation compares. */
export type ParentKey = readonly (string | null)[];

/** A nested list as one field with its arguments asks for it: the same for all parents, so planned once for them all. */
interface Nested {
  /** Tells it from every other within an operation. */
  key: string;
  relation: Relation<object>;
  its: Plan;
  /** Between the cursors. */
  bounds: Sql[];
}

const nestedLists = new WeakMap<EntityManager, Map<string, Nested>>();

function nestedList(em: EntityManager, relation: Relation<object>, args: ListArgs, also?: Sql): Nested {
  let ofOperation = nestedLists.get(em);
  if (!ofOperation) {
    ofOperation = new Map();
    nestedLists.set(em, ofOperation);
  }
  const key = JSON.stringify([relation.name, args, also?.text, also?.values]);
  let found = ofOperation.get(key);
  if (!found) {
    const its = plan(relation.listing, relation.name, args, also);
    found = { key, relation, its, bounds: between(its) };
    ofOperation.set(key, found);
  }
  return found;
}

const variant = ({ key }: Nested) => key;
const parentKey = (key: ParentKey) => (key.length === 1 ? key[0] : JSON.stringify(key));

/** The parents of a batch as a table: one text column a key part, and `ord`, the parent's place in the batch. */
function parents(keys: readonly ParentKey[]): { table: Sql; columns: Sql[] } {
  const parts = (keys[0] ?? []).map((_, part) => keys.map(key => key[part] ?? null));
  const names = parts.map((_, part) => raw(`k${part}`));
  return {
    table: sql`unnest(${join(parts.map(values => sql`${values}::text[]`))}) with ordinality as parent(${join(names)}, ord)`,
    columns: names.map(name => sql`parent.${name}`),
  };
}

const pageByParent = loaderBy<Nested, ParentKey, object[]>(
  variant,
  async (em, { relation, its, bounds }, keys) => {
    const { listing } = relation;
    const { table, columns } = parents(keys);
    const conditions = [relation.on(its.alias, columns, em), ...its.where, ...bounds];
    const found = await rows<{ ord: string | number }>(
      em,
      sql`select parent.ord::int as ord, page.* from ${table} cross join lateral (${pageQuery(em, listing, its, conditions)}) page order by parent.ord`,
    );
    return grouped([...keys.keys()], found, row => Number(row.ord) - 1);
  },
  parentKey,
);

const countByParent = loaderBy<Nested, ParentKey, number>(
  variant,
  async (em, { relation, its }, keys) => {
    const { listing } = relation;
    const { table, columns } = parents(keys);
    const conditions = [relation.on(its.alias, columns, em), ...its.where];
    const found = await rows<{ ord: number; total: number }>(
      em,
      sql`select parent.ord::int as ord, page.total from ${table} cross join lateral (select count(*)::int as total from ${tableOf(em, listing.entity)} ${its.alias} ${where(conditions)}) page`,
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
 * @throws InputError for arguments that break a rule.
 */
export function listEach<Row extends object>(
  em: EntityManager,
  relation: Relation<Row>,
  parent: string | ParentKey,
  args: ListArgs,
  also?: Sql,
): Connection<Row> {
  const nested = nestedList(em, relation as unknown as Relation<object>, args, also);
  const key = typeof parent === 'string' ? [parent] : parent;
  return new relation.listing.connection({
    page: nested.its.page,
    read: () => pageByParent(em, nested).load(key) as Promise<Row[]>,
    cursorOf: cursorOf(nested.its),
    count: () => countByParent(em, nested).load(key),
  });
}

/** Rows of a concept by id, in one statement. */
export async function rowsById<Row extends { id: string }>(
  em: EntityManager,
  { entity, alias }: Pick<Listing<Row>, 'entity' | 'alias'>,
  ids: readonly string[],
): Promise<Row[]> {
  return rows<Row>(
    em,
    sql`select ${columnsOf(em, entity, alias)} from ${tableOf(em, entity)} ${raw(alias)} where ${raw(alias)}.id = any(${[...ids]}::text[])`,
  );
}
