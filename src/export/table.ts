import sql, { join, raw, type Sql } from 'sql-template-tag';
import { predicate } from '../graph/list/filter.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { type OrderItem, orderClause, sortKeys } from '../graph/list/order.js';
import type { Format } from './format.js';

/** One column of an export. */
export interface Column {
  /** The path of the fact in the API: `startedOn`, `dutch.names.zh`. */
  name: string;
  /** An expression over the table's `from`. */
  value: Sql;
  /** Only there when provenance is asked for. */
  provenance: boolean;
  /** Of a column of records: all of them as one text, for formats whose cells hold no more. */
  text?: Sql;
}

/** A concept as a flat table: one row a record, whatever the format. */
export interface ExportTable {
  /** In the address: `partnerships`. */
  name: string;
  listing: Pick<ListDefinition<object>, 'alias' | 'filter' | 'orders' | 'defaultOrder'>;
  /** The table under the alias of the listing, and whatever its columns need joined to it, one row each. */
  from: Sql;
  columns: Column[];
  /** Where a record lies, as a GeoJSON geometry or null; left out by a concept without places. */
  geometry?: Sql;
}

/** Declares a column. */
export function column(name: string, value: string | Sql, extra: Partial<Column> = {}): Column {
  return {
    name,
    value: typeof value === 'string' ? raw(value) : value,
    provenance: false,
    ...extra,
  };
}

/** Columns whose expression is a column of the database of the same name, in snake case. */
export function columns(alias: string, ...names: string[]): Column[] {
  return names.map(name => column(name, `${alias}.${name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`));
}

/** Names in each language: `names.nl`, `names.en`, `names.zh` and, where asked for, others. */
export function names(path: string, texts: string, ...languages: string[]): Column[] {
  return ['nl', 'en', 'zh', ...languages].map(language => column(`${path}.${language}`, `${texts}->>'${language}'`));
}

/** What is exported: which records, in which order, with which columns, how written. */
export interface ExportSelection {
  table: ExportTable;
  filter: object | null;
  orderBy: OrderItem[] | null;
  provenance: boolean;
  format: Format;
}

/** The columns of an export, in their order. */
export function selectedColumns({ table, provenance }: ExportSelection): Column[] {
  return table.columns.filter(its => provenance || !its.provenance);
}

/** The statements of an export. */
export interface Statements {
  /** Gives each record as one JSON array, `row`: a fifth faster to read than as many columns. */
  rows: Sql;
  count: Sql;
}

/**
 * The SQL of an export.
 *
 * @throws InputError for a filter or an order that breaks a rule, as the API would.
 */
export function statementsOf(selection: ExportSelection): Statements {
  const { table, filter, orderBy, format } = selection;
  const { listing, from } = table;
  const row = raw(listing.alias);
  const where = filter && listing.filter ? predicate(listing.filter, filter, row) : sql`true`;
  const steps = sortKeys(orderBy?.length ? orderBy : listing.defaultOrder, listing.orders, row);
  const values = selectedColumns(selection).map(({ value, text }) => (format.flat && text) || value);
  if (format.isSpatial && table.geometry) values.push(table.geometry);
  return {
    rows: sql`select json_build_array(${join(values)}) as row from ${from} where ${where} order by ${orderClause(steps, false)}`,
    count: sql`select count(*)::int as total from ${from} where ${where}`,
  };
}
