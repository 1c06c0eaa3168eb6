import { raw, type Sql } from 'sql-template-tag';
import type { JsonList } from '../execute/json-list.js';

/**
 * The hidden properties of a row, all of them named here. They begin with `~`, as no property of an entity does, and
 * are never part of a response.
 *
 * | property  | set by                  | holds                                                                |
 * | --------- | ----------------------- | -------------------------------------------------------------------- |
 * | `~`       | `withRowNumbers`        | the number of the row in its page, by which joined rows are ordered  |
 * | `~0`, `~1`| `cursorColumns`         | the values of the sort keys, as text: the position that a cursor has |
 * | `~total`  | `countQuery`            | the length of the whole list, next to its page                       |
 * | `~list0`  | `StatementBuilder`      | an eager list as JSON                                                |
 * | `~record` | `foundProjection`       | the record that a search document stands for, as JSON                |
 * | `~<JSON>` | `assemble`              | the rows of an eager list, under the key of the bound list           |
 */
type HiddenProperties = Record<string, unknown>;

const hidden = (row: object): HiddenProperties => row as HiddenProperties;

/** Returns a hidden property as a column of SQL: `"~0"`. */
const column = (property: string): Sql => raw(`"${property}"`);

const ROW_NUMBER = '~';
export const ROW_NUMBER_COLUMN = column(ROW_NUMBER);

/** Returns whether a statement that adds the count of the list gave a row of the page: an empty page has none. */
export const hasRowNumber = (row: object): boolean => hidden(row)[ROW_NUMBER] !== null;

const TOTAL = '~total';
export const TOTAL_COLUMN = column(TOTAL);
export const totalOf = (row: object | undefined): number => (row ? hidden(row)[TOTAL] : 0) as number;

/** An order has at most four fields and a tiebreaker. */
const CURSOR_PROPERTIES = ['~0', '~1', '~2', '~3', '~4'] as const;

/** Returns the names of the columns that hold a position of so many sort keys. */
export const cursorProperties = (count: number): readonly string[] => CURSOR_PROPERTIES.slice(0, count);
export const cursorColumn = (index: number): Sql => column(CURSOR_PROPERTIES[index] as string);

/** Returns the value of one sort key in the position of a row, as text. */
export const cursorValue = (row: object, index: number): string =>
  hidden(row)[CURSOR_PROPERTIES[index] as string] as string;

/** Returns the position of a row in a list of so many sort keys. */
export function positionOf(row: object, count: number): string[] {
  const position: string[] = [];
  for (let index = 0; index < count; index += 1) position.push(cursorValue(row, index));
  return position;
}

/** Returns the name of the column that holds the n-th eager list of a statement. */
export const eagerListColumn = (index: number): string => `~list${index}`;

const RECORD = '~record';
export const RECORD_COLUMN = column(RECORD);

/** Returns the record that a row stands for; null or `undefined` if it was not fetched with the row. */
export const eagerRecordOf = (row: object): object | null | undefined =>
  hidden(row)[RECORD] as object | null | undefined;

/** Returns the name of the property under which a record holds the rows of an eager list. */
export const eagerRowsProperty = (key: string): string => `~${key}`;

/** Returns the rows of an eager list, or `undefined` if it was not fetched with its record. */
export const eagerRowsOf = <Row>(record: object, property: string): Row[] | JsonList | undefined =>
  hidden(record)[property] as Row[] | JsonList | undefined;
