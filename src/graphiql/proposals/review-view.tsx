import { useEffect, useRef } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { BulkActions } from './bulk-actions.js';
import { ItemDetail } from './item-detail.js';
import { ItemList } from './item-list.js';
import { KeyHelp } from './key-help.js';
import { type DecisionKind, fittingDecisions, type Item } from './proposal.js';
import { PAGE_SIZE, type ProposalApi, type Viewer } from './proposal-api.js';
import { ProposalHead } from './proposal-head.js';
import { LIST, reviewKeys } from './review-keys.js';
import { placeText } from './row-texts.js';
import { useProposalTexts } from './texts.js';
import { useBulk } from './use-bulk.js';
import { useReview } from './use-review.js';
import { WholeActions } from './whole-actions.js';

interface ReviewViewProps {
  api: ProposalApi;
  viewer: Viewer;
  id: string;
  close: () => void;
}

/** Shows one proposal: its rows beside their records, decisions by pointer and keyboard, and what applies or ends it. */
export function ReviewView({ api, viewer, id, close }: ReviewViewProps) {
  const texts = useProposalTexts();
  const enumLabel = useEnumLabels(useReaderLanguage());
  const review = useReview(api, id, texts);
  const { proposal, page, index, pending, setIndex, setAnnouncement } = review;
  const bulk = useBulk(api, review, texts);
  const item = page?.nodes[index];
  const root = useRef<HTMLDivElement>(null);
  const focusCurrent = () => root.current?.querySelector<HTMLElement>(`${LIST} [aria-current="true"]`)?.focus();
  /** Set if the current row gets the focus once it is rendered. */
  const takesFocus = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when another row is current, or the row is compared again.
  useEffect(() => {
    // The button that had the focus may be gone: a row that was compared again has no candidates.
    const isFocusLost = document.activeElement === document.body;
    if (!item || !(takesFocus.current || isFocusLost)) return;
    takesFocus.current = false;
    focusCurrent();
  }, [item?.id, item?.verdict, page]);

  const move = (step: 1 | -1) => {
    if (!page) return;
    takesFocus.current = true;
    const { nodes, pageInfo, filter, offset } = page;
    const next = index + step;
    if (next >= 0 && next < nodes.length) return setIndex(next);
    if (step === 1 && pageInfo.hasNextPage)
      return void review.load(filter, { after: pageInfo.endCursor }, offset + PAGE_SIZE, 'first');
    if (step === -1 && pageInfo.hasPreviousPage)
      return void review.load(filter, { before: pageInfo.startCursor }, offset - PAGE_SIZE, 'last');
    setAnnouncement(step === 1 ? texts.lastRow : texts.firstRow);
  };
  const take = (current: Item, decision: DecisionKind, choice?: string) => {
    if (proposal?.state !== 'OPEN') return;
    if (!fittingDecisions(proposal, current).includes(decision))
      return setAnnouncement(texts.unfit(placeText(current, texts)));
    setAnnouncement(texts.announce(placeText(current, texts), enumLabel('ProposalDecision', decision)));
    review.decide([{ itemId: current.id, decision, ...(choice !== undefined && { choice }) }]);
  };
  /** Takes a decision by key, and goes on: after all but a row that is compared again. */
  const takeByKey = (decision: Exclude<DecisionKind, 'CHOOSE'>) => {
    if (!item || !proposal) return;
    take(item, decision);
    const isComparedAgain = decision === 'ACCEPT' && (item.verdict === 'AMBIGUOUS' || item.verdict === 'UNMATCHED');
    const isTaken = proposal.state === 'OPEN' && fittingDecisions(proposal, item).includes(decision);
    const isLast = index === (page?.nodes.length ?? 0) - 1 && !page?.pageInfo.hasNextPage;
    if (isTaken && !isComparedAgain && !isLast) move(1);
  };
  const keys = reviewKeys({
    move,
    bulk: kind => void bulk.ask(kind),
    decide: takeByKey,
    choose: n => {
      const candidate = item?.candidates[n];
      if (item && candidate) take(item, 'CHOOSE', candidate.id);
      else if (item) setAnnouncement(texts.unfit(placeText(item, texts)));
    },
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of its buttons; each has a button, too.
    <div className="proposal-review" ref={root} onKeyDown={keys}>
      <div className="desk-choices">
        <button type="button" className="desk-button" onClick={close}>
          ← {texts.back}
        </button>
      </div>
      {review.failure && (
        <p role="alert" className="proposal-failure">
          {review.failure}
        </p>
      )}
      {!proposal && !review.failure && <p role="status">{texts.loading}</p>}
      {proposal && page && (
        <>
          <ProposalHead proposal={proposal} />
          <KeyHelp />
          <p role="status" className="proposal-status">
            {review.announcement}
          </p>
          {proposal.state === 'OPEN' && <BulkActions bulk={bulk} waiting={pending.size} answered={focusCurrent} />}
          <div className="proposal-columns">
            <ItemList
              proposal={proposal}
              page={page}
              index={index}
              pending={pending}
              choose={setIndex}
              load={(filter, place, offset, position) => void review.load(filter, place, offset, position)}
            />
            {item ? (
              <ItemDetail key={item.id} proposal={proposal} item={item} pending={pending.get(item.id)} take={take} />
            ) : (
              <p>{texts.noRows}</p>
            )}
          </div>
          <WholeActions api={api} viewer={viewer} proposal={proposal} review={review} />
        </>
      )}
    </div>
  );
}
