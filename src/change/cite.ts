import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import type { CitedColumn } from '../source/citation.js';
import { storeSources } from '../source/store-sources.js';
import type { SourceInput } from './input.js';

/**
 * Cites a source for a record or a status period. A source is stored once, regardless of the number of its citations.
 *
 * `insert into citation … select …, coalesce(max(position) + 1, 0) from citation where partnership_id = $1`, after the
 * statements of `storeSources`.
 *
 * @param column The column of `citation` that refers to the subject, such as `partnership_id`.
 * @param defaultSupports The facts that the source supports if the client names none.
 */
export async function cite(
  em: EntityManager,
  column: CitedColumn,
  subject: string,
  { title, publisher, url = null, publishedOn = null, supports }: SourceInput,
  defaultSupports: string[],
): Promise<void> {
  const [id] = await storeSources(em, [{ title, publisher, url, publishedOn }]);
  const reference = raw(column);
  await queryRows(
    em,
    sql`insert into citation (source_id, ${reference}, supports, position)
      select ${id}, ${subject}, ${supports ?? defaultSupports}::text[], coalesce(max(position) + 1, 0) from citation where ${reference} = ${subject}`,
  );
}
