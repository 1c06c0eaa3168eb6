import type { EntityManager } from '@mikro-orm/sql';
import { SubjectType } from '../change/change.js';
import { partialInputOf } from '../change/partial-input.js';
import type { ChangeRange } from '../change/record-all-changes.js';
import { WriteRejected } from '../change/user-error.js';
import { asUserErrors } from '../change/user-errors.js';
import { inTransaction, type Work } from '../change/write.js';
import type { Context } from '../context.js';
import { type Expected, lockProposal, proposalById } from './lock.js';
import { loggedProposal, logProposal } from './log-proposal.js';
import type { ProposalPayload } from './proposal.input.js';
import type { Proposal } from './proposal.js';

/**
 * Runs `work` in a transaction, and returns its result or the errors of the client. An input of which a part cannot be read
 * is not worked on.
 */
export async function answer(
  context: Context,
  input: object,
  dryRun: boolean,
  types: readonly SubjectType[],
  work: (em: EntityManager) => Promise<Work<Proposal | null>>,
): Promise<ProposalPayload> {
  if (partialInputOf(input)) return { proposal: null, userErrors: [] };
  try {
    return { proposal: await inTransaction(context, dryRun, types, work), userErrors: [] };
  } catch (error) {
    const userErrors = asUserErrors(error);
    return { proposal: error instanceof WriteRejected ? (error.record as Proposal | null) : null, userErrors };
  }
}

/**
 * Runs `work` on a locked proposal in a transaction, and appends what became of the proposal to the log.
 *
 * @param work Resolves with the changes that it wrote, if it wrote any.
 */
export function onProposal(
  context: Context,
  input: object,
  dryRun: boolean,
  expected: Expected,
  work: (em: EntityManager, proposal: Proposal) => Promise<ChangeRange | undefined>,
): Promise<ProposalPayload> {
  return answer(context, input, dryRun, Object.values(SubjectType), async em => {
    const proposal = await lockProposal(em, expected, dryRun);
    const before = await loggedProposal(em, proposal.id);
    const range = await work(em, proposal);
    const own = await logProposal(em, proposal.id, before, { actor: context.identity.actor, dryRun });
    const first = range?.first ?? own?.first;
    if (dryRun && first) context.operationState.dryRunChangeId = first.id;
    return { result: await proposalById(em, proposal.id), lastChange: own?.last ?? range?.last };
  });
}
