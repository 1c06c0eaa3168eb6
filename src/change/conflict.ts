import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { rows } from '../graph/rows.js';

/** The fields of a record that were changed after a version of it. */
export async function fieldsChangedSince(em: EntityManager, id: string, version: number): Promise<string[]> {
  const query = sql`
    select distinct field->>'field' as field
    from change c cross join jsonb_array_elements(c.fields) field
    where c.subject_id = ${id} and c.subject_version > ${version} order by 1`;
  return (await rows<{ field: string }>(em, query)).map(({ field }) => field);
}
