import type { SchemaElement } from 'hyparquet-writer';
import type { Column, ColumnType, Value } from './format.js';

const TEXT: Partial<SchemaElement> = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };

/** The types of Parquet; lists are groups of several elements. */
const ELEMENTS: Readonly<Record<Exclude<ColumnType, 'texts' | 'records'>, Partial<SchemaElement>>> = {
  text: TEXT,
  partialDate: TEXT,
  day: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
};

const optional = (name: string, element: Partial<SchemaElement>): SchemaElement => ({
  name,
  repetition_type: 'OPTIONAL',
  ...element,
});

/** Returns a list in the form of the specification: an optional group, a repeated one, and the element. */
const listOf = (name: string, element: SchemaElement[]): SchemaElement[] => [
  optional(name, { converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 }),
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  ...element,
];

const textList = (name: string) => listOf(name, [optional('element', TEXT)]);

/** The name of the column of geometries, and its element: well-known binary, as GeoParquet has it. */
export const GEOMETRY: SchemaElement & { name: string } = {
  name: 'geometry',
  type: 'BYTE_ARRAY',
  repetition_type: 'OPTIONAL',
};

/** Returns the elements of a column, groups before their members. */
export function schemaElements({ name, type, members = {} }: Column): SchemaElement[] {
  if (type === 'texts') return textList(name);
  if (type !== 'records') return [optional(name, ELEMENTS[type])];
  const fields = Object.entries(members);
  const record = optional('element', { num_children: fields.length });
  return listOf(name, [
    record,
    ...fields.flatMap(([member, of]) => (of === 'texts' ? textList(member) : [optional(member, TEXT)])),
  ]);
}

const DAY_MS = 86_400_000;

/** Returns the function that converts the JSON values of a column to those that the writer takes. */
export function valuesOf({ type }: Column): (value: Value | undefined) => unknown {
  if (type === 'day') return value => (value == null ? null : Date.parse(`${value}`) / DAY_MS);
  if (type === 'instant') return value => (value == null ? null : new Date(`${value}`));
  return value => value ?? null;
}
