import { raw, type Sql } from 'sql-template-tag';
import type { ListDefinition } from '../graph/list/list-definition.js';
import type { Column } from './format.js';

/** One column of an export. */
export interface ExportColumn extends Pick<Column, 'name' | 'members'> {
  /** Its type, if the API has no fact at the path that is its name. */
  type?: Column['type'];
  /** An expression over the table's `from`. */
  value: Sql;
  /** Included only with `provenance=true`. */
  provenance: boolean;
  /** Alternative expression for flat formats: all records of the cell as one text. */
  text?: Sql;
  /** The column of the partial date whose first or last day it is. */
  dayOf?: string;
}

/** Describes a concept as a flat table with one row per record; independent of the format. */
export interface ExportTable {
  /** The name in the URL, such as `partnerships`. */
  name: string;
  listing: Pick<ListDefinition<object>, 'alias' | 'filter' | 'orders' | 'defaultOrder'>;
  /** The table under the alias of the listing, with the joins of its columns; joins must not multiply rows. */
  from: Sql;
  columns: ExportColumn[];
  /** The parameters that it accepts, if they are not those of a list of the API. */
  parameters?: readonly string[];
  /** The columns for Wikidata: the items of both sides, the dates, the addresses of the sources. */
  wikidata?: ExportColumn[];
  /** The GeoJSON geometry of a record or null; omitted for a concept without locations. */
  geometry?: Sql;
  /** Which citations belong to a record, over `cited`; omitted for rows without sources. */
  citations?: Sql;
}

/** Declares a column. */
export function exportColumn(name: string, value: string | Sql, extra: Partial<ExportColumn> = {}): ExportColumn {
  return {
    name,
    value: typeof value === 'string' ? raw(value) : value,
    provenance: false,
    ...extra,
  };
}

/** Declares a column that counts records of other lists. */
export const countColumn = (name: string, value: string): ExportColumn =>
  exportColumn(name, value, { type: 'integer' });

/** Declares columns that read the database column of the same name in snake case. */
export function columns(alias: string, ...names: string[]): ExportColumn[] {
  return names.map(name =>
    exportColumn(name, `${alias}.${name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`),
  );
}

/** The text that makes a year or a month its first day: `-01-01`, `-01`. */
const firstDay = (date: string): string => `${date} || substr('-01-01', length(${date}) - 3)`;
/** The last day of a month depends on the month; PostgreSQL knows its length. */
const lastDay = (date: string): string => `case length(${date}) when 4 then ${date} || '-12-31'
  when 7 then to_char((${date} || '-01')::date + interval '1 month -1 day', 'YYYY-MM-DD') else ${date}::text end`;

/**
 * Declares columns of partial dates as `columns` does, each with the first and the last day that the date can mean, for
 * programs that only know days: `startedOn`, `startedOn.earliest`, `startedOn.latest`.
 */
export function dateColumns(alias: string, ...names: string[]): ExportColumn[] {
  return columns(alias, ...names).flatMap(column => {
    const day = (bound: string, value: string) =>
      exportColumn(`${column.name}.${bound}`, value, { type: 'day', dayOf: column.name });
    const date = column.value.sql;
    return [column, day('earliest', firstDay(date)), day('latest', lastDay(date))];
  });
}

/** Declares a column per language: `names.nl`, `names.en`, `names.zh` and the given others. */
export function exportNames(path: string, texts: string, ...languages: string[]): ExportColumn[] {
  return ['nl', 'en', 'zh', ...languages].map(language =>
    exportColumn(`${path}.${language}`, `${texts}->>'${language}'`),
  );
}
