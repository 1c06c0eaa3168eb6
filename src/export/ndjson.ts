import { ATTRIBUTION, ATTRIBUTION_COLUMN } from './attribution.js';
import type { Column, ExportRow, Format } from './format.js';

type Nested = { [name: string]: unknown };

/** Returns null for a nested record that has unknown values only, as the API does: `parent: null`. */
function nullIfUnknown(record: Nested): Nested | null {
  let hasValue = false;
  for (const [name, value] of Object.entries(record)) {
    if (value?.constructor === Object) record[name] = nullIfUnknown(value as Nested);
    if (record[name] !== null) hasValue = true;
  }
  return hasValue ? record : null;
}

/** Converts a row to the shape of the API: the column `dutch.names.zh` becomes `{dutch: {names: {zh}}}`. */
function nestedRecord(paths: readonly string[][], row: ExportRow): Nested | null {
  const record: Nested = {};
  for (const [index, path] of paths.entries()) {
    let target = record;
    for (const name of path.slice(0, -1)) {
      target[name] ??= {};
      target = target[name] as Nested;
    }
    target[path.at(-1) as string] = row[index];
  }
  return nullIfUnknown(record);
}

/** Returns the function that converts a row with these columns to the object of its line. */
export function recordWriter(columns: readonly Pick<Column, 'name'>[]): (row: ExportRow) => object {
  const paths = columns.map(({ name }) => name.split('.'));
  return row => ({ ...nestedRecord(paths, row), [ATTRIBUTION_COLUMN]: ATTRIBUTION });
}

export const ndjson: Format = {
  extension: 'ndjson',
  mediaType: 'application/x-ndjson; charset=utf-8',
  async *write({ columns, pages }) {
    const recordOf = recordWriter(columns);
    for await (const page of pages) yield page.map(row => `${JSON.stringify(recordOf(row))}\n`).join('');
  },
};
