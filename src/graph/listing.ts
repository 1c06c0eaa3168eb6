import type { EntityManager } from '@mikro-orm/sql';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { type EntityClass, tableOf } from './columns.js';
import { type Connection, EVERYTHING, type Wanted } from './connection.js';
import type { ConnectionClass } from './connection-type.js';
import { decodeCursor, encodeCursor, listSignature } from './cursor.js';
import { type FilterClass, predicate } from './filter.js';
import { listWithJoins, numbered, positions, withJoins } from './joins.js';
import { beyond, type OrderItem, type OrderKey, type OrderStep, orderClause, orderSteps } from './order.js';
import { type ListArgs, type PageRequest, pageRequest } from './page.js';
import { type Projection, projectionOf } from './projection.js';
import { type Query, rows } from './rows.js';

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
  /** Whether whole rows are read whatever is selected: they are not the records that clients see. */
  readsAll?: boolean;
}

/** A way to write places of a list as text. */
export interface CursorCodec {
  encode(signature: string, position: readonly string[]): string;
  decode(cursor: string, signature: string, steps: readonly OrderStep[], name: string): string[];
}

const opaque: CursorCodec = { encode: encodeCursor, decode: decodeCursor };

/** What the arguments of a list come to. Checked whole, before any statement runs. */
export interface Plan<Row extends object> {
  listing: Listing<Row>;
  alias: Sql;
  where: Sql[];
  /** What the conditions refer to: common table expressions, which may be recursive. */
  shared: Sql[];
  /** Between the cursors. */
  bounds: Sql[];
  steps: OrderStep[];
  page: PageRequest;
  cursorOf(row: Row): string;
  /** What its page is read with, by what is read. */
  statements: Map<string, Query>;
}

/** Arguments that are the same in every run of a document come as the same object: what they come to is kept. */
const plans = new WeakMap<ListArgs, Map<string, Plan<object>>>();

/**
 * @param shared Where common table expressions go that come before the whole statement, when the caller puts them there.
 * @throws InputError for arguments that break a rule.
 */
export function planOf<Row extends object>(
  listing: Listing<Row>,
  name: string,
  args: ListArgs,
  also?: Sql,
  shared?: Sql[],
): Plan<Row> {
  if (also) return plan(listing, name, args, also, shared);
  let byName = plans.get(args);
  if (!byName) {
    byName = new Map();
    plans.set(args, byName);
  }
  let found = byName.get(name) as Plan<Row> | undefined;
  if (!found) {
    found = plan(listing, name, args, undefined, shared);
    byName.set(name, found as unknown as Plan<object>);
  }
  return found;
}

function plan<Row extends object>(
  listing: Listing<Row>,
  name: string,
  args: ListArgs,
  also: Sql | undefined,
  shared: Sql[] | undefined,
): Plan<Row> {
  const alias = raw(listing.alias);
  const page = pageRequest(args);
  const orderBy = args.orderBy?.length ? args.orderBy : listing.defaultOrder;
  const steps = orderSteps(orderBy, listing.orders, alias);
  const conditions = also ? [also] : [];
  if (args.filter && listing.filter) {
    const scope = { path: 'filter', depth: 0, budget: { conditions: 0 }, shared };
    conditions.push(predicate(listing.filter, args.filter, alias, scope));
  }
  let known: string | undefined;
  const signature = () => {
    known ??= listSignature([name, orderBy, args.filter ?? null]);
    return known;
  };
  const { encode, decode } = listing.cursors ?? opaque;
  const bounds: Sql[] = [];
  if (page.after !== undefined) bounds.push(beyond(steps, decode(page.after, signature(), steps, 'after'), false));
  if (page.before !== undefined) bounds.push(beyond(steps, decode(page.before, signature(), steps, 'before'), true));
  return {
    listing,
    alias,
    where: conditions,
    shared: shared ?? [],
    bounds,
    steps,
    page,
    cursorOf: row =>
      encode(
        signature(),
        steps.map((_, i) => (row as Record<string, string>)[`~${i}`] as string),
      ),
    statements: new Map(),
  };
}

export const where = (conditions: readonly Sql[]): Sql =>
  conditions.length ? sql`where ${join(conditions, ' and ')}` : empty;

/** What is read of a list for what is wanted of it. */
export function reading<Row extends object>(
  em: EntityManager,
  { listing: { entity, alias, readsAll } }: Plan<Row>,
  asked: Wanted,
): { wanted: Wanted; projection: Projection } {
  const wanted = readsAll ? { ...EVERYTHING, total: asked.total } : asked;
  return { wanted, projection: projectionOf(em, entity, alias, wanted.selection) };
}

/** How many columns of a page say where a row stands in its list. */
export const placesOf = ({ steps }: Pick<Plan<object>, 'steps'>, { places }: Wanted): number =>
  places ? steps.length : 0;

/** One page as a statement. */
export function pageQuery<Row extends object>(
  em: EntityManager,
  { listing, alias, steps, page }: Plan<Row>,
  { columns }: Projection,
  { places }: Wanted,
  conditions: Sql[],
): Sql {
  const its = positions(places ? steps.map(({ expression }) => expression) : []);
  return sql`select ${columns}${its} from ${tableOf(em, listing.entity)} ${alias} ${where(conditions)} order by ${orderClause(steps, page.backwards)} limit ${raw(String(page.size + 1))}`;
}

/** A statement of a plan, made when it is first wanted. */
export function statementOf<Row extends object>(
  { statements }: Plan<Row>,
  { key }: Projection,
  { places, total }: Wanted,
  make: () => Sql,
): Query {
  const its = `${key} ${places} ${total}`;
  let found = statements.get(its);
  if (!found) {
    // Its text is put together here, once.
    const { text, values } = make();
    found = { text, values };
    statements.set(its, found);
  }
  return found;
}

/** The length of the whole list, whatever its page. */
function countQuery<Row extends object>(em: EntityManager, { listing, alias, where: conditions }: Plan<Row>): Sql {
  return sql`select count(*)::int as "~total" from ${tableOf(em, listing.entity)} ${alias} ${where(conditions)}`;
}

/** A statement behind what its conditions refer to. */
const withShared = ({ shared }: Pick<Plan<object>, 'shared'>, statement: Sql): Sql =>
  shared.length ? sql`with recursive ${join(shared)} ${statement}` : statement;

type Counted = { '~total': number; '~': number | null };

/**
 * A list from the root: one statement for its page and, when `totalCount` is selected, for its length.
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
  const its = planOf(listing, name, args, also, []);
  return new listing.connection({
    page: its.page,
    read: async asked => {
      const { wanted, projection } = reading(em, its, asked);
      const statement = statementOf(its, projection, wanted, () => {
        const page = pageQuery(em, its, projection, wanted, [...its.where, ...its.bounds]);
        if (!wanted.total) return withShared(its, listWithJoins(page, projection, placesOf(its, wanted)));
        // A list without rows has a length too.
        const whole = sql`select * from (${countQuery(em, its)}) counted left join (${withJoins(numbered(page), projection)}) page on true order by page."~"`;
        return withShared(its, whole);
      });
      const found = await rows<Row>(em, statement);
      const total = wanted.total ? (found[0] as Counted)['~total'] : undefined;
      if (wanted.total && (found[0] as Counted)['~'] === null) return { rows: [], total };
      if (projection.nest) found.forEach(projection.nest);
      return { rows: found, total };
    },
    cursorOf: its.cursorOf,
    count: async () => (await rows<Counted>(em, withShared(its, countQuery(em, its))))[0]?.['~total'] ?? 0,
  });
}
