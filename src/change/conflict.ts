import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { queryRows } from '../graph/sql/query.js';
import { UserErrorCode, WriteRejected } from './payload.js';

/** Refuses a call that was decided on an older version of a record, and says what became of it since. */
export async function conflict(
  em: EntityManager,
  { id, version }: RegisterRecord,
  expected: number,
): Promise<WriteRejected> {
  return new WriteRejected({
    code: UserErrorCode.CONFLICT,
    message: `The record is at version ${version}, expectedVersion was ${expected}: it was changed since. Load it again.`,
    path: ['input', 'expectedVersion'],
    currentVersion: version,
    conflictingFields: await fieldsChangedSince(em, id, expected),
  });
}

/** The fields of a record that were changed after a version of it. */
async function fieldsChangedSince(em: EntityManager, id: string, version: number): Promise<string[]> {
  const query = sql`
    select distinct field->>'field' as field
    from change c cross join jsonb_array_elements(c.fields) field
    where c.subject_id = ${id} and c.subject_version > ${version} order by 1`;
  return (await queryRows<{ field: string }>(em, query)).map(({ field }) => field);
}
