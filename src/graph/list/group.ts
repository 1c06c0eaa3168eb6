import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { InputError } from '../errors.js';
import { tableOf } from '../sql/columns.js';
import { queryRows } from '../sql/query.js';
import type { SqlQuery } from '../sql/sql-query.js';
import { predicate } from './filter.js';
import { type GroupArgs, GroupOrderField } from './group-args.js';
import type { ListDefinition } from './list-definition.js';
import { numberCondition } from './operators.js';
import { OrderDirection } from './order.js';
import type { ParentKey } from './relation.js';

const MAX_DIMENSIONS = 3;
const MAX_GROUPS = 1_000;

/** What a list can be grouped by. */
export interface Dimension {
  /** The field of the group type that shows the key. */
  field: string;
  kind: 'text' | 'integer';
  key: (row: Sql) => Sql;
  /** What the key needs joined to the row; dimensions that need the same share it. */
  join?: (row: Sql) => Sql;
  /** Whether a row is in the group of a key (a text, or null); of a row that may be in several groups. */
  containsRow?: (row: Sql, key: Sql) => Sql;
}

/** One group: its keys by field, what was counted, and the keys as a drill-down takes them. */
export interface Group {
  count: number;
  keys: ParentKey;
  [field: string]: unknown;
}

/** What can be grouped, by what, and what can be said of each group besides its count. */
export interface Grouping<D extends string, Row extends object> {
  listing: ListDefinition<Row>;
  dimensions: Record<D, Dimension>;
  /** Aggregates by the field that shows them; only those selected are computed. */
  aggregates: Record<string, (row: Sql) => Sql>;
}

const keyText = (dimension: Dimension, row: Sql) =>
  dimension.kind === 'text' ? sql`(${dimension.key(row)})::text collate "C"` : dimension.key(row);

/**
 * Groups and counts in one statement.
 *
 * @param selected The fields that are asked for.
 * @throws InputError for none or more than three dimensions, one named twice, or more than 1,000 groups.
 */
export async function groups<D extends string, Row extends object>(
  em: EntityManager,
  grouping: Grouping<D, Row>,
  request: GroupArgs<D>,
  selected: ReadonlySet<string>,
): Promise<Group[]> {
  let prepared = compiledQueries.get(request);
  if (prepared?.selected !== selected) {
    prepared = { selected, query: groupQuery(em, grouping, request, selected) };
    compiledQueries.set(request, prepared);
  }
  const found = await queryRows<{ count: number } & Record<string, unknown>>(em, prepared.query);
  if (found.length > MAX_GROUPS) {
    throw new InputError(
      `An answer holds at most ${MAX_GROUPS} groups; these are more. Filter, or group by less.`,
      'TOO_MANY_GROUPS',
    );
  }
  const fields = request.by.map(name => grouping.dimensions[name].field);
  return found.map(row => {
    const keys = fields.map((_, i) => row[`k${i}`] ?? null);
    fields.forEach((field, i) => {
      row[field] = keys[i];
    });
    return Object.assign(row, { keys: keys.map(key => (key === null ? null : String(key))) });
  });
}

/** Arguments that are the same in every run of a document come as the same object: their statement is kept. */
const compiledQueries = new WeakMap<object, { selected: ReadonlySet<string>; query: SqlQuery }>();

function groupQuery<D extends string, Row extends object>(
  em: EntityManager,
  { listing, dimensions, aggregates }: Grouping<D, Row>,
  { by, filter, having, orderBy }: GroupArgs<D>,
  selected: ReadonlySet<string>,
): SqlQuery {
  if (by.length < 1 || by.length > MAX_DIMENSIONS || new Set(by).size < by.length) {
    throw new InputError(
      `by names 1 to ${MAX_DIMENSIONS} different dimensions; got ${by.length ? by.join(', ') : 'none'}.`,
    );
  }
  const row = raw(listing.alias);
  const its = by.map(name => dimensions[name]);
  const keys = its.map((dimension, i) => sql`${keyText(dimension, row)} as ${raw(`k${i}`)}`);
  const numbers = its.map((_, i) => raw(String(i + 1)));
  const extra = Object.entries(aggregates).filter(([field]) => selected.has(field));
  const columns = [
    ...keys,
    sql`count(*)::int as count`,
    ...extra.map(([field, of]) => sql`${of(row)} as ${raw(`"${field}"`)}`),
  ];
  const joins = [
    ...new Map(
      its.flatMap(dimension => (dimension.join ? [[dimension.join(row).text, dimension.join(row)] as const] : [])),
    ).values(),
  ];
  const where = filter && listing.filter ? predicate(listing.filter, filter, row) : sql`true`;
  const condition = having ? numberCondition(sql`count(*)`, having, 'having') : sql`true`;
  const direction = raw(orderBy?.direction === OrderDirection.DESC ? 'desc' : 'asc');
  const byKeys = numbers.map(
    number => sql`${number} ${orderBy?.field === GroupOrderField.COUNT ? raw('asc') : direction} nulls last`,
  );
  const order = orderBy?.field === GroupOrderField.COUNT ? [sql`count(*) ${direction}`, ...byKeys] : byKeys;
  const { text, values } =
    sql`select ${join(columns)} from ${tableOf(em, listing.entity)} ${row} ${join([...joins, sql``], ' ')} where ${where} group by ${join(numbers)} having ${condition} order by ${join(order)} limit ${raw(String(MAX_GROUPS + 1))}`;
  return { text, values };
}
