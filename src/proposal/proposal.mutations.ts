import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { covers } from '../access/scope.js';
import { SubjectType } from '../change/change.js';
import { claimKey, fingerprint, storeResult } from '../change/idempotency.js';
import { Problems } from '../change/problems.js';
import { rejectField, UserErrorCode } from '../change/user-error.js';
import { checkTexts } from '../change/validate-texts.js';
import type { Context } from '../context.js';
import { message } from '../messages/message.js';
import { answer, onProposal } from './answer.js';
import { applyItems } from './apply.js';
import { decideItems } from './decide.js';
import { proposalById, updateProposal } from './lock.js';
import { logProposal } from './log-proposal.js';
import { ProposalOrigin, ProposalState } from './proposal.enums.js';
import {
  ApplyProposalInput,
  DecideProposalItemsInput,
  ProposalMutation,
  type ProposalPayload,
  RejectProposalInput,
  RevertProposalInput,
  SubmitProposalInput,
  WithdrawProposalInput,
} from './proposal.input.js';
import { revertItems } from './revert.js';
import { rowOfInput } from './row-input.js';
import { storeProposal } from './store.js';

const { OPEN, APPLIED, REJECTED, WITHDRAWN } = ProposalState;

@Resolver()
export class ProposalMutations {
  @RequiresScope('proposal:write')
  @ProposalMutation(
    'Compares rows with the register, and stores them as a proposal for a reviewer. Nothing else is written.',
  )
  submitProposal(
    @Arg('input', () => SubmitProposalInput, { description: 'The rows, and their source.' }) input: SubmitProposalInput,
    @Ctx() context: Context,
  ): Promise<ProposalPayload> {
    const { rows, dryRun, idempotencyKey, ...header } = input;
    return answer(context, input, dryRun, [SubjectType.PROPOSAL], async em => {
      const problems = new Problems();
      checkTexts(problems, { source: input.source, message: input.message, idempotencyKey });
      if (input.concept === SubjectType.PROPOSAL) problems.add('concept', message('PROPOSAL_CONCEPT', {}));
      if (input.origin === ProposalOrigin.REPORT) problems.add('origin', message('PROPOSAL_ORIGIN', {}));
      problems.rejectIfAny();
      const { actor, boundTo } = context.identity;
      if (idempotencyKey != null) {
        const call = fingerprint('submitProposal', { rows, ...header });
        const earlier = await claimKey<{ id: string }>(em, context, idempotencyKey, call, dryRun);
        if (earlier?.record) return { result: await proposalById(em, earlier.record.id) };
      }
      const { source, message: text = null, ...others } = header;
      const { supports: _, ...cited } = source;
      const id = await storeProposal(
        em,
        { ...others, source: cited, message: text, proposer: actor },
        rows.map(rowOfInput),
        { boundTo },
      );
      const range = await logProposal(em, id, null, { actor, dryRun });
      if (dryRun && range) context.operationState.dryRunChangeId = range.first.id;
      if (idempotencyKey != null && !dryRun) {
        await storeResult(em, actor, idempotencyKey, {
          record: { id },
          change: null,
          withdrawnId: null,
          userErrors: [],
        });
      }
      return { result: await proposalById(em, id), lastChange: range?.last };
    });
  }

  @RequiresScope('proposal:review')
  @ProposalMutation('Decides on rows of an open proposal.')
  decideProposalItems(
    @Arg('input', () => DecideProposalItemsInput, { description: 'The decisions.' }) input: DecideProposalItemsInput,
    @Ctx() context: Context,
  ): Promise<ProposalPayload> {
    const { id, expectedVersion, decisions } = input;
    return onProposal(context, input, false, { id, state: OPEN, version: expectedVersion }, async (em, proposal) => {
      const problems = new Problems();
      checkTexts(problems, { decisions });
      problems.rejectIfAny();
      await decideItems(em, proposal, decisions);
    });
  }

  @RequiresScope('proposal:review')
  @ProposalMutation(
    'Writes an open proposal to the register, as one set of changes: its new records and revisions but for rejected ones, and its conflicts as they were decided. A row whose record was changed since it was compared becomes `STALE`, and is not written.',
  )
  applyProposal(
    @Arg('input', () => ApplyProposalInput, { description: 'The proposal, as you have seen it.' })
    input: ApplyProposalInput,
    @Ctx() context: Context,
  ): Promise<ProposalPayload> {
    const { id, expectedBasis: basis, expectedVersion: version, dryRun } = input;
    return onProposal(context, input, dryRun, { id, state: OPEN, basis, version }, (em, proposal) =>
      applyItems(em, proposal, { author: context.identity, dryRun }),
    );
  }

  @RequiresScope('proposal:review')
  @ProposalMutation(
    'Undoes an applied proposal, as a set of changes of its own: withdraws the records that it created, and restores the values that it changed. Refused if one of them was changed afterwards.',
  )
  revertProposal(
    @Arg('input', () => RevertProposalInput, { description: 'The proposal.' }) input: RevertProposalInput,
    @Ctx() context: Context,
  ): Promise<ProposalPayload> {
    const { id, dryRun } = input;
    return onProposal(context, input, dryRun, { id, state: APPLIED }, (em, proposal) =>
      revertItems(em, proposal, { author: context.identity, dryRun }),
    );
  }

  @RequiresScope('proposal:review')
  @ProposalMutation('Rejects an open proposal: nothing of it is written.')
  rejectProposal(
    @Arg('input', () => RejectProposalInput, { description: 'The proposal.' }) input: RejectProposalInput,
    @Ctx() context: Context,
  ): Promise<ProposalPayload> {
    const { id } = input;
    return onProposal(context, input, false, { id, state: OPEN }, async em => {
      await updateProposal(em, id, { state: REJECTED });
    });
  }

  @RequiresScope('proposal:write')
  @ProposalMutation('Withdraws an open proposal of your own: nothing of it is written.')
  withdrawProposal(
    @Arg('input', () => WithdrawProposalInput, { description: 'The proposal.' }) input: WithdrawProposalInput,
    @Ctx() context: Context,
  ): Promise<ProposalPayload> {
    const { id } = input;
    return onProposal(context, input, false, { id, state: OPEN }, async (em, { proposer }) => {
      const { actor, scopes } = context.identity;
      if (proposer !== actor && !covers(scopes, 'register:admin')) {
        throw rejectField(UserErrorCode.INVALID, 'id', message('PROPOSAL_NOT_YOURS', {}));
      }
      await updateProposal(em, id, { state: WITHDRAWN });
    });
  }
}
