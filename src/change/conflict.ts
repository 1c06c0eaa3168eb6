import sql from 'sql-template-tag';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { type UserError, UserErrorCode, userError } from './user-error.js';

/** Creates the CONFLICT error of a call that expects another version, with the fields changed since that version. */
export async function conflict(em: Fork, { id, version }: RegisterRecord, expected: number): Promise<UserError> {
  const isOutdated = expected < version;
  const rule = isOutdated ? 'VERSION_OUTDATED' : 'VERSION_NOT_YET';
  return {
    ...userError(UserErrorCode.CONFLICT, 'expectedVersion', message(rule, { version, expected })),
    currentVersion: version,
    ...(isOutdated && { changedFields: await fieldsChangedSince(em, id, expected) }),
  };
}

/** Reads the names of the fields that were changed after a version of a record. */
async function fieldsChangedSince(em: Fork, id: string, version: number): Promise<string[]> {
  const query = sql`
    select distinct field->>'field' as field
    from change c cross join jsonb_array_elements(c.fields) field
    where c.subject_id = ${id} and c.subject_version > ${version} order by 1`;
  return (await queryRows<{ field: string }>(em, query)).map(({ field }) => field);
}
