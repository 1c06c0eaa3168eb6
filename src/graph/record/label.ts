import { type MaybePromise, mapMaybePromise } from '../execute/maybe-promise.js';
import { projectionOf } from '../read/projection.js';
import type { Fork } from '../sql/fork.js';
import { inOrder, loader } from '../sql/loader.js';
import { type Language, languageOf, nameIn, type StoredNames } from '../types/names.js';
import { type Identified, recordSourceOf } from './node.js';
import { type RecordSource, rowsById } from './record-loader.js';

/** The names of which a label is made, in order: one, or those of both sides of a partnership. */
export type Label = readonly StoredNames[];

/** Joins the names of a label: `Rotterdam – Shanghai`. */
const SEPARATOR = ' – ';

/** Returns a label in a language: each of its names in that language, or in the first that exists. */
export function labelIn(label: Label, language: Language): string {
  return label.map(names => nameIn(names, language)).join(SEPARATOR);
}

/** Returns the language of a label: another one than that asked for if one of its names does not exist in it. */
export function labelLanguage(label: Label, language: Language): Language {
  const languages = label.map(names => languageOf(names, language) ?? language);
  return languages.find(other => other !== language) ?? language;
}

/**
 * Loads the labels of records of any types by id, in one statement per type; null for a record that does not exist. Names
 * in other records are joined:
 *
 *     select page.*, "@dutch"."names" as "dutch.names", "@chinese"."names" as "chinese.names" from (
 *       select p."id" as "id", p."dutch_id" as "dutch", p."chinese_id" as "chinese" from "partnership" p
 *       where p.id = any($1::text[])) page
 *     left join "authority" "@dutch" on "@dutch".id = page."dutch" left join …
 */
const byId = loader<string, Label | null>(async (em, ids) => {
  const idsBySource = new Map<RecordSource<Identified>, string[]>();
  for (const id of ids) {
    const source = recordSourceOf(id);
    if (source?.label) idsBySource.set(source, [...(idsBySource.get(source) ?? []), id]);
  }
  const labels = await Promise.all(
    [...idsBySource].map(async ([source, sourceIds]) => {
      const projection = projectionOf(em, source.entity, source.alias, source.label);
      const rows = await rowsById(em, source, sourceIds, projection);
      return Promise.all(rows.map(async row => ({ id: row.id, label: await labelOf(em, row) })));
    }),
  );
  return inOrder(ids, labels.flat(), ({ id }) => id).map(row => row?.label ?? null);
});

/** Loads the label of the record with an id; null if there is no such record. */
export function labelById(em: Fork, id: string): Promise<Label | null> {
  return byId(em).load(id);
}

/**
 * Returns the label of a record: a row, or its facts in the log. Without a promise if the row has all names, because the
 * statement that read it joined them (see `declareLabels`); otherwise the names of all records of a level are loaded
 * together.
 *
 * @param load Loads the label of a record that was not joined.
 */
export function labelOf(em: Fork, record: Identified, load = labelById): MaybePromise<Label> {
  const parts = (recordSourceOf(record.id)?.label ?? []).map(path => valueAt(record, path.split('.')));
  if (!parts.some(part => typeof part === 'string')) return parts as StoredNames[];
  const loaded = parts.map(part => (typeof part === 'string' ? load(em, part) : [part as StoredNames]));
  return Promise.all(loaded).then(labels => labels.flatMap(label => label ?? []));
}

/** Returns the value at a path, or the id of the record on the path that was not joined. */
function valueAt(record: object, path: readonly string[]): unknown {
  let value: unknown = record;
  for (const name of path) {
    if (typeof value === 'string') return value;
    value = (value as Record<string, unknown> | null)?.[name];
  }
  return value ?? {};
}

/** Maps the label of a record. */
export function mapLabel<T>(em: Fork, record: Identified, map: (label: Label) => T): MaybePromise<T> {
  return mapMaybePromise(labelOf(em, record), map);
}
