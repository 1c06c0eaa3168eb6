import sql from 'sql-template-tag';
import { termsOf, termsOfName, tsvector } from '../graph/search/search-terms.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { compact, fold, sortKey } from '../graph/types/text.js';
import type { RedactedText, Redaction } from './redaction.js';

interface DocumentVersion {
  id: string;
  knownFrom: number;
  names: string[];
  sortName: string;
  fields: Record<string, string>;
}

/** A redacted text as a search document has it, before and after. */
interface FoldedText extends RedactedText {
  folded: string;
  replacement: string;
}

/** The fields of a search document that hold names of other records. */
const RELATED = /^(?:dutch|chinese)\.names\.|^partners$/;
/** The fields that a record is named by. */
const NAMES = new Set(['names', 'title']);

/**
 * Redacts the versions of search documents, also of those that hold names of a redacted record. A text is replaced only in
 * the field that it is from, and a name in the documents that hold it: the same words elsewhere stay. A search document has
 * its texts folded, so those are compared; terms that no text of the document has any more are deleted, and words that no
 * version of a document has.
 */
export async function rewriteSearchVersions(em: Fork, redaction: Redaction): Promise<void> {
  // The longest first: it may hold another, which would leave its rest.
  const texts = [...redaction.texts.values()]
    .map((text): FoldedText => ({ ...text, folded: fold(text.before), replacement: fold(text.after) }))
    .filter(({ folded }) => folded !== '')
    .sort((a, b) => b.folded.length - a.folded.length);
  if (texts.length === 0) return;
  const patterns = [...new Set(texts.map(({ folded }) => `%${folded}%`))];
  const documents = await queryRows<DocumentVersion>(
    em,
    sql`select d.id, d.known_from as "knownFrom", d.names, d.sort_name as "sortName", d.fields
      from history.search_document d where d.fields::text like any(${patterns}::text[])`,
  );
  const rewritten = documents.flatMap(document => rewrittenDocument(document, texts) ?? []);
  if (rewritten.length) await writeDocuments(em, rewritten);
  await deleteWords(em, [...new Set(texts.flatMap(({ before }) => termsOfName(before)))]);
}

/** Doubles the spaces of a text: equal texts side by side would share the space between them. */
const apart = (text: string): string => text.replaceAll(' ', '  ');

/** Returns a text of a search document without the redacted ones. */
const rewrite = (text: string, texts: readonly FoldedText[]): string =>
  texts
    .reduce(
      (rest, { folded, replacement }) => ` ${rest} `.replaceAll(` ${apart(folded)} `, ` ${apart(replacement)} `),
      apart(text),
    )
    .replaceAll(/ +/g, ' ')
    .trim();

function rewrittenDocument(
  { id, knownFrom, names, sortName, fields }: DocumentVersion,
  texts: readonly FoldedText[],
): object | undefined {
  const related = texts.filter(({ field }) => field === 'names');
  const own = texts.filter(text => text.id === id);
  const partners = texts.filter(text => text.field === 'names' || (text.id === id && text.field === 'otherPartners'));
  const textsOf = (name: string): readonly FoldedText[] => {
    if (!RELATED.test(name)) return own.filter(({ field }) => field === name.split('.')[0]);
    return name === 'partners' ? partners : related;
  };
  const entries = Object.entries(fields).map(([name, text]): [string, string] => [name, rewrite(text, textsOf(name))]);
  const redacted = entries.filter(([name, text]) => text !== fields[name]).flatMap(([name]) => textsOf(name));
  if (redacted.length === 0) return undefined;
  const ownNames = own.filter(({ field }) => NAMES.has(field));
  const renamed = new Map(
    ownNames.flatMap(({ before, after, folded, replacement }) => [
      [folded, replacement],
      [compact(before), compact(after)],
    ]),
  );
  // A partnership has no name of its own: it is sorted by that of its Dutch side.
  const sorted = new Map((names.length ? ownNames : related).map(text => [sortKey(text.before), sortKey(text.after)]));
  const present = new Set(entries.flatMap(([, text]) => termsOf(text)));
  return {
    id,
    known_from: knownFrom,
    names: names.map(name => renamed.get(name) ?? name),
    sort_name: sorted.get(sortName) ?? sortName,
    fields: Object.fromEntries(entries),
    removed: [...new Set(redacted.flatMap(({ before }) => termsOfName(before)))].filter(term => !present.has(term)),
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
