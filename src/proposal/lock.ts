import sql from 'sql-template-tag';
import { lockName, lockRecords } from '../change/locks.js';
import { rejectField, UserErrorCode, userError, WriteRejected } from '../change/user-error.js';
import { truncate } from '../graph/errors.js';
import { columnsOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import type { ProposalConcept } from './concept.js';
import type { ProposalState } from './proposal.enums.js';
import { Proposal } from './proposal.js';

/** Reads a proposal; null if there is none. */
export async function proposalById(em: Fork, id: string): Promise<Proposal | null> {
  const query = sql`select ${columnsOf(em, Proposal, 'r')} from proposal r where r.id = ${id}`;
  return (await queryRows<Proposal>(em, query))[0] ?? null;
}

/** The state of a proposal that a call expects. */
export interface Expected {
  id: string;
  state: ProposalState;
  version?: number | null | undefined;
  basis?: string | undefined;
}

/**
 * Locks a proposal until the transaction ends, and compares it with what the client has seen. A dry run takes no lock.
 *
 * @throws WriteRejected NOT_FOUND, or CONFLICT with the present proposal.
 */
export async function lockProposal(em: Fork, expected: Expected, dryRun: boolean): Promise<Proposal> {
  const { id, state, version, basis } = expected;
  if (!dryRun) await queryRows(em, sql`select id from proposal where id = ${id} for update`);
  const proposal = await proposalById(em, id);
  if (!proposal)
    throw rejectField(UserErrorCode.NOT_FOUND, 'id', message('PROPOSAL_MISSING', { id: truncate(id, 60) }));
  const conflict = (field: string, problem: ReturnType<typeof message>) => {
    const error = { ...userError(UserErrorCode.CONFLICT, field, problem), currentVersion: proposal.version };
    return new WriteRejected([error], proposal);
  };
  if (proposal.state !== state) {
    throw conflict('id', message('PROPOSAL_STATE', { state: proposal.state, expected: state }));
  }
  if (basis !== undefined && basis !== proposal.basis) throw conflict('expectedBasis', message('PROPOSAL_BASIS', {}));
  if (version != null && version !== proposal.version) {
    const rule = version < proposal.version ? 'VERSION_OUTDATED' : 'VERSION_NOT_YET';
    throw conflict('expectedVersion', message(rule, { version: proposal.version, expected: version }));
  }
  return proposal;
}

/** The lock of transactions that write many records: one at a time. */
const SETS = 'proposals';

/**
 * Locks what the rules of a concept read, then the records of a set of changes, in the order of a single mutation.
 *
 * @param isForDeletion Whether some of the records may be withdrawn.
 */
export async function lockSet(
  em: Fork,
  { locks, subject }: Pick<ProposalConcept, 'locks' | 'subject'>,
  ids: readonly string[],
  isForDeletion = false,
): Promise<void> {
  for (const name of [SETS, ...locks]) await lockName(em, name);
  await lockRecords(em, subject.listing.entity, ids, isForDeletion);
}

/** Writes columns of a proposal, and raises its version. */
export async function updateProposal(
  em: Fork,
  id: string,
  {
    state,
    changeSet,
    revertChangeSet,
    triaged,
  }: {
    state?: ProposalState;
    changeSet?: string | null;
    revertChangeSet?: string;
    triaged?: boolean;
  },
): Promise<void> {
  await queryRows(
    em,
    sql`update proposal set version = version + 1, updated_at = now(), state = coalesce(${state ?? null}, state),
      change_set = coalesce(${changeSet ?? null}, change_set),
      revert_change_set = coalesce(${revertChangeSet ?? null}, revert_change_set),
      triaged_at = case when ${triaged ?? false}::boolean then coalesce(triaged_at, now()) else triaged_at end
      where id = ${id}`,
  );
}
