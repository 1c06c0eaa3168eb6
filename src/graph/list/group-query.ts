import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import { tableOf } from '../sql/columns.js';
import type { Fork } from '../sql/fork.js';
import type { SqlQuery } from '../sql/sql-query.js';
import { predicate } from './filter.js';
import { type GroupArgs, type GroupOrder, GroupOrderField } from './group-args.js';
import { checkFirst, MAX_GROUPS } from './group-size.js';
import { type Dimension, type Grouping, groupKey } from './grouping.js';
import { numberCondition } from './operators.js';
import { OrderDirection } from './order.js';

const MAX_DIMENSIONS = 3;

/**
 * Returns the statement of groups:
 *
 *     select k0 as "status", k1 as "startedYear", count from (
 *       select (p.status)::text as k0, p.started_year as k1, count(*)::int as count
 *       from "partnership" p where p.kind = $1 group by 1, 2 having count(*) >= $2) groups
 *     order by k0 collate "C" asc nulls last, k1 asc nulls last limit 1001
 *
 * Rows are grouped by columns in their own collation, so that an index can count them; only the groups are sorted alike on
 * both databases.
 */
export function groupQuery<D extends string, Row extends object>(
  em: Fork,
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
  const selectedAggregates = Object.entries(aggregates).filter(([field]) => selected.has(field));
  const where = filter && listing.filter ? predicate(listing.filter, filter, row) : sql`true`;
  const from = sql`${tableOf(em, listing.entity)} ${row} ${joinsOf(groupedBy, row)} where ${where}`;
  const isHeld = (count: Sql) => (having && numberCondition(count, having)) ?? sql`true`;
  // Counts add up, other aggregates do not.
  const grouped =
    selectedAggregates.length === 0 && groupedBy.some(({ fold }) => fold)
      ? foldedGroups(groupedBy, from, row, on, isHeld)
      : groupedRows(
          groupedBy.map(dimension => asText(dimension, groupKey(dimension, row, on ?? undefined))),
          [
            sql`count(*)::int as count`,
            ...selectedAggregates.map(([field, of]) => sql`${of(row)} as ${raw(`"${field}"`)}`),
          ],
          from,
          isHeld(sql`count(*)`),
        );
  const named = [
    ...groupedBy.map(({ field }, index) => sql`${keyName(index)} as ${raw(`"${field}"`)}`),
    ...['count', ...selectedAggregates.map(([field]) => field)].map(field => raw(`"${field}"`)),
  ];
  const { text, values } =
    sql`select ${join(named)} from (${grouped}) groups order by ${groupOrder(groupedBy, orderBy)} limit ${raw(String(first ?? MAX_GROUPS + 1))}`;
  return { text, values };
}

const keyName = (index: number) => raw(`k${index}`);

/** Casts the values of text dimensions: those of domains and enums. */
const asText = ({ kind }: Dimension, value: Sql) => (kind === 'text' ? sql`(${value})::text` : value);

/** Returns the joins of dimensions, equal ones once. */
const joinsOf = (groupedBy: readonly Dimension[], row: Sql): Sql =>
  join(
    [
      ...new Map(
        groupedBy.flatMap(dimension => (dimension.join ? [dimension.join(row)] : [])).map(of => [of.text, of]),
      ).values(),
      empty,
    ],
    ' ',
  );

function groupedRows(keys: readonly Sql[], columns: readonly Sql[], from: Sql, having: Sql): Sql {
  const named = keys.map((key, index) => sql`${key} as ${keyName(index)}`);
  return sql`select ${join([...named, ...columns])} from ${from} group by ${join(keys.map((_, index) => raw(String(index + 1))))} having ${having}`;
}

/**
 * Counts rows by the values of their columns, which an index has, and then adds up the few groups:
 *
 *     select k0, k1 / 10 * 10 as k1, sum(count)::int as count from (
 *       select (p.status)::text as k0, p.started_year as k1, count(*) as count
 *       from "partnership" p where true group by 1, 2 having true) fine group by 1, 2 having sum(count) >= $1
 */
function foldedGroups(
  groupedBy: readonly Dimension[],
  from: Sql,
  row: Sql,
  on: string | null | undefined,
  isHeld: (count: Sql) => Sql,
): Sql {
  const values = groupedBy.map(dimension => asText(dimension, dimension.key(row, on ?? undefined)));
  const fine = groupedRows(values, [sql`count(*) as count`], from, sql`true`);
  const keys = groupedBy.map(({ fold }, index) => (fold ? fold(keyName(index)) : keyName(index)));
  return groupedRows(keys, [sql`sum(count)::int as count`], sql`(${fine}) fine`, isHeld(sql`sum(count)`));
}

function groupOrder(groupedBy: readonly Dimension[], orderBy: GroupOrder | null | undefined): Sql {
  const direction = raw(orderBy?.direction === OrderDirection.DESC ? 'desc' : 'asc');
  const isByCount = orderBy?.field === GroupOrderField.COUNT;
  const byKeys = groupedBy.map(
    ({ kind }, index) =>
      sql`${keyName(index)}${raw(kind === 'text' ? ' collate "C"' : '')} ${isByCount ? raw('asc') : direction} nulls last`,
  );
  return join(isByCount ? [sql`count ${direction}`, ...byKeys] : byKeys);
}
