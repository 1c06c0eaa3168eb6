import sql from 'sql-template-tag';
import { termsOf, termsOfName, tsvector } from '../graph/search/search-terms.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { compact, fold, sortKey } from '../graph/types/text.js';
import type { Redaction } from './redaction.js';

interface DocumentVersion {
  id: string;
  knownFrom: number;
  names: string[];
  sortName: string;
  fields: Record<string, string>;
}

/** The fields of a search document that hold names of other records. */
const RELATED = /^(?:dutch|chinese)\.names\.|^partners$/;

/**
 * Redacts the versions of search documents, also of those that hold names of a redacted record. A search document has its
 * texts folded, so those are compared; terms that no text of the document has any more are deleted, and words that no
 * version of a document has.
 */
export async function rewriteSearchVersions(em: Fork, redaction: Redaction): Promise<void> {
  // Longest first: a text may hold another, which alone would leave the rest of it.
  const folded = new Map(
    [...redaction.texts]
      .map(([before, after]): [string, string] => [fold(before), fold(after)])
      .sort(([a], [b]) => b.length - a.length),
  );
  folded.delete('');
  if (folded.size === 0) return;
  const patterns = [...folded.keys()].map(text => `%${text}%`);
  const documents = await queryRows<DocumentVersion>(
    em,
    sql`select d.id, d.known_from as "knownFrom", d.names, d.sort_name as "sortName", d.fields
      from history.search_document d where d.fields::text like any(${patterns}::text[])`,
  );
  const removed = [...new Set([...redaction.texts.keys()].flatMap(termsOfName))];
  const rewritten = documents.flatMap(document => rewrittenDocument(document, redaction, folded, removed) ?? []);
  if (rewritten.length) await writeDocuments(em, rewritten);
  await deleteWords(em, removed);
}

function rewrittenDocument(
  { id, knownFrom, names, sortName, fields }: DocumentVersion,
  { affected, texts }: Redaction,
  folded: ReadonlyMap<string, string>,
  removed: readonly string[],
): object | undefined {
  const rewrite = (text: string) =>
    [...folded].reduce((rest, [before, after]) => ` ${rest} `.replaceAll(` ${before} `, ` ${after} `).trim(), text);
  const isAffected = affected.has(id);
  const entries = Object.entries(fields).map(([field, text]): [string, string] => [
    field,
    isAffected || RELATED.test(field) ? rewrite(text) : text,
  ]);
  if (entries.every(([field, text]) => text === fields[field])) return undefined;
  const [sortNames, compacted] = [new Map<string, string>(), new Map<string, string>()];
  for (const [before, after] of texts) {
    sortNames.set(sortKey(before), sortKey(after));
    compacted.set(compact(before), compact(after));
  }
  const present = new Set(entries.flatMap(([, text]) => termsOf(text)));
  return {
    id,
    known_from: knownFrom,
    names: isAffected ? names.map(name => folded.get(name) ?? compacted.get(name) ?? name) : names,
    sort_name: sortNames.get(sortName) ?? sortName,
    fields: Object.fromEntries(entries),
    removed: removed.filter(term => !present.has(term)),
    added: tsvector(present),
  };
}

async function writeDocuments(em: Fork, documents: readonly object[]): Promise<void> {
  await queryRows(
    em,
    sql`update history.search_document d set names = r.names, sort_name = r.sort_name, fields = r.fields,
        title = ts_delete(d.title, r.removed), terms = ts_delete(d.terms, r.removed) || r.added::tsvector
      from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb)
        as r(id text, known_from integer, names text[], sort_name text, fields jsonb, removed text[], added text)
      where d.id = r.id collate "C" and d.known_from = r.known_from`,
  );
}

/** Deletes the versions of words, and of their variants, that no version of a document has any more. */
async function deleteWords(em: Fork, terms: readonly string[]): Promise<void> {
  const unused = sql`select w.word from unnest(${terms}::text[]) w(word)
    where not exists (select from history.record_terms r where r.terms @@ quote_literal(w.word)::tsquery)`;
  await queryRows(em, sql`delete from history.search_variant where word in (${unused})`);
  await queryRows(em, sql`delete from history.search_word where word in (${unused})`);
}
