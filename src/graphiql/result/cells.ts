import type { AliasLabel } from './column-labels.js';
import { BOOLEAN_WORDS, LANGUAGE_WORDS, TYPE_WORDS } from './field-words.js';
import type { ReaderLanguage } from './format.js';
import { HIDDEN_ID, translatedName } from './hidden-fields.js';
import type { Column, Row } from './table-data.js';
import type { ResultValue } from './typed-result.js';

/** One value of a cell, as a reader sees it. */
export interface CellPart {
  readonly text: string;
  /** Id of the record that the value names. */
  readonly record?: string | undefined;
  /** Address outside the register. */
  readonly url?: string | undefined;
}

/** Words that a cell takes from the code lists of the register. */
export interface CellWords {
  readonly language: ReaderLanguage;
  /** Text of a link to an address. */
  readonly link: string;
  /** Returns the label of a code; undefined if the type is no code list. */
  readonly enumLabel: (type: string, value: string) => string | undefined;
  readonly fieldLabel: (field: string) => string;
  /** Returns the label of an alias of the question; undefined if it has none. */
  readonly aliasLabel: AliasLabel;
}

/** Fields whose values are names of fields. */
const FIELD_NAMES = new Set(['supports', 'matchedOn', 'field']);
/** Fields that name the record that they are a field of. */
const NAMES = new Set(['name', 'label', 'title', 'id']);

const prefixOf = (name: string): string => name.slice(0, name.lastIndexOf('.') + 1);
const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Returns the ids of the records that a column names, in the shape of its values. */
function idsOf({ name, fields }: Column, { cells }: Row): ResultValue {
  const [parent, last] = [fields.at(-2), fields.at(-1) ?? ''];
  if (last === 'subjectLabel' || last === 'subjectId') return cells.get(`${prefixOf(name)}subjectId`) ?? null;
  const prefix = parent === 'names' ? prefixOf(prefixOf(name).slice(0, -1)) : prefixOf(name);
  if (parent === 'source' || !(NAMES.has(last) || parent === 'names')) return null;
  return cells.get(`${prefix}id`) ?? cells.get(prefix + HIDDEN_ID) ?? null;
}

function valueText(column: Column, value: ResultValue, words: CellWords): string {
  const { language } = words;
  const field = column.fields.at(-1) ?? '';
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return BOOLEAN_WORDS[`${value}`][language];
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  if (field === '__typename') return TYPE_WORDS[text]?.[language] ?? text;
  if (field === 'question' && column.fields.length === 1) return words.aliasLabel(text) ?? words.fieldLabel(text);
  if (FIELD_NAMES.has(field)) return words.fieldLabel(text);
  if (column.type === 'Language') return LANGUAGE_WORDS[text.toLowerCase()]?.[language] ?? text;
  return words.enumLabel(column.type, text) ?? text;
}

/** Returns the values of a cell in the language of the reader; a list has a part for each member that is known. */
export function cellParts(column: Column, row: Row, words: CellWords): CellPart[] {
  const translated = row.cells.get(prefixOf(column.name) + translatedName(lastOf(column.name)));
  const value = translated ?? row.cells.get(column.name) ?? null;
  const flat = (nested: ResultValue): ResultValue[] => (Array.isArray(nested) ? nested.flatMap(flat) : [nested]);
  const [values, ids] = [flat(value), flat(idsOf(column, row))];
  const isParallel = values.length === ids.length;
  return values.flatMap((member, index): CellPart[] => {
    const text = valueText(column, member, words);
    if (text === '') return [];
    // Addresses of the register have http or https; the pages of its records link both.
    if (/^https?:\/\/\S+$/i.test(text)) return [{ text: words.link, url: text }];
    const id = isParallel ? ids[index] : null;
    return [{ text, ...(typeof id === 'string' && { record: id }) }];
  });
}

/** Returns the text of a cell, as it is sorted, filtered and saved. */
export const partsText = (parts: readonly CellPart[]): string => parts.map(({ text, url }) => url ?? text).join('; ');
