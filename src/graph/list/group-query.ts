import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import { tableOf, textArray } from '../sql/columns.js';
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
 *
 * @param isLarge True for a list of so many rows that they are counted value by value where an index allows it.
 */
export function groupQuery<D extends string, Row extends object>(
  em: Fork,
  { listing, dimensions, aggregates }: Grouping<D, Row>,
  { by, on, filter, having, orderBy, first }: GroupArgs<D>,
  selected: ReadonlySet<string>,
  isLarge: boolean,
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
  // Counts add up, other aggregates do not.
  const isCounted = selectedAggregates.length === 0;
  const leading = isCounted && isLarge && !filter && !on ? leadingDimension(groupedBy) : undefined;
  const filtered = filter && listing.filter ? predicate(listing.filter, filter, row) : sql`true`;
  const where = leading ? sql`${leading.key(row)} = code.value` : filtered;
  const from = sql`${tableOf(em, listing.entity)} ${row} ${joinsOf(groupedBy, row)} where ${where}`;
  const isHeld = (count: Sql) => (having && numberCondition(count, having)) ?? sql`true`;
  const grouped =
    isCounted && (leading || groupedBy.some(({ fold }) => fold))
      ? foldedGroups(groupedBy, from, row, on, isHeld, leading?.values)
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

/** Returns the first dimension of an index that has all dimensions, if its values are known. */
function leadingDimension(groupedBy: readonly Dimension[]): Dimension | undefined {
  const leading = groupedBy.find(({ values }) => values);
  return groupedBy.every(dimension => dimension === leading || dimension.followsValues) ? leading : undefined;
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
 *
 * With the values of a column that leads an index, the rows of each value are counted by themselves. PostgreSQL then compares
 * one column less for each row: a fifth less for a large list, and a little more for a small one.
 *
 *     select fine.* from unnest('{ACTIVE,DORMANT}'::text[]) code(value) cross join lateral (
 *       select … from "partnership" p where p.status = code.value group by 1, 2 having true) fine
 */
function foldedGroups(
  groupedBy: readonly Dimension[],
  from: Sql,
  row: Sql,
  on: string | null | undefined,
  isHeld: (count: Sql) => Sql,
  leadingValues: readonly string[] | undefined,
): Sql {
  const columns = groupedBy.map(dimension => asText(dimension, dimension.key(row, on ?? undefined)));
  const counted = groupedRows(columns, [sql`count(*) as count`], from, sql`true`);
  const fine = leadingValues
    ? sql`select fine.* from unnest(${textArray(leadingValues)}) code(value) cross join lateral (${counted}) fine`
    : counted;
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
