import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import type { CitedColumn } from '../source/citation.js';
import { sourceId } from '../source/source-id.js';
import type { SourceInput } from './input.js';

/**
 * Cites a source for a record, or for a period of one; the source itself is kept once, whoever cites it.
 *
 * @param carries What it supports where the client does not say.
 */
export async function cite(
  em: EntityManager,
  column: CitedColumn,
  subject: string,
  { title, publisher, url = null, publishedOn = null, supports }: SourceInput,
  carries: string[],
): Promise<void> {
  const id = sourceId({ title, publisher, url, publishedOn });
  const its = raw(column);
  await queryRows(
    em,
    sql`insert into source (id, title, publisher, url, published_on) values (${id}, ${title}, ${publisher}, ${url}, ${publishedOn}) on conflict do nothing`,
  );
  await queryRows(
    em,
    sql`insert into citation (source_id, ${its}, supports, position)
      select ${id}, ${subject}, ${supports ?? carries}::text[], coalesce(max(position) + 1, 0) from citation where ${its} = ${subject}`,
  );
}
