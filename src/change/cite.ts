import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import type { CitedColumn } from '../source/citation.js';
import { sourceId } from '../source/source-id.js';
import type { SourceInput } from './input.js';

/**
 * Cites a source for a record or a status period. A source is stored once, regardless of the number of its citations.
 *
 * `insert into source … on conflict do nothing`, then
 * `insert into citation … select …, coalesce(max(position) + 1, 0) from citation where partnership_id = $1`.
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
  const id = sourceId({ title, publisher, url, publishedOn });
  const reference = raw(column);
  await queryRows(
    em,
    sql`insert into source (id, title, publisher, url, published_on) values (${id}, ${title}, ${publisher}, ${url}, ${publishedOn}) on conflict do nothing`,
  );
  await queryRows(
    em,
    sql`insert into citation (source_id, ${reference}, supports, position)
      select ${id}, ${subject}, ${supports ?? defaultSupports}::text[], coalesce(max(position) + 1, 0) from citation where ${reference} = ${subject}`,
  );
}
