import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../../graph/sql/query.js';
import { concepts } from './concepts.js';
import type { CitationId, LoggedChange } from './record-replay.js';

/**
 * Reads the ids of the citations of some records. Citations are only added, in the order of their positions, until their
 * record is withdrawn. Then their ids are lost, and others take their place, which no answer has.
 *
 * @param newId Called for each citation that has been deleted, once by each replay.
 */
export async function citationIds(
  em: EntityManager,
  subjects: readonly Pick<LoggedChange, 'subjectType' | 'subjectId'>[],
  newId: () => number,
): Promise<CitationId> {
  const bySubject = new Map<string, number[]>();
  for (const [type, ofType] of Map.groupBy(subjects, ({ subjectType }) => subjectType)) {
    const column = raw(concepts[type].subject.citationColumn);
    const ids = [...new Set(ofType.map(({ subjectId }) => subjectId))];
    const rows = await queryRows<{ subject: string; ids: number[] }>(
      em,
      sql`select ${column} as subject, array_agg(id order by position, id) as ids from citation
        where ${column} = any(${ids}::text[]) group by 1`,
    );
    for (const { subject, ids } of rows) bySubject.set(subject, ids);
  }
  return (subjectId, position) => bySubject.get(subjectId)?.[position] ?? newId();
}
