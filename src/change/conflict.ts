import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { queryRows } from '../graph/sql/query.js';
import { UserErrorCode, WriteRejected } from './payload.js';

/** Creates the CONFLICT error of a call that expects another version, with the fields changed since that version. */
export async function conflict(
  em: EntityManager,
  { id, version }: RegisterRecord,
  expected: number,
): Promise<WriteRejected> {
  return new WriteRejected({
    code: UserErrorCode.CONFLICT,
    message: `The record has version ${version}, but expectedVersion is ${expected}: load the record again.`,
    path: ['input', 'expectedVersion'],
    currentVersion: version,
    conflictingFields: await fieldsChangedSince(em, id, expected),
  });
}

/** Reads the names of the fields that were changed after a version of a record. */
async function fieldsChangedSince(em: EntityManager, id: string, version: number): Promise<string[]> {
  const query = sql`
    select distinct field->>'field' as field
    from change c cross join jsonb_array_elements(c.fields) field
    where c.subject_id = ${id} and c.subject_version > ${version} order by 1`;
  return (await queryRows<{ field: string }>(em, query)).map(({ field }) => field);
}
