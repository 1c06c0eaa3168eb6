import sql, { join, raw, type Sql } from 'sql-template-tag';
import { flatCell, type Value } from '../export/format.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { isTextOf } from './cell-values.js';
import type { ProposalConcept } from './concept.js';
import { isSameValue } from './leaf.js';

/** The values of a record as the exports have them, by path, and its version. */
export interface PresentRecord {
  version: number;
  values: Readonly<Record<string, unknown>>;
  /** The texts that flat exports have in the place of records inside a cell. */
  texts: Readonly<Record<string, unknown>>;
}

/**
 * Reads the present values of records, as an export reads them; one statement:
 *
 *     select p.id, p.version, json_build_array(p.id, d.id, …) as values, json_build_array(…) as texts
 *     from partnership p join … where p.id = any($1)
 *
 * @param comment The beginning of the statement: the same text has the same plan.
 */
export async function presentRecords(
  em: Fork,
  { table, extraColumns = [] }: ProposalConcept,
  ids: readonly string[],
  comment = '',
): Promise<Map<string, PresentRecord>> {
  if (ids.length === 0) return new Map();
  const columns = [...table.columns.filter(({ provenance }) => !provenance), ...extraColumns];
  const flat = columns.filter(({ text }) => text);
  const row = raw(table.listing.alias);
  const array = (values: Sql[]) => (values.length ? sql`json_build_array(${join(values)})` : sql`'[]'::json`);
  const rows = await queryRows<{ id: string; version: number; values: unknown[]; texts: unknown[] }>(
    em,
    sql`${raw(comment)} select ${row}.id, ${row}.version, ${array(columns.map(({ value }) => value))} as values,
      ${array(flat.map(({ text }) => text as Sql))} as texts
      from ${table.from} where ${row}.id = any(${[...ids]}::text[])`,
  );
  const named = (names: readonly { name: string }[], values: unknown[]) =>
    Object.fromEntries(names.map(({ name }, index) => [name, values[index] ?? null]));
  return new Map(
    rows.map(({ id, version, values, texts }) => [
      id,
      { version, values: named(columns, values), texts: named(flat, texts) },
    ]),
  );
}

/**
 * Returns whether a cell of a file is what an export has for a value: as JSON, as the text of a flat file, or as a number in
 * another notation.
 */
export function isUnedited(cell: unknown, path: string, { values, texts }: PresentRecord): boolean {
  const now = values[path];
  const isPlain = !Array.isArray(now) || now.every(item => typeof item !== 'object');
  // Only some columns have a text of their own: an empty cell is not the text of any other.
  if (isSameValue(cell, now) || (path in texts && isSameValue(cell, texts[path]))) return true;
  if (!isPlain) return false;
  if (typeof now === 'number' && typeof cell === 'string' && isTextOf(cell, now)) return true;
  const text = flatCell((now ?? null) as Value);
  return text !== null && String(text) === cell;
}
