import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Projection } from './projection.js';
import { cursorColumn, cursorProperties, ROW_NUMBER_COLUMN } from './row-properties.js';

/**
 * Returns a page with the references and lists of its records, in the order of the page:
 *
 *     select page."id", page."~0", "@dutch"."names" as "dutch.names"
 *     from (select *, row_number() over () as "~" from (…) page) page
 *     left join "authority" "@dutch" on "@dutch".id = page."dutch"
 *     order by page."~"
 *
 * @param cursorCount The number of cursor columns of the page.
 */
export function listWithJoins(page: Sql, projection: Projection, cursorCount: number): Sql {
  const { joins } = projection;
  if (!joins) return page;
  return sql`select ${ownColumns(projection, cursorCount)}, ${joins.columns} from (${withRowNumbers(page)}) page ${joins.from} order by page.${ROW_NUMBER_COLUMN}`;
}

/** Returns the columns of a page without the row number: `page."id", page."~0"`. */
export function ownColumns({ names }: Projection, cursorCount: number): Sql {
  return raw([...names, ...cursorProperties(cursorCount)].map(name => `page."${name}"`).join(', '));
}

/** Numbers the rows of a page, because a join may return them in any order. */
export function withRowNumbers(page: Sql): Sql {
  return sql`select *, row_number() over () as ${ROW_NUMBER_COLUMN} from (${page}) page`;
}

/** Returns records without an order, with their references and lists. */
export function withJoins(records: Sql, { joins }: Projection): Sql {
  return joins ? sql`select page.*, ${joins.columns} from (${records}) page ${joins.from}` : records;
}

/** Returns the columns of a row's position for its cursor: `, p.started_day::text as "~0", p.id::text as "~1"`. */
export function cursorColumns(expressions: readonly Sql[]): Sql {
  if (!expressions.length) return empty;
  return sql`, ${join(expressions.map((expression, index) => sql`${expression}::text as ${cursorColumn(index)}`))}`;
}
