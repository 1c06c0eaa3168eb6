import { useCallback, useEffect, useRef, useState } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { failureText } from '../result/failure-text.js';
import { useStore } from '../store.js';
import { filterOf, type ItemPage, type VerdictFilter } from './item-page.js';
import { openedReview } from './opened-reviews.js';
import { type Decision, type Item, type Proposal, rowsForAPerson } from './proposal.js';
import type { PagePlace, ProposalApi } from './proposal-api.js';
import { comparedText, droppedText } from './review-texts.js';
import type { ProposalTexts } from './texts.js';

/** The state of a review: the proposal, a page of its rows, the current row, and what was last announced. */
export function useReview(api: ProposalApi, id: string, texts: ProposalTexts) {
  const enumLabel = useEnumLabels(useReaderLanguage());
  const enumLabels = useRef(enumLabel);
  enumLabels.current = enumLabel;
  const review = openedReview(id, api);
  const { store } = review;
  const pending = useStore(review.pending);
  const [proposal, setProposal] = useState(store.latest);
  const [page, setPage] = useState<ItemPage>();
  const [index, setIndex] = useState(0);
  const [announcement, setAnnouncement] = useState('');
  const [failure, setFailure] = useState('');
  const loads = useRef(0);

  const show = useCallback(
    (next: Proposal) => {
      store.latest = next;
      setProposal(next);
    },
    [store],
  );

  /** Loads a page of rows. Returns whether it is shown: a later load may have replaced it. */
  const load = useCallback(
    async (filter: VerdictFilter, place: PagePlace, offset: number, position: 'first' | 'last' | 'same') => {
      loads.current += 1;
      const load = loads.current;
      try {
        const answer = await api.proposal(id, filterOf(filter), place);
        // A later load has the page that is asked for now.
        if (load !== loads.current) return false;
        if (!answer) throw new Error(texts.none);
        const { items, ...next } = answer;
        // A decision that was sent meanwhile may have been answered before.
        if (!store.latest || next.version >= store.latest.version) show(next);
        setPage({ ...items, place, offset, filter });
        const last = Math.max(items.nodes.length - 1, 0);
        setIndex(current => (position === 'first' ? 0 : position === 'last' ? last : Math.min(current, last)));
        setFailure('');
        return true;
      } catch (error) {
        if (load === loads.current) setFailure(failureText(error, texts));
        return false;
      }
    },
    [api, id, show, store, texts],
  );
  const reload = useCallback(
    async () => page !== undefined && (await load(page.filter, page.place, page.offset, 'same')),
    [load, page],
  );
  const reloadLatest = useRef(reload);
  reloadLatest.current = reload;

  const pageItems = useRef<readonly Item[]>(undefined);
  pageItems.current = page?.nodes;

  useEffect(() => {
    let isCurrent = true;
    const start = async () => {
      try {
        const first = await api.proposal(id, {}, {});
        if (!isCurrent) return;
        if (!first) throw new Error(texts.none);
        const hasWork = first.state === 'OPEN' && rowsForAPerson(first.counts) > 0;
        await load(hasWork ? 'PERSON' : 'ALL', {}, 0, 'first');
      } catch (error) {
        if (isCurrent) setFailure(failureText(error, texts));
      }
    };
    void start();
    return () => {
      isCurrent = false;
    };
  }, [api, id, load, texts]);

  useEffect(() => {
    store.api = api;
    store.view = {
      stored: (next, items) => {
        const verdictLabel = (verdict: string) => enumLabels.current('ProposalVerdict', verdict);
        const text = comparedText(pageItems.current ?? [], items, texts, verdictLabel);
        if (text) setAnnouncement(text);
        const byId = new Map(items.map(item => [item.id, item]));
        show(next);
        setPage(current => current && { ...current, nodes: current.nodes.map(item => byId.get(item.id) ?? item) });
      },
      dropped: () => {
        const shown = pageItems.current;
        // The first page that is loaded takes them: it would replace the text.
        const dropped = shown && store.takeDropped();
        if (!dropped) return;
        const text = droppedText(dropped, shown, texts);
        void reloadLatest.current().then(isShown => setFailure(isShown ? `${text} ${texts.presentState}` : text));
      },
    };
    return () => {
      store.view = undefined;
    };
  }, [api, show, store, texts]);

  useEffect(() => {
    const dropped = page && store.takeDropped();
    if (dropped) setFailure(`${droppedText(dropped, page.nodes, texts)} ${texts.presentState}`);
  }, [page, store, texts]);

  const decide = useCallback(
    (decisions: readonly Decision[]) => {
      setFailure('');
      store.queue.add(decisions);
    },
    [store],
  );

  return {
    proposal,
    page,
    index,
    pending,
    announcement,
    failure,
    show,
    setIndex,
    setAnnouncement,
    setFailure,
    load,
    reload,
    decide,
  };
}

export type Review = ReturnType<typeof useReview>;
