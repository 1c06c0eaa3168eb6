import { ATTRIBUTION, ATTRIBUTION_COLUMN } from './attribution.js';
import type { Position } from './snapshot.js';
import type { Column, ExportRow, Value } from './table.js';

/** What a format writes: the rows of one table, and what there is to say of them. */
export interface Content {
  /** The table's name: `partnerships`. */
  name: string;
  columns: Column[];
  pages: AsyncIterable<ExportRow[]>;
  /** What was read: equal positions mean equal bytes. */
  position: Position;
  /** The client's words for which records, if any. */
  filter: string | null;
}

/** A way to write an export. */
export interface Format {
  /** After the dot: `csv`. */
  extension: string;
  mediaType: string;
  /** It writes places, and refuses a table that has none. */
  places?: true;
  /** How many records a file may hold. */
  most?: number;
  /** The file, piece by piece; a piece is made when it is asked for. */
  write(content: Content): AsyncIterable<string | Buffer>;
}

const SEPARATOR = '; ';

/** A cell for formats that hold no lists: what stands in one is joined, with a semicolon between. */
export function flat({ entry }: Column, value: Value): string | number | boolean | null {
  if (!Array.isArray(value)) return value;
  return value.map(one => (typeof one === 'string' ? one : entry(one))).join(SEPARATOR) || null;
}

/** The heads of formats of rows. */
export function heads(columns: readonly Column[]): string[] {
  return [...columns.map(({ name }) => name), ATTRIBUTION_COLUMN];
}

/** The cells of one row, in the order of `heads`. */
export function cells(columns: readonly Column[], row: ExportRow): (string | number | boolean | null)[] {
  return [...columns.map((its, i) => flat(its, row[i] as Value)), ATTRIBUTION];
}
