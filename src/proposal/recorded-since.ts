import sql from 'sql-template-tag';
import { ChangeKind } from '../change/change.js';
import { decodeChangeCursor } from '../change/cursor.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { Claims } from './claims.js';
import { conceptOf } from './concepts.js';
import { presentRecords } from './present-values.js';
import type { Proposal } from './proposal.js';

/**
 * Returns the claims of the records that were recorded since the basis of a proposal, such as those of another proposal of the
 * same list: a new record that is the same as one of them would be in the register twice. One statement if there are none.
 */
export async function claimsRecordedSince(em: Fork, { concept: type, basis }: Proposal): Promise<Claims> {
  const concept = conceptOf(type);
  const claims = new Claims(concept);
  const recorded = await queryRows<{ id: string }>(
    em,
    sql`select subject_id as id from change
      where id > ${decodeChangeCursor(basis).id} and subject_type = ${type} and kind = ${ChangeKind.RECORDED}`,
  );
  const present = await presentRecords(
    em,
    concept,
    recorded.map(({ id }) => id),
  );
  for (const [place, { values }] of present) {
    const fields = Object.entries(values).map(([field, proposed]) => ({ field, proposed }));
    claims.claim({ place, subjectId: null, fields, values });
  }
  return claims;
}
