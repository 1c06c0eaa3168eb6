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

/** Returns a value of a column, which can be a nested record. */
const cellOf = (value: unknown): unknown => (value?.constructor === Object ? nullIfUnknown(value as Nested) : value);

/** The shape of a record by its names: the index of a column, or the shape of a nested record. */
type Shape = Map<string, number | Shape>;

/** Returns the shape of the API: the column `dutch.names.zh` is `{dutch: {names: {zh}}}`. */
function shapeOf(columns: readonly Pick<Column, 'name'>[]): Shape {
  const shape: Shape = new Map();
  for (const [index, { name }] of columns.entries()) {
    const path = name.split('.');
    const last = path.pop() as string;
    let target = shape;
    for (const part of path) {
      const nested = (target.get(part) as Shape | undefined) ?? new Map();
      target.set(part, nested);
      target = nested;
    }
    target.set(last, index);
  }
  return shape;
}

/** Returns null for a record that has unknown values only. */
function recordOfShape(shape: Shape, row: ExportRow): Nested | null {
  const record: Nested = {};
  let hasValue = false;
  for (const [name, part] of shape) {
    const value = typeof part === 'number' ? cellOf(row[part]) : recordOfShape(part, row);
    record[name] = value;
    if (value !== null) hasValue = true;
  }
  return hasValue ? record : null;
}

/** Returns the function that converts a row with these columns to the object of its line. */
export function recordWriter(columns: readonly Pick<Column, 'name'>[]): (row: ExportRow) => object {
  const shape = shapeOf(columns);
  return row => Object.assign(recordOfShape(shape, row) ?? {}, { [ATTRIBUTION_COLUMN]: ATTRIBUTION });
}

export const ndjson: Format = {
  extension: 'ndjson',
  mediaType: 'application/x-ndjson; charset=utf-8',
  async *write({ columns, pages }) {
    const recordOf = recordWriter(columns);
    for await (const page of pages) yield page.map(row => `${JSON.stringify(recordOf(row))}\n`).join('');
  },
};
