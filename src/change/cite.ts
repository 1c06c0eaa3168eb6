import sql, { raw } from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { CitedColumn } from '../source/citation.js';
import { type SourceFacts, sourceKey } from '../source/source-id.js';
import { hasFactsOf, insertSources, storeSources } from '../source/store-sources.js';
import type { SourceInput } from './input.js';

/** A citation to add: a subject, its source, and the facts that the source supports. */
export interface NewCitation {
  subject: string;
  source: SourceInput;
  /** The facts that the source supports if the client names none. */
  supports: string[];
}

/**
 * Cites a source for a record or a status period. A source is stored once, regardless of the number of its citations.
 *
 * @param column The column of `citation` that refers to the subject, such as `partnership_id`.
 */
export function cite(
  em: Fork,
  column: CitedColumn,
  subject: string,
  source: SourceInput,
  supports: string[],
): Promise<boolean> {
  return citeAll(em, column, [{ subject, source, supports }]);
}

/**
 * Cites sources for many subjects of one kind. Two statements in all, regardless of their number, that are sent together:
 *
 *     insert into source …
 *     insert into citation (source_id, partnership_id, supports, position)
 *     select s.id, w.subject, …, coalesce((select max(position) + 1 from citation where partnership_id = w.subject), 0) + w.place
 *     from jsonb_to_recordset($1) as w(title text, …)
 *     cross join lateral (select s.id from source s where <facts of s> = <facts of w> limit 1) s
 *
 * With the limit, PostgreSQL looks each source up in an index. It expects a hundred rows of JSON, and would read all sources.
 *
 * @returns Whether there were further statements, because another source has the id of one of these: what the caller sent
 *   meanwhile was executed before them.
 */
export async function citeAll(em: Fork, column: CitedColumn, citations: readonly NewCitation[]): Promise<boolean> {
  if (citations.length === 0) return false;
  const places = new Map<string, number>();
  const rows = citations.map(({ subject, source, supports }) => ({
    subject,
    place: nextPlace(places, subject),
    source: factsOf(source),
    supports: [...new Set(source.supports ?? supports)],
  }));
  const sources = [...new Map(rows.map(({ source }) => [sourceKey(source), source])).values()];
  const storing = insertSources(em, sources);
  const [cited] = await Promise.all([insertCitations(em, column, rows), storing]);
  if (cited.length === rows.length) return false;
  const ids = await storeSources(em, sources);
  const idOf = new Map(sources.map((source, index) => [sourceKey(source), ids[index]]));
  const keys = new Set(cited.map(({ subject, source }) => `${subject} ${source}`));
  await insertCitations(
    em,
    column,
    rows.filter(({ subject, source }) => !keys.has(`${subject} ${idOf.get(sourceKey(source))}`)),
  );
  return true;
}

interface CitationRow {
  subject: string;
  /** Its place among the new citations of its subject. */
  place: number;
  source: SourceFacts;
  supports: string[];
}

/** Inserts citations of sources that are stored. Returns the ids of those that it inserted. */
function insertCitations(
  em: Fork,
  column: CitedColumn,
  citations: readonly CitationRow[],
): Promise<{ subject: string; source: string }[]> {
  const rows = citations.map(({ source: { publishedOn, ...source }, ...citation }, n) => ({
    ...citation,
    ...source,
    published_on: publishedOn,
    n,
  }));
  const reference = raw(column);
  return queryRows(
    em,
    sql`insert into citation (source_id, ${reference}, supports, position)
      select s.id, w.subject, array(select jsonb_array_elements_text(w.supports)),
        coalesce((select max(position) + 1 from citation where ${reference} = w.subject), 0) + w.place
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as
        w(subject text, place int, title text, publisher text, url text, published_on text, supports jsonb, n int)
      cross join lateral (select s.id from source s where ${hasFactsOf('s', 'w')} limit 1) s order by w.n
      returning ${reference} as subject, source_id as source`,
  );
}

/** Returns how many citations of a subject come before the next one. */
function nextPlace(places: Map<string, number>, subject: string): number {
  const place = places.get(subject) ?? 0;
  places.set(subject, place + 1);
  return place;
}

const factsOf = ({ title, publisher, url = null, publishedOn = null }: SourceInput): SourceFacts => ({
  title,
  publisher,
  url,
  publishedOn,
});
