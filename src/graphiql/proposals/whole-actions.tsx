import { useState } from 'react';
import { failureText } from '../result/failure-text.js';
import { OutcomeView } from './outcome-view.js';
import type { Proposal, UserError } from './proposal.js';
import type { Outcome, ProposalApi, Viewer } from './proposal-api.js';
import { useProposalTexts } from './texts.js';
import type { Review } from './use-review.js';

interface WholeActionsProps {
  api: ProposalApi;
  viewer: Viewer;
  proposal: Proposal;
  review: Review;
}

/** The answer of a dry run, with the version of the proposal that it was of. */
type Tried =
  | { readonly kind: 'apply'; readonly version: number; readonly outcome: Outcome }
  | { readonly kind: 'revert'; readonly version: number };

/** Applies, undoes or ends a whole proposal. What writes to the register is tried first, and then confirmed. */
export function WholeActions({ api, viewer, proposal, review }: WholeActionsProps) {
  const texts = useProposalTexts();
  const [tried, setTried] = useState<Tried>();
  const [done, setDone] = useState<Outcome>();
  const [question, setQuestion] = useState<'reject' | 'withdraw'>();
  const [isBusy, setBusy] = useState(false);

  /** Runs a mutation, and shows the errors of the register. Another state or version is loaded. */
  async function run<P extends Proposal>(
    call: Promise<{ proposal: P | null; userErrors: readonly UserError[] }>,
  ): Promise<P | undefined> {
    setBusy(true);
    setTried(undefined);
    setQuestion(undefined);
    review.setFailure('');
    try {
      const { proposal: answer, userErrors } = await call;
      if (userErrors.length === 0 && answer) return answer;
      await review.reload();
      review.setFailure(userErrors.map(({ message }) => message).join(' '));
    } catch (error) {
      review.setFailure(failureText(error, texts));
    } finally {
      setBusy(false);
    }
    return undefined;
  }
  const tryApply = async () => {
    const outcome = await run(api.apply(proposal, true));
    if (outcome) setTried({ kind: 'apply', version: proposal.version, outcome });
  };
  const apply = async () => {
    const outcome = await run(api.apply(proposal, false));
    if (!outcome) return;
    setDone(outcome);
    review.show(outcome);
    review.setAnnouncement(`${texts.applied} ${texts.wrote(outcome.written.totalCount)}`);
    await review.load(outcome.stale.totalCount > 0 ? 'STALE' : 'ALL', {}, 0, 'first');
  };
  const tryRevert = async () => {
    if (await run(api.revert(proposal, true))) setTried({ kind: 'revert', version: proposal.version });
  };
  const end = async (call: Promise<{ proposal: Proposal | null; userErrors: readonly UserError[] }>, text?: string) => {
    const ended = await run(call);
    if (!ended) return;
    setDone(undefined);
    if (text) review.setAnnouncement(text);
    await review.load('ALL', {}, 0, 'first');
  };
  // A dry run is of one version: a decision after it makes it another one.
  const outcome = tried?.version === proposal.version ? tried : undefined;
  const canWithdraw =
    viewer.scopes.includes('register:admin') ||
    (viewer.actor === proposal.proposer && viewer.scopes.includes('proposal:write'));
  const isWaiting = isBusy || review.pending.size > 0;
  const button = (text: string, action: () => unknown, isPrimary = false) => (
    <button
      type="button"
      className={isPrimary ? 'desk-button proposal-primary' : 'desk-button'}
      // A disabled button would lose the focus.
      aria-disabled={isWaiting}
      onClick={() => void (isWaiting || action())}
    >
      {text}
    </button>
  );
  return (
    <div className="proposal-actions">
      {proposal.state === 'OPEN' && (
        <div className="desk-choices">
          {button(texts.dryRun, tryApply)}
          {button(texts.reject, () => setQuestion('reject'))}
          {canWithdraw && button(texts.withdraw, () => setQuestion('withdraw'))}
          <small>{texts.dryRunNote}</small>
        </div>
      )}
      {proposal.state === 'APPLIED' && <div className="desk-choices">{button(texts.tryRevert, tryRevert)}</div>}
      <div role="status">
        {question && (
          <div className="desk-choices">
            <span>{texts.sure(texts[question])}</span>
            {button(texts.yes, () => end(api[question](proposal)), true)}
            {button(texts.no, () => setQuestion(undefined))}
          </div>
        )}
        {outcome?.kind === 'apply' && <OutcomeView outcome={outcome.outcome} isDryRun />}
        {outcome?.kind === 'revert' && <p>{texts.canRevert}</p>}
        {done && proposal.state === 'APPLIED' && <OutcomeView outcome={done} />}
        {proposal.state === 'REVERTED' && <p>{texts.reverted}</p>}
      </div>
      {outcome?.kind === 'apply' && button(texts.apply(outcome.outcome.written.totalCount), apply, true)}
      {outcome?.kind === 'revert' && button(texts.revert, () => end(api.revert(proposal, false), texts.reverted), true)}
    </div>
  );
}
