import type { EntityManager } from '@mikro-orm/sql';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { cursorColumns, listWithJoins, withJoins, withRowNumbers } from '../read/joins.js';
import { type Projection, projectionOf } from '../read/projection.js';
import { tableOf } from '../sql/columns.js';
import { queryRows } from '../sql/query.js';
import type { SqlQuery } from '../sql/sql-query.js';
import { type Connection, FULL_PAGE, type PageSelection } from './connection.js';
import { decodeCursor, encodeCursor, listFingerprint } from './cursor.js';
import { predicate } from './filter.js';
import type { CursorCodec, ListDefinition } from './list-definition.js';
import { keysetCondition, orderClause, type SortKey, sortKeys } from './order.js';
import { type ListArgs, type PageRequest, pageRequest } from './page.js';

const opaqueCursors: CursorCodec = { encode: encodeCursor, decode: decodeCursor };

/** What the arguments of a list come to. Checked whole, before any statement runs. */
export interface ListPlan<Row extends object> {
  listing: ListDefinition<Row>;
  alias: Sql;
  whereClause: Sql[];
  /** What the conditions refer to: common table expressions, which may be recursive. */
  ctes: Sql[];
  /** Between the cursors. */
  cursorConditions: Sql[];
  steps: SortKey[];
  page: PageRequest;
  cursorOf(row: Row): string;
  /** What its page is read with, by what is read. */
  statements: Map<string, SqlQuery>;
}

/** Arguments that are the same in every run of a document come as the same object: what they come to is kept. */
const plans = new WeakMap<ListArgs, Map<string, ListPlan<object>>>();

/**
 * @param shared Where common table expressions go that come before the whole statement, when the caller puts them there.
 * @throws InputError for arguments that break a rule.
 */
export function listPlan<Row extends object>(
  listing: ListDefinition<Row>,
  name: string,
  args: ListArgs,
  restriction?: Sql,
  shared?: Sql[],
): ListPlan<Row> {
  if (restriction) return buildListPlan(listing, name, args, restriction, shared);
  let byName = plans.get(args);
  if (!byName) {
    byName = new Map();
    plans.set(args, byName);
  }
  let found = byName.get(name) as ListPlan<Row> | undefined;
  if (!found) {
    found = buildListPlan(listing, name, args, undefined, shared);
    byName.set(name, found as unknown as ListPlan<object>);
  }
  return found;
}

function buildListPlan<Row extends object>(
  listing: ListDefinition<Row>,
  name: string,
  args: ListArgs,
  restriction: Sql | undefined,
  shared: Sql[] | undefined,
): ListPlan<Row> {
  const alias = raw(listing.alias);
  const page = pageRequest(args);
  const orderBy = args.orderBy?.length ? args.orderBy : listing.defaultOrder;
  const steps = sortKeys(orderBy, listing.orders, alias);
  const conditions = restriction ? [restriction] : [];
  if (args.filter && listing.filter) {
    const scope = { path: 'filter', depth: 0, budget: { conditions: 0 }, shared };
    conditions.push(predicate(listing.filter, args.filter, alias, scope));
  }
  let known: string | undefined;
  const signature = () => {
    known ??= listFingerprint([name, orderBy, args.filter ?? null]);
    return known;
  };
  const { encode, decode } = listing.cursors ?? opaqueCursors;
  const cursorConditions: Sql[] = [];
  if (page.after !== undefined)
    cursorConditions.push(keysetCondition(steps, decode(page.after, signature(), steps, 'after'), false));
  if (page.before !== undefined)
    cursorConditions.push(keysetCondition(steps, decode(page.before, signature(), steps, 'before'), true));
  return {
    listing,
    alias,
    whereClause: conditions,
    ctes: shared ?? [],
    cursorConditions,
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
export function pageProjection<Row extends object>(
  em: EntityManager,
  { listing: { entity, alias, selectsWholeRow } }: ListPlan<Row>,
  asked: PageSelection,
): { wanted: PageSelection; projection: Projection } {
  const wanted = selectsWholeRow ? { ...FULL_PAGE, totalCount: asked.totalCount } : asked;
  return { wanted, projection: projectionOf(em, entity, alias, wanted.selection) };
}

/** How many columns of a page say where a row stands in its list. */
export const cursorColumnCount = ({ steps }: Pick<ListPlan<object>, 'steps'>, { cursors }: PageSelection): number =>
  cursors ? steps.length : 0;

/** One page as a statement. */
export function pageQuery<Row extends object>(
  em: EntityManager,
  { listing, alias, steps, page }: ListPlan<Row>,
  { columns }: Projection,
  { cursors }: PageSelection,
  conditions: Sql[],
): Sql {
  const its = cursorColumns(cursors ? steps.map(({ expression }) => expression) : []);
  return sql`select ${columns}${its} from ${tableOf(em, listing.entity)} ${alias} ${where(conditions)} order by ${orderClause(steps, page.backwards)} limit ${raw(String(page.size + 1))}`;
}

/** A statement of a plan, made when it is first wanted. */
export function cachedStatement<Row extends object>(
  { statements }: ListPlan<Row>,
  { key }: Projection,
  { cursors, totalCount }: PageSelection,
  make: () => Sql,
): SqlQuery {
  const its = `${key} ${cursors} ${totalCount}`;
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
function countQuery<Row extends object>(
  em: EntityManager,
  { listing, alias, whereClause: conditions }: ListPlan<Row>,
): Sql {
  return sql`select count(*)::int as "~total" from ${tableOf(em, listing.entity)} ${alias} ${where(conditions)}`;
}

/** A statement behind what its conditions refer to. */
const withCtes = ({ ctes }: Pick<ListPlan<object>, 'ctes'>, statement: Sql): Sql =>
  ctes.length ? sql`with recursive ${join(ctes)} ${statement}` : statement;

type Counted = { '~total': number; '~': number | null };

/**
 * A list from the root: one statement for its page and, when `totalCount` is selected, for its length.
 *
 * @param restriction What holds for the whole list besides the client's filter.
 * @throws InputError for arguments that break a rule, before any statement runs.
 */
export function rootConnection<Row extends object>(
  em: EntityManager,
  listing: ListDefinition<Row>,
  name: string,
  args: ListArgs,
  restriction?: Sql,
): Connection<Row> {
  const its = listPlan(listing, name, args, restriction, []);
  return new listing.connection({
    page: its.page,
    read: async asked => {
      const { wanted, projection } = pageProjection(em, its, asked);
      const statement = cachedStatement(its, projection, wanted, () => {
        const page = pageQuery(em, its, projection, wanted, [...its.whereClause, ...its.cursorConditions]);
        if (!wanted.totalCount) return withCtes(its, listWithJoins(page, projection, cursorColumnCount(its, wanted)));
        // A list without rows has a length too.
        const whole = sql`select * from (${countQuery(em, its)}) counted left join (${withJoins(withRowNumbers(page), projection)}) page on true order by page."~"`;
        return withCtes(its, whole);
      });
      const found = await queryRows<Row>(em, statement);
      const total = wanted.totalCount ? (found[0] as Counted)['~total'] : undefined;
      if (wanted.totalCount && (found[0] as Counted)['~'] === null) return { rows: [], total };
      if (projection.nest) found.forEach(projection.nest);
      return { rows: found, total };
    },
    cursorOf: its.cursorOf,
    count: async () => (await queryRows<Counted>(em, withCtes(its, countQuery(em, its))))[0]?.['~total'] ?? 0,
  });
}
