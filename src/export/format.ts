import type { LogPosition } from '../change/cursor.js';
import { ATTRIBUTION, ATTRIBUTION_COLUMN } from './attribution.js';
import type { DataPackage } from './descriptor.js';

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

/** The type of a column: that of its fact in the API, or of the first or last day that a partial date can mean. */
export type ColumnType =
  | 'text'
  | 'partialDate'
  | 'day'
  | 'instant'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'texts'
  | 'records';

/** A column of a file. */
export interface Column {
  /** The path of the fact in the API, such as `dutch.names.zh`. */
  name: string;
  type: ColumnType;
  /** The members of the records inside a cell, if they are records. */
  members?: Readonly<Record<string, 'text' | 'texts'>>;
}

/** The rows of a list. */
export interface List {
  /** The name of the list: `partnerships`. */
  name: string;
  columns: Column[];
  /** True if a geometry follows the values of the columns. */
  hasGeometry: boolean;
  pages: AsyncIterable<ExportRow[]>;
}

/** The input of a format: the rows of a list and their metadata. */
export interface Content extends List {
  /** Lists that belong to the first one, of the same snapshot, to be read in this order: the sources of its records. */
  others: List[];
  /** The state of the register; equal positions give equal bytes. */
  position: Position;
  /** The filter as the client wrote it. */
  filter: string | null;
  /** The past moment that the file is about, as the client wrote it; undefined for the present. */
  knownAt?: string | undefined;
  /** For formats with separated columns. */
  separator?: Separator | undefined;
  /** The description of all lists, for a file that has them all. */
  descriptor?: DataPackage | undefined;
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
  /** Set if it writes geometries: `required` formats are not available for a table without them. */
  geometry?: 'required' | 'optional';
  /** Is read as a table: partial dates have their first and last day beside them, differences a row for each field. */
  isTabular?: true;
  /** Writes the sources of the records as a second list with `provenance=true`. */
  hasSources?: true;
  /** The file is compressed in itself: no content coding would make it smaller. */
  isCompressed?: true;
  /** The client can choose the separator of its columns. */
  isSeparated?: true;
  /** Maximum number of records in a file. */
  maxRecords?: number;
  write(content: Content): AsyncIterable<string | Uint8Array>;
}

/** The text between the items of a list in a cell. */
export const LIST_SEPARATOR = '; ';

/** Converts a value to a cell of a flat format; lists are joined. */
export function flatCell(value: Value | undefined): string | number | boolean | null {
  return Array.isArray(value) ? value.join(LIST_SEPARATOR) || null : (value ?? null);
}

/** Returns the header row of a row format. */
export const headers = (columns: readonly Column[]): string[] => [
  ...columns.map(({ name }) => name),
  ATTRIBUTION_COLUMN,
];

/** Returns the cells of one row, in the order of `headers`. */
export const cells = (row: ExportRow): (string | number | boolean | null)[] => [...row.map(flatCell), ATTRIBUTION];
