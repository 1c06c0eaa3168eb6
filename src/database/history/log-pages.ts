import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { SubjectType } from '../../change/change.js';
import { queryRows } from '../../graph/sql/query.js';
import type { LoggedChange } from './record-replay.js';

/** Number of changes that are in memory at a time. */
const PAGE_SIZE = 500;

/**
 * Returns the id of the change since which what a change did is known: of the first one of its set, or of itself. A set is
 * known as a whole.
 */
export const knownFrom = (change: string): Sql =>
  raw(`coalesce((select min(s.id) from change s where s.change_set = ${change}.change_set), ${change}.id)`);

/** Reads the changes of facts by record, those of each oldest first, in pages. The rows of proposals are not in the log. */
export async function* logPages(em: EntityManager): AsyncGenerator<LoggedChange[]> {
  let last: Pick<LoggedChange, 'subjectId' | 'id'> = { subjectId: '', id: 0 };
  for (;;) {
    const page = await queryRows<LoggedChange>(
      em,
      sql`select id, kind, actor, subject_type as "subjectType", subject_id as "subjectId", subject_version as "subjectVersion",
          recorded_at::text as "recordedAt", fields, ${knownFrom('change')} as "knownFrom"
        from change where (subject_id, id) > (${last.subjectId}, ${last.id}) and subject_type <> ${SubjectType.PROPOSAL} order by subject_id, id limit ${PAGE_SIZE}`,
    );
    if (page.length) yield page;
    if (page.length < PAGE_SIZE) return;
    last = page.at(-1) as LoggedChange;
  }
}

/** Returns the number of changes in the log. */
export async function countChanges(em: EntityManager): Promise<number> {
  const [row] = await queryRows<{ count: number }>(em, sql`select count(*)::int as count from change`);
  return row?.count ?? 0;
}
