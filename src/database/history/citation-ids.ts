import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../../graph/sql/query.js';
import { concepts } from './concepts.js';
import type { CitationId, LoggedChange } from './record-replay.js';

/** The citations of a record. */
interface Citations {
  /** Their ids, by their positions. */
  ids: readonly number[];
  cuts: readonly Cut[];
}

/**
 * Reads the ids of the citations of records. Citations are added in the order of their positions. They are deleted when
 * their record is withdrawn, and the last ones when the change that added them is undone. Then their ids are lost, and others
 * take their place, which no answer has.
 */
export class CitationIds {
  #bySubject: ReadonlyMap<string, Citations> = new Map();

  /** @param newId Called for each citation that has been deleted, once by each replay. */
  constructor(
    private readonly em: EntityManager,
    private readonly newId: () => number,
  ) {}

  /** Returns the ids for a page of the log. A record whose changes fill many pages is read once. */
  async ofPage(page: readonly Pick<LoggedChange, 'subjectType' | 'subjectId'>[]): Promise<CitationId> {
    const subjects = new Map(page.map(({ subjectId, subjectType }) => [subjectId, subjectType]));
    const unread = new Map([...subjects].filter(([id]) => !this.#bySubject.has(id)));
    const read = await citationsOf(this.em, unread);
    this.#bySubject = new Map([...[...this.#bySubject].filter(([id]) => subjects.has(id)), ...read]);
    return (subjectId, position, change) => {
      const { ids, cuts } = this.#bySubject.get(subjectId) ?? NONE;
      const isDeleted = cuts.some(({ id, kept }) => id > change && kept <= position);
      return (isDeleted ? undefined : ids[position]) ?? this.newId();
    };
  }
}

const NONE: Citations = { ids: [], cuts: [] };

async function citationsOf(
  em: EntityManager,
  subjects: ReadonlyMap<string, LoggedChange['subjectType']>,
): Promise<Map<string, Citations>> {
  if (subjects.size === 0) return new Map();
  const idsOf = new Map<string, number[]>();
  for (const [type, ofType] of Map.groupBy(subjects, ([, subjectType]) => subjectType)) {
    const column = raw(concepts[type].subject.citationColumn);
    const rows = await queryRows<{ subject: string; ids: number[] }>(
      em,
      sql`select ${column} as subject, array_agg(id order by position, id) as ids from citation
        where ${column} = any(${ofType.map(([id]) => id)}::text[]) group by 1`,
    );
    for (const { subject, ids } of rows) idsOf.set(subject, ids);
  }
  const cutsBy = await cutsOf(em, [...subjects.keys()]);
  return new Map([...subjects.keys()].map(id => [id, { ids: idsOf.get(id) ?? [], cuts: cutsBy.get(id) ?? [] }]));
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
