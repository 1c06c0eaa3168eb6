import sql from 'sql-template-tag';
import { ChangeKind, SubjectType } from '../change/change.js';
import { type Facts, fieldChanges, lockLog, writeChanges } from '../change/log.js';
import type { ChangeRange } from '../change/record-all-changes.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { ProposalDecision, ProposalOrigin, ProposalState } from './proposal.enums.js';

/** The facts of a proposal that the log has, and its version. */
export interface LoggedProposal {
  version: number;
  isReport: boolean;
  facts: Facts & { changeSet: string | null; revertChangeSet: string | null };
}

/** The author of a change of a proposal. */
interface Author {
  actor: string;
  dryRun: boolean;
}

const { ACCEPT, REJECT, KEEP_BOTH, CHOOSE } = ProposalDecision;

/**
 * The condition of the proposals that the log and the versions have: all but reports that no reviewer took up. What anybody
 * may send without a key does not enter a log that can only grow.
 */
const IS_LOGGED = sql`(p.origin <> ${ProposalOrigin.REPORT} or p.triaged_at is not null)`;

/**
 * Reads the facts of a proposal that the log has: how far it got, and numbers. The log is public, and a proposal is not: its message,
 * its source and the values of its rows stay out. Null for a proposal that is not in the log.
 */
export async function loggedProposal(em: Fork, id: string): Promise<LoggedProposal | null> {
  const [row] = await queryRows<LoggedProposal>(
    em,
    sql`select p.version, p.origin = ${ProposalOrigin.REPORT} as "isReport", jsonb_build_object('id', p.id, 'concept', p.concept, 'state', p.state, 'counts', p.counts,
        'changeSet', p.change_set, 'revertChangeSet', p.revert_change_set, 'decisions', (
          select jsonb_build_object('accept', count(*) filter (where decision = ${ACCEPT}),
            'reject', count(*) filter (where decision = ${REJECT}),
            'keepBoth', count(*) filter (where decision = ${KEEP_BOTH}),
            'choose', count(*) filter (where decision = ${CHOOSE}))
          from proposal_item i where i.proposal_id = p.id and i.decision is not null having count(*) > 0)) as facts
      from proposal p where p.id = ${id} and ${IS_LOGGED}`,
  );
  return row ?? null;
}

/**
 * Appends the change of a proposal to the log, in the transaction that changed it, after all else that it writes: the trigger
 * of the log then writes the versions of the proposal and of its rows. That of an application or a reversal belongs to the set
 * of changes that it made.
 *
 * @param before The facts that the log has of it so far; null for none.
 * @returns The change; undefined for a proposal that is not in the log.
 */
export async function logProposal(
  em: Fork,
  id: string,
  before: LoggedProposal | null,
  { actor, dryRun }: Author,
): Promise<ChangeRange | undefined> {
  const after = await loggedProposal(em, id);
  if (!after || after.version === before?.version) return undefined;
  // A report that is taken up has versions from now on. Its rows were written by another transaction.
  if (!before && after.isReport)
    await queryRows(em, sql`update proposal_item set number = number where proposal_id = ${id}`);
  if (!dryRun) await lockLog(em);
  const { state, concept: _, ...facts } = after.facts;
  const isOfSet = state !== before?.facts.state;
  const [change] = await writeChanges(em, [
    {
      kind: before ? ChangeKind.REVISED : ChangeKind.RECORDED,
      actor,
      reason: null,
      subjectType: SubjectType.PROPOSAL,
      subjectId: id,
      subjectVersion: after.version,
      authorities: [],
      fields: fieldChanges(before?.facts ?? null, after.facts),
      changeSet: isOfSet ? setOf(state as ProposalState, facts) : null,
    },
  ]);
  return change && { first: change, last: change };
}

/** Returns the set of changes that made a proposal what it is. */
const setOf = (
  state: ProposalState,
  { changeSet, revertChangeSet }: Pick<LoggedProposal['facts'], 'changeSet' | 'revertChangeSet'>,
): string | null =>
  state === ProposalState.APPLIED ? changeSet : state === ProposalState.REVERTED ? revertChangeSet : null;
