import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import { tableOf } from '../sql/columns.js';
import { queryRows } from '../sql/query.js';
import type { SqlQuery } from '../sql/sql-query.js';
import { predicate } from './filter.js';
import { type GroupArgs, GroupOrderField } from './group-args.js';
import { checkFirst, type DimensionSizes, MAX_GROUPS } from './group-size.js';
import type { ListDefinition } from './list-definition.js';
import { numberCondition } from './operators.js';
import { OrderDirection } from './order.js';
import type { ParentKey } from './relation.js';

const MAX_DIMENSIONS = 3;

/** A dimension by which a list can be grouped. */
export interface Dimension {
  /** The field of the group type that holds the key. */
  field: string;
  kind: 'text' | 'integer';
  /**
   * The value of a row. Called with the day of the groups, as the client wrote it: undefined means today. Dimensions that
   * do not depend on a day ignore it.
   */
  key: (row: Sql, on?: string) => Sql;
  /** The join that the key needs; dimensions with equal joins share one. */
  join?: (row: Sql) => Sql;
  /** Returns the condition that a row is in the group of a key, which is text or null. For rows in several groups. */
  containsRow?: (row: Sql, key: Sql) => Sql;
}

/** A group: its keys and aggregates by field, and its keys as the key of a parent of the list of its members. */
export interface Group {
  count: number;
  keys: ParentKey;
  [field: string]: unknown;
}

/** A list that can be grouped, its dimensions and its aggregates. */
export interface Grouping<D extends string, Row extends object> {
  listing: ListDefinition<Row>;
  dimensions: Record<D, Dimension>;
  /** The dimensions with a limited number of values. */
  sizes: DimensionSizes<D>;
  /** Aggregates by field; only selected ones are computed. */
  aggregates: Record<string, (row: Sql) => Sql>;
}

const keyText = ({ kind, key }: Dimension, row: Sql, on: string | undefined) =>
  kind === 'text' ? sql`(${key(row, on)})::text collate "C"` : key(row, on);

/**
 * Groups and counts in one statement (see `groupQuery`).
 *
 * @param selected The selected fields of the group type.
 * @throws InputError for no or more than three dimensions, a repeated one, `first` outside 1–1,000, or more than 1,000
 * groups.
 */
export async function groups<D extends string, Row extends object>(
  em: EntityManager,
  grouping: Grouping<D, Row>,
  request: GroupArgs<D>,
  selected: ReadonlySet<string>,
): Promise<Group[]> {
  let compiled = compiledQueries.get(request);
  if (compiled?.selected !== selected) {
    compiled = { selected, query: groupQuery(em, grouping, request, selected) };
    compiledQueries.set(request, compiled);
  }
  const rows = await queryRows<{ count: number } & Record<string, unknown>>(em, compiled.query);
  if (rows.length > MAX_GROUPS) {
    throw new InputError(message('TOO_MANY_GROUPS', { limit: MAX_GROUPS }), 'TOO_MANY_GROUPS');
  }
  const fields = request.by.map(name => grouping.dimensions[name].field);
  return rows.map(row => {
    const keys = fields.map((_, i) => row[`k${i}`] ?? null);
    fields.forEach((field, i) => {
      row[field] = keys[i];
    });
    return Object.assign(row, { keys: keys.map(key => (key === null ? null : String(key))) });
  });
}

/** Memoised by argument-object identity, as in `listPlan`. */
const compiledQueries = new WeakMap<object, { selected: ReadonlySet<string>; query: SqlQuery }>();

/**
 * Returns the statement of groups:
 *
 *     select (p.status)::text collate "C" as k0, substr(p.started_day, 1, 4)::int as k1, count(*)::int as count
 *     from "partnership" p where p.kind = $1 group by 1, 2 having count(*) >= $2
 *     order by 1 asc nulls last, 2 asc nulls last limit 1001
 */
function groupQuery<D extends string, Row extends object>(
  em: EntityManager,
  { listing, dimensions, aggregates }: Grouping<D, Row>,
  { by, on, filter, having, orderBy, first }: GroupArgs<D>,
  selected: ReadonlySet<string>,
): SqlQuery {
  if (by.length < 1 || by.length > MAX_DIMENSIONS || new Set(by).size < by.length) {
    throw new InputError(
      by.length
        ? message('GROUP_DIMENSIONS', { limit: MAX_DIMENSIONS, value: by.join(', ') })
        : message('GROUP_DIMENSIONS_MISSING', { limit: MAX_DIMENSIONS }),
    );
  }
  checkFirst(first);
  const row = raw(listing.alias);
  const groupedBy = by.map(name => dimensions[name]);
  const keys = groupedBy.map((dimension, i) => sql`${keyText(dimension, row, on ?? undefined)} as ${raw(`k${i}`)}`);
  const numbers = groupedBy.map((_, i) => raw(String(i + 1)));
  const selectedAggregates = Object.entries(aggregates).filter(([field]) => selected.has(field));
  const columns = [
    ...keys,
    sql`count(*)::int as count`,
    ...selectedAggregates.map(([field, of]) => sql`${of(row)} as ${raw(`"${field}"`)}`),
  ];
  const joins = [
    ...new Map(
      groupedBy.flatMap(dimension =>
        dimension.join ? [[dimension.join(row).text, dimension.join(row)] as const] : [],
      ),
    ).values(),
  ];
  const where = filter && listing.filter ? predicate(listing.filter, filter, row) : sql`true`;
  const condition = (having && numberCondition(sql`count(*)`, having)) ?? sql`true`;
  const direction = raw(orderBy?.direction === OrderDirection.DESC ? 'desc' : 'asc');
  const byKeys = numbers.map(
    number => sql`${number} ${orderBy?.field === GroupOrderField.COUNT ? raw('asc') : direction} nulls last`,
  );
  const order = orderBy?.field === GroupOrderField.COUNT ? [sql`count(*) ${direction}`, ...byKeys] : byKeys;
  const { text, values } =
    sql`select ${join(columns)} from ${tableOf(em, listing.entity)} ${row} ${join([...joins, sql``], ' ')} where ${where} group by ${join(numbers)} having ${condition} order by ${join(order)} limit ${raw(String(first ?? MAX_GROUPS + 1))}`;
  return { text, values };
}
