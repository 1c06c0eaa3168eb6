import { ATTRIBUTION, ATTRIBUTION_COLUMN } from './attribution.js';

/** What a cell holds; null is unknown. Objects are records inside a cell, such as one period of a status. */
export type Value = string | number | boolean | null | string[] | object[];

/** One exported record: its values in the order of the columns, and its geometry behind them where that is asked for. */
export type ExportRow = Value[];

/** The newest change that an export holds. */
export interface Position {
  /** 0 when there is none. */
  id: number;
  /** RFC 3339, in UTC. */
  recordedAt: string;
}

/** What a format writes: the rows of one table, and what there is to say of them. */
export interface Content {
  /** The table's name: `partnerships`. */
  name: string;
  /** The names of the columns: the paths of the facts in the API, such as `dutch.names.zh`. */
  columns: string[];
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
  /** Its cells hold no records: columns of records come as text. */
  flat?: true;
  /** It writes places, and refuses a table that has none. */
  isSpatial?: true;
  /** How many records a file may hold. */
  maxRecords?: number;
  write(content: Content): AsyncIterable<string | Uint8Array>;
}

/** A cell of a flat format: what stands in a list is joined, with a semicolon between. */
export function flat(value: Value | undefined): string | number | boolean | null {
  return Array.isArray(value) ? value.join('; ') || null : (value ?? null);
}

/** The heads of formats of rows. */
export const headers = (columns: readonly string[]): string[] => [...columns, ATTRIBUTION_COLUMN];

/** The cells of one row, in the order of `heads`. */
export const cells = (row: ExportRow): (string | number | boolean | null)[] => [...row.map(flat), ATTRIBUTION];
