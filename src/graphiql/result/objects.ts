import type { ReaderLanguage } from './format.js';
import { type ResultField, ResultObject, type ResultValue } from './typed-result.js';

/** Yields the fields with this name in the schema, regardless of their alias. */
export function* fieldsNamed(object: ResultObject, name: string): Iterable<ResultField> {
  for (const field of object.fields) if (field.fieldName === name) yield field;
}

/** Returns the first value of a field that is not null; fields without an `on` argument take precedence. */
export function firstValue(object: ResultObject, field: string): ResultValue {
  const values = [...fieldsNamed(object, field)].filter(({ value }) => value !== null);
  return (values.find(({ args }) => args.on === undefined) ?? values[0])?.value ?? null;
}

/** Returns a scalar as text; null if it is unknown or not selected. */
export function textOf(object: ResultObject, field: string): string | null {
  const value = firstValue(object, field);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

export function objectOf(object: ResultObject, field: string): ResultObject | null {
  const value = firstValue(object, field);
  return value instanceof ResultObject ? value : null;
}

/** Returns the objects of a list or connection, edges replaced by their nodes; a single object is returned as a list of one. */
export function objectsIn(value: ResultValue): ResultObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!(value instanceof ResultObject)) return [];
  if (!value.type.endsWith('Connection')) return [value];
  return value.fields
    .filter(({ fieldName }) => fieldName === 'nodes' || fieldName === 'edges')
    .flatMap(field => objectsIn(field.value))
    .map(member => (member.type.endsWith('Edge') ? (objectOf(member, 'node') ?? member) : member));
}

/** Yields every object of a result with its ancestors, nearest first; a parent precedes its children. */
export function* walkObjects(
  value: ResultValue,
  ancestors: readonly ResultObject[] = [],
): Iterable<[object: ResultObject, ancestors: readonly ResultObject[]]> {
  if (Array.isArray(value)) {
    for (const member of value) yield* walkObjects(member, ancestors);
  } else if (value instanceof ResultObject) {
    yield [value, ancestors];
    for (const field of value.fields) yield* walkObjects(field.value, [value, ...ancestors]);
  }
}

/** Name of a record in each language that the result contains. */
export interface DisplayName {
  nl: string | null;
  en: string | null;
  zh: string | null;
}

export function displayNameOf(object: ResultObject): DisplayName {
  const displayName: DisplayName = { nl: null, en: null, zh: null };
  const names = objectOf(object, 'names');
  for (const language of ['nl', 'en', 'zh'] as const) {
    displayName[language] = names && textOf(names, language);
    for (const field of ['name', 'title', 'label']) {
      for (const { args, value } of fieldsNamed(object, field)) {
        if (args.language === language.toUpperCase()) displayName[language] ??= value as string;
      }
    }
  }
  return displayName;
}

/** Returns the name in this language, or in the first language that has one. */
export function nameIn({ nl, en, zh }: DisplayName, language: ReaderLanguage): string | null {
  if (language === 'zh') return zh ?? en ?? nl;
  return (language === 'nl' ? (nl ?? en) : (en ?? nl)) ?? zh;
}

/** Returns a short label of a record: its name, the two sides of a partnership, or its id. */
export function labelOf(object: ResultObject, language: ReaderLanguage): string {
  const name = nameIn(displayNameOf(object), language);
  if (name) return name;
  const sides = ['dutch', 'chinese'].map(side => objectOf(object, side)).filter(side => side !== null);
  const names = sides.map(side => labelOf(side, language)).filter(name => name !== '');
  return names.join(' – ') || (textOf(object, 'id') ?? '');
}

/** Tells if an object is a record, not a connection or value object. */
export const hasId = (object: ResultObject): boolean => object.fields.some(({ fieldName }) => fieldName === 'id');
