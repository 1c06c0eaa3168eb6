import sql, { raw } from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { CitedColumn } from '../source/citation.js';
import { type SourceFacts, sourceKey } from '../source/source-id.js';
import { hasFactsOf, insertSources, nextPlace } from '../source/store-sources.js';
import type { SourceInput } from './input.js';

/** A citation to add: a subject, its source, and the facts that the source supports. */
export interface NewCitation {
  subject: string;
  source: SourceFacts;
  supports: string[];
}

/**
 * Returns the citation of a source of an input.
 *
 * @param supports The facts that the source supports if the client names none.
 */
export const newCitation = (subject: string, source: SourceInput, supports: string[]): NewCitation => {
  const { title, publisher, url = null, publishedOn = null } = source;
  const facts = { title, publisher, url, publishedOn };
  return { subject, source: facts, supports: [...new Set(source.supports ?? supports)] };
};

/**
 * Cites sources for records or status periods of one kind. A source is stored once, regardless of the number of its citations.
 * Two statements in all, that are sent together:
 *
 *     insert into source …
 *     insert into citation (source_id, partnership_id, supports, position)
 *     select s.id, w.subject, …, coalesce((select max(position) + 1 from citation where partnership_id = w.subject), 0) + w.place
 *     from jsonb_to_recordset($1) as w(title text, …)
 *     left join lateral (select s.id from source s where <facts of s> = <facts of w> limit 1) s on true
 *
 * With the limit, PostgreSQL looks each source up in an index. It expects a hundred rows of JSON, and would read all sources.
 *
 * @param column The column of `citation` that refers to the subject, such as `partnership_id`.
 * @throws The error of a citation without a source, after which the transaction can be retried: see `insertSources`.
 */
export async function cite(em: Fork, column: CitedColumn, citations: readonly NewCitation[]): Promise<void> {
  const places = new Map<string, number>();
  const rows = citations.map(({ subject, source: { publishedOn, ...source }, supports }, n) => ({
    subject,
    place: nextPlace(places, subject),
    ...source,
    published_on: publishedOn,
    supports,
    n,
  }));
  const sources = new Map(citations.map(({ source }) => [sourceKey(source), source]));
  const reference = raw(column);
  await Promise.all([
    insertSources(em, [...sources.values()]),
    queryRows(
      em,
      sql`insert into citation (source_id, ${reference}, supports, position)
        select s.id, w.subject, array(select jsonb_array_elements_text(w.supports)),
          coalesce((select max(position) + 1 from citation where ${reference} = w.subject), 0) + w.place
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as
          w(subject text, place int, title text, publisher text, url text, published_on text, supports jsonb, n int)
        left join lateral (select s.id from source s where ${hasFactsOf('s', 'w')} limit 1) s on true order by w.n`,
    ),
  ]);
}
