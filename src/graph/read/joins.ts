import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Projection } from './projection.js';

/**
 * A list with what its records refer to; the place of each in the list is kept.
 *
 * @param places How many columns say where a row stands in its list.
 */
export function listWithJoins(list: Sql, projection: Projection, places: number): Sql {
  const { joins } = projection;
  if (!joins) return list;
  return sql`select ${ownColumns(projection, places)}, ${joins.columns} from (${withRowNumbers(list)}) page ${joins.from} order by page."~"`;
}

/** The columns of a page without the number of each row. */
export function ownColumns({ names }: Projection, places: number): Sql {
  const all = [...names, ...Array.from({ length: places }, (_, i) => `~${i}`)];
  return raw(all.map(name => `page."${name}"`).join(', '));
}

/** A page with a number for each row, since a join may give them in any order. */
export function withRowNumbers(page: Sql): Sql {
  return sql`select *, row_number() over () as "~" from (${page}) page`;
}

/** Records in no order, with what they refer to. */
export function withJoins(records: Sql, { joins }: Projection): Sql {
  return joins ? sql`select page.*, ${joins.columns} from (${records}) page ${joins.from}` : records;
}

/** Columns that say where a row stands in its list, for its cursor: `~0`, `~1`, …. */
export function cursorColumns(expressions: readonly Sql[]): Sql {
  return expressions.length
    ? sql`, ${join(expressions.map((one, i) => sql`${one}::text as ${raw(`"~${i}"`)}`))}`
    : empty;
}
