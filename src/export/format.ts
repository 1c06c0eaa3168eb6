import type { LogPosition } from '../change/cursor.js';
import { ATTRIBUTION, ATTRIBUTION_COLUMN } from './attribution.js';

/** The value of a cell; null is unknown. Objects are records inside a cell, such as one status period. */
export type Value = string | number | boolean | null | string[] | object[];

/** One exported record: its values in the order of the columns, followed by its geometry in a spatial format. */
export type ExportRow = Value[];

/** The newest change that an export contains. */
export interface Position extends LogPosition {
  /** RFC 3339, in UTC. */
  recordedAt: string;
  /** The id of the newest redaction in the present, of an export of the past; null if there is none. */
  redactionId?: number | null;
}

/** The separator of the columns of a text file. */
export const SEPARATOR_NAMES = ['comma', 'semicolon'] as const;
export type Separator = (typeof SEPARATOR_NAMES)[number];

/** The input of a format: the rows of one table and their metadata. */
export interface Content {
  /** The table's name: `partnerships`. */
  name: string;
  /** The names of the columns: the paths of the facts in the API, such as `dutch.names.zh`. */
  columns: string[];
  pages: AsyncIterable<ExportRow[]>;
  /** The state of the register; equal positions give equal bytes. */
  position: Position;
  /** The filter as the client wrote it. */
  filter: string | null;
  /** The past moment that the file is about, as the client wrote it; undefined for the present. */
  knownAt?: string | undefined;
  /** For formats with separated columns. */
  separator?: Separator | undefined;
}

/** A file format. */
export interface Format {
  /** The file extension, such as `csv`. */
  extension: string;
  mediaType: string;
  /** Cells cannot contain records: such columns are written as text. */
  isFlat?: true;
  /** Writes the columns for Wikidata, and is not available for a table without them. */
  isForWikidata?: true;
  /** Writes geometries, and is not available for a table without them. */
  isSpatial?: true;
  /** The file is compressed in itself: no content coding would make it smaller. */
  isCompressed?: true;
  /** The client can choose the separator of its columns. */
  isSeparated?: true;
  /** Maximum number of records in a file. */
  maxRecords?: number;
  write(content: Content): AsyncIterable<string | Uint8Array>;
}

/** Converts a value to a cell of a flat format; lists are joined by semicolons. */
export function flatCell(value: Value | undefined): string | number | boolean | null {
  return Array.isArray(value) ? value.join('; ') || null : (value ?? null);
}

/** Returns the header row of a row format. */
export const headers = (columns: readonly string[]): string[] => [...columns, ATTRIBUTION_COLUMN];

/** Returns the cells of one row, in the order of `headers`. */
export const cells = (row: ExportRow): (string | number | boolean | null)[] => [...row.map(flatCell), ATTRIBUTION];
