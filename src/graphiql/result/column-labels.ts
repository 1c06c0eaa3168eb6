import { ANSWER_LABELS, LABEL_INDEX } from '../../questions/answer-labels.js';
import { LANGUAGE_WORDS } from './field-words.js';
import type { ColumnInfo } from './flatten.js';
import { formatDate, humanize, type ReaderLanguage } from './format.js';
import type { Table } from './table-data.js';

/** Fields whose value is what a record is called: its heading is that of the record. */
const NAMES = new Set(['name', 'names', 'label', 'title', 'subjectLabel']);

/** Returns the label of a field in the code list `Field`; undefined if the list does not have it. */
export type FieldLabel = (field: string) => string | undefined;

/** Returns the label of an alias of the question; undefined if it has none. */
export type AliasLabel = (alias: string) => string | undefined;

/** Labels a field, or a path of the log such as `names.zh`, in words. */
export function fieldWord(field: string, language: ReaderLanguage, labelOf: FieldLabel): string {
  const last = field.slice(field.lastIndexOf('.') + 1);
  return (
    ANSWER_LABELS[field]?.[LABEL_INDEX[language]] ??
    labelOf(field) ??
    ANSWER_LABELS[last]?.[LABEL_INDEX[language]] ??
    LANGUAGE_WORDS[last]?.[language] ??
    labelOf(last) ??
    last
  );
}

/**
 * Returns the words that tell a column from another one of the same field: its day, or its language if that is neither the
 * default nor that of the reader.
 */
function distinction({ args }: ColumnInfo, language: ReaderLanguage): string {
  const code = typeof args.language === 'string' ? args.language.toLowerCase() : 'en';
  const own = code === 'en' || code === language ? undefined : LANGUAGE_WORDS[code]?.[language];
  const day = typeof args.on === 'string' ? formatDate(args.on, language) : undefined;
  const parts = [own, day].filter(part => part !== undefined);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** Labels each field of a path: by its alias if that has a label. */
function pathWords(
  fields: readonly string[],
  path: readonly string[],
  language: ReaderLanguage,
  labelOf: FieldLabel,
  aliasOf: AliasLabel,
): string[] {
  return fields.map((field, index) => {
    const alias = path[index];
    return (alias !== undefined && alias !== field && aliasOf(alias)) || fieldWord(field, language, labelOf);
  });
}

/** Returns the words of a column, from the field itself outwards. */
function wordsOf(
  column: ColumnInfo & { readonly name: string },
  language: ReaderLanguage,
  labelOf: FieldLabel,
  aliasOf: AliasLabel,
): string[] {
  let fields = [...column.fields];
  let suffix = distinction(column, language);
  const last = fields.at(-1) ?? '';
  if (fields.at(-2) === 'names') {
    suffix = ` (${LANGUAGE_WORDS[last]?.[language] ?? fieldWord(last, language, labelOf)})`;
    fields = fields.slice(0, -1);
  }
  const ofRecord = fields.at(-1) ?? '';
  if (fields.length > 1 && NAMES.has(ofRecord)) fields = fields.slice(0, -1);
  const [own = '', ...outer] = pathWords(fields, column.name.split('.'), language, labelOf, aliasOf).reverse();
  return [own + suffix, ...outer];
}

/**
 * Returns the heading of each column by its name, in words: of the last field, and of as many fields before it as tell it from
 * the others. An alias tells two columns of one field apart.
 */
export function columnLabels(
  columns: readonly (ColumnInfo & { readonly name: string })[],
  language: ReaderLanguage,
  labelOf: FieldLabel,
  aliasOf: AliasLabel,
): Map<string, string> {
  const words = new Map(columns.map(column => [column.name, wordsOf(column, language, labelOf, aliasOf)]));
  const labels = new Map<string, string>();
  const depth = Math.max(0, ...[...words.values()].map(({ length }) => length));
  for (let count = 1; count <= depth; count += 1) {
    const candidates = [...words].map(([name, parts]) => [name, parts.slice(0, count).reverse().join(' · ')] as const);
    const uses = Map.groupBy(candidates, ([, label]) => label);
    for (const [name, label] of candidates)
      if (!labels.has(name) && uses.get(label)?.length === 1) labels.set(name, label);
  }
  for (const { name, fields } of columns) {
    const alias = name.slice(name.lastIndexOf('.') + 1);
    const suffix = alias === fields.at(-1) ? '' : ` (${aliasOf(alias) ?? alias})`;
    if (!labels.has(name)) labels.set(name, words.get(name)?.toReversed().join(' · ') + suffix);
  }
  return labels;
}

/** Returns the label of each list: the words of its fields, with an alias without a label where a query asks the same list twice. */
export function listLabels(
  tables: readonly Table[],
  language: ReaderLanguage,
  labelOf: FieldLabel,
  aliasOf: AliasLabel,
): Map<Table, string> {
  const wordsIn = ({ fields, path }: Table) => pathWords(fields, path, language, labelOf, aliasOf);
  const plain = (table: Table) => wordsIn(table).join(' › ');
  const uses = Map.groupBy(tables, plain);
  const own = (table: Table) =>
    wordsIn(table)
      .map((word, index) => {
        const alias = table.path[index] ?? '';
        return alias === table.fields[index] || aliasOf(alias) ? word : `${word} (${humanize(alias)})`;
      })
      .join(' › ');
  return new Map(tables.map(table => [table, (uses.get(plain(table))?.length ?? 0) > 1 ? own(table) : plain(table)]));
}
