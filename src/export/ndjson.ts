import { ATTRIBUTION, ATTRIBUTION_COLUMN } from './attribution.js';
import type { ExportRow, Format } from './format.js';

type Nested = { [name: string]: unknown };

/** A record that was put together of unknown values only is none: `parent: null`, as the API has it. */
function known(record: Nested): Nested | null {
  let anything = false;
  for (const [name, value] of Object.entries(record)) {
    if (value?.constructor === Object) record[name] = known(value as Nested);
    if (record[name] !== null) anything = true;
  }
  return anything ? record : null;
}

/** A row in the shape of the API: `dutch.names.zh` is a field of a field of a field. */
function nested(paths: readonly string[][], row: ExportRow): Nested | null {
  const record: Nested = {};
  for (const [index, path] of paths.entries()) {
    let at = record;
    for (const name of path.slice(0, -1)) {
      at[name] ??= {};
      at = at[name] as Nested;
    }
    at[path.at(-1) as string] = row[index];
  }
  return known(record);
}

export const ndjson: Format = {
  extension: 'ndjson',
  mediaType: 'application/x-ndjson; charset=utf-8',
  async *write({ columns, pages }) {
    const paths = columns.map(name => name.split('.'));
    for await (const page of pages) {
      yield page
        .map(row => `${JSON.stringify({ ...nested(paths, row), [ATTRIBUTION_COLUMN]: ATTRIBUTION })}\n`)
        .join('');
    }
  },
};
