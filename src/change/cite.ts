import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import type { CitedColumn } from '../source/citation.js';
import { type SourceFacts, sourceKey } from '../source/source-id.js';
import { storeSources } from '../source/store-sources.js';
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
  em: EntityManager,
  column: CitedColumn,
  subject: string,
  source: SourceInput,
  supports: string[],
): Promise<void> {
  return citeAll(em, column, [{ subject, source, supports }]);
}

/**
 * Cites sources for many subjects of one kind. Three statements in all, regardless of their number:
 *
 *     insert into citation (source_id, partnership_id, supports, position)
 *     select w.source, w.subject, …, coalesce((select max(position) + 1 from citation where partnership_id = w.subject), 0) + w.place
 *     from jsonb_to_recordset($1) as w(source text, subject text, place int, supports jsonb)
 *
 * after the statements of `storeSources`.
 */
export async function citeAll(
  em: EntityManager,
  column: CitedColumn,
  citations: readonly NewCitation[],
): Promise<void> {
  if (citations.length === 0) return;
  const sources = new Map<string, SourceFacts>();
  for (const { source } of citations) sources.set(sourceKey(factsOf(source)), factsOf(source));
  const stored = await storeSources(em, [...sources.values()]);
  const ids = new Map([...sources.keys()].map((key, index) => [key, stored[index]]));
  const places = new Map<string, number>();
  const rows = citations.map(({ subject, source, supports }) => ({
    subject,
    place: nextPlace(places, subject),
    source: ids.get(sourceKey(factsOf(source))),
    supports: source.supports ?? supports,
  }));
  const reference = raw(column);
  await queryRows(
    em,
    sql`insert into citation (source_id, ${reference}, supports, position)
      select w.source, w.subject, array(select jsonb_array_elements_text(w.supports)),
        coalesce((select max(position) + 1 from citation where ${reference} = w.subject), 0) + w.place
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(source text, subject text, place int, supports jsonb)`,
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
