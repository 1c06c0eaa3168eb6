import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../../graph/sql/query.js';
import { concepts } from './concepts.js';
import type { CitationId, LoggedChange } from './record-replay.js';

/**
 * Reads the ids of the citations of some records. Citations are added in the order of their positions. They are deleted when
 * their record is withdrawn, and the last ones when the change that added them is undone. Then their ids are lost, and others
 * take their place, which no answer has.
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
  const cuts = await cutsOf(em, [...new Set(subjects.map(({ subjectId }) => subjectId))]);
  return (subjectId, position, change) => {
    const isDeleted = cuts.get(subjectId)?.some(({ id, kept }) => id > change && kept <= position);
    return (isDeleted ? undefined : bySubject.get(subjectId)?.[position]) ?? newId();
  };
}

/** A change that deleted the last citations of a record. */
interface Cut {
  id: number;
  subject: string;
  kept: number;
}

async function cutsOf(em: EntityManager, subjects: readonly string[]): Promise<ReadonlyMap<string, Cut[]>> {
  const cuts = await queryRows<Cut>(
    em,
    sql`select c.id, c.subject_id as subject, jsonb_array_length(f->'after') as kept
      from change c cross join lateral jsonb_array_elements(c.fields) f
      where c.subject_id = any(${[...subjects]}::text[]) and f->>'field' = 'citations'
        and jsonb_typeof(f->'before') = 'array' and jsonb_typeof(f->'after') = 'array'
        and jsonb_array_length(f->'after') < jsonb_array_length(f->'before')`,
  );
  return Map.groupBy(cuts, ({ subject }) => subject);
}
