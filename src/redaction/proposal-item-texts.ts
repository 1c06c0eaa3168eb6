import { FIELD_LABELS } from '../messages/field-labels.js';
import { REDACTABLE_FIELDS } from './fields.js';
import { type Rewrite, rewriterOf, type Stored, storeOf } from './proposal-versions.js';
import { REFERENCE, type Redaction } from './redaction.js';

/** The texts of a row. Whatever belongs to a column of it has its path. */
export interface ItemTexts extends Stored {
  place: string;
  /** True for the row of a report, whose place is the value that a reader doubts. */
  isReport: boolean;
  proposed: Record<string, unknown>;
  fields: { field: string }[];
  candidates: object[];
  problems: { rule: string; path: string[] }[];
}

/** The part of a problem before its column: `values`. */
const COLUMN_PLACE = 1;

const TEXT_FIELDS: ReadonlySet<string> = new Set(Object.values(REDACTABLE_FIELDS).flat());

const fieldOf = (path: string): string => path.split('.')[0] ?? '';

/** Returns a row without what is redacted; undefined if it holds nothing of it. */
export function rewrittenItem(item: ItemTexts, redaction: Redaction): ItemTexts | undefined {
  const { proposed, fields, candidates, problems } = item;
  const rewriteOf = rewriterOf(redaction, item);
  const names = columnNames(item, rewriteOf);
  const nameOf = (path: string) => names.get(path) ?? path;
  const values = Object.entries(proposed);
  const after = values.map(([path, value]): [string, unknown] => {
    const name = nameOf(path);
    const rewritten = rewriteAt(rewriteOf, name, value);
    return [name, rewriteKeys(key => rewriteOf(key, fieldOf(name)) as string, rewritten)];
  });
  const isSame = after.every(([path, value], index) => path === values[index]?.[0] && value === values[index]?.[1]);
  const problemsAfter = rewriteEach(problems, ['params'], ({ path }) => nameOf(path[COLUMN_PLACE] ?? ''), rewriteOf);
  const rewritten = {
    ...item,
    place: rewrittenPlace(item, redaction),
    proposed: isSame ? proposed : Object.fromEntries(after),
    fields: rewriteEach(fields, ['atBasis', 'now', 'proposed'], ({ field }) => field, rewriteOf),
    candidates: rewriteEach(candidates, ['matched'], () => 'names', rewriteOf),
    problems: names.size
      ? problemsAfter.map(problem => ({ ...problem, path: problem.path.map(nameOf) }))
      : problemsAfter,
  };
  const parts = ['place', 'proposed', 'fields', 'candidates', 'problems'] as const;
  return parts.every(part => rewritten[part] === item[part]) ? undefined : rewritten;
}

/** Redacts the place of a row. That of a report belongs to the field that the reader doubts, too. */
function rewrittenPlace({ place, isReport, fields, proposed, ...stored }: ItemTexts, redaction: Redaction): string {
  const doubted = isReport ? [...fields.map(({ field }) => field), ...Object.keys(proposed)] : [];
  const isCovered = ['place', ...doubted].some(path => redaction.coversField(fieldOf(path)));
  return isCovered ? (redaction.rewrite(place, storeOf(stored), undefined, 'place') as string) : place;
}

/**
 * Redacts the names of columns that the register does not have, which are texts of the file. Returns the new names by the old
 * ones. An empty cell of such a column is no problem of the row.
 */
function columnNames({ proposed, problems }: ItemTexts, rewriteOf: Rewrite): Map<string, string> {
  const unknown = new Set(
    problems.flatMap(({ rule, path }) => (rule === 'ROW_COLUMN_UNKNOWN' ? path.slice(COLUMN_PLACE) : [])),
  );
  const isUnknown = (path: string) =>
    unknown.has(path) || ((proposed[path] ?? '') === '' && !Object.hasOwn(FIELD_LABELS, fieldOf(path)));
  // A problem may name a column without a value in the row.
  const names = [...new Set([...Object.keys(proposed).filter(isUnknown), ...unknown])].map((path): [string, string] => [
    path,
    rewriteOf(path, 'proposed') as string,
  ]);
  return new Map(names.filter(([path, name]) => name !== path));
}

/** Redacts the names of members of a value, but for those that the register has; returns the same value if it has none. */
function rewriteKeys(rewriteKey: (key: string) => string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const isMember = (key: string) => Array.isArray(value) || Object.hasOwn(FIELD_LABELS, key);
  const before = Object.entries(value);
  const after = before.map(([key, item]): [string, unknown] => [
    isMember(key) ? key : rewriteKey(key),
    rewriteKeys(rewriteKey, item),
  ]);
  if (after.every(([key, item], index) => key === before[index]?.[0] && item === before[index]?.[1])) return value;
  return Array.isArray(value) ? after.map(([, item]) => item) : Object.fromEntries(after);
}

/** Redacts members of objects that belong to a column; returns the same objects if they hold nothing of it. */
function rewriteEach<Item extends object>(
  items: Item[],
  members: readonly string[],
  pathOf: (item: Item) => string,
  rewriteOf: Rewrite,
): Item[] {
  const after = items.map(item => {
    const texts = Object.entries(item).filter(([name]) => members.includes(name));
    const changed = texts
      .map(([name, value]): [string, unknown] => [name, rewriteAt(rewriteOf, pathOf(item), value)])
      .filter(([, value], index) => value !== texts[index]?.[1]);
    return changed.length ? { ...item, ...Object.fromEntries(changed) } : item;
  });
  return after.every((item, index) => item === items[index]) ? items : after;
}

/**
 * Redacts a value of a column. Ids of records stay in columns that have no texts of people; a text that only looks like one
 * does not.
 */
function rewriteAt(rewriteOf: Rewrite, path: string, value: unknown): unknown {
  const field = fieldOf(path);
  return rewriteOf(value, field, TEXT_FIELDS.has(field) ? '' : REFERENCE);
}
