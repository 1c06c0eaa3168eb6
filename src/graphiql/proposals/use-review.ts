import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { messageOf } from '../result/message-of.js';
import { DecisionQueue } from './decision-queue.js';
import { filterOf, type ItemPage, type VerdictFilter } from './item-page.js';
import { type Decision, type Item, type Proposal, rowsForAPerson } from './proposal.js';
import type { PagePlace, ProposalApi } from './proposal-api.js';
import type { ProposalTexts } from './texts.js';

/** A refusal of the register, in its words. */
class Refused extends Error {}

/** The rows that a sentence names; more of them are counted. */
const MAX_NAMED = 5;

/** The state of a review: the proposal, a page of its rows, the current row, and what was last announced. */
export function useReview(api: ProposalApi, id: string, texts: ProposalTexts) {
  const enumLabel = useEnumLabels(useReaderLanguage());
  const verdictLabel = useRef(enumLabel);
  verdictLabel.current = enumLabel;
  const [proposal, setProposal] = useState<Proposal>();
  const [page, setPage] = useState<ItemPage>();
  const [index, setIndex] = useState(0);
  const [pending, setPending] = useState<ReadonlyMap<string, Decision>>(new Map());
  const [announcement, setAnnouncement] = useState('');
  const [failure, setFailure] = useState('');
  /** The proposal as the register last answered: what the next decision expects. */
  const latest = useRef<Proposal>(undefined);
  const loads = useRef(0);

  const show = useCallback((next: Proposal) => {
    latest.current = next;
    setProposal(next);
  }, []);

  const load = useCallback(
    async (filter: VerdictFilter, place: PagePlace, offset: number, position: 'first' | 'last' | 'same') => {
      loads.current += 1;
      const load = loads.current;
      try {
        const answer = await api.proposal(id, filterOf(filter), place);
        // A later load has the page that is asked for now.
        if (load !== loads.current) return;
        if (!answer) throw new Error(texts.none);
        const { items, ...next } = answer;
        // A decision that was sent meanwhile may have been answered before.
        if (!latest.current || next.version >= latest.current.version) show(next);
        setPage({ ...items, place, offset, filter });
        const last = Math.max(items.nodes.length - 1, 0);
        setIndex(current => (position === 'first' ? 0 : position === 'last' ? last : Math.min(current, last)));
        setFailure('');
      } catch (error) {
        if (load === loads.current) setFailure(messageOf(error));
      }
    },
    [api, id, show, texts],
  );
  const reload = useCallback(async () => {
    if (page) await load(page.filter, page.place, page.offset, 'same');
  }, [load, page]);
  const reloadLatest = useRef(reload);
  reloadLatest.current = reload;

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
        if (isCurrent) setFailure(messageOf(error));
      }
    };
    void start();
    return () => {
      isCurrent = false;
    };
  }, [api, id, load, texts]);

  const pageItems = useRef<readonly Item[]>([]);
  pageItems.current = page?.nodes ?? [];

  const queue = useMemo(() => {
    const shown = (itemId: string) => pageItems.current.find(item => item.id === itemId);
    const verdictOf = (itemId: string) => shown(itemId)?.verdict;
    const send = async (decisions: readonly Decision[]) => {
      const { proposal: decided, userErrors } = await api.decide(latest.current as Proposal, decisions);
      if (userErrors.length > 0 || !decided) throw new Refused(userErrors.map(({ message }) => message).join(' '));
      const { items, ...next } = decided;
      const byId = new Map(items.nodes.map(item => [item.id, item]));
      const compared = items.nodes.filter(item => verdictOf(item.id) !== item.verdict);
      const sentences = compared.map(({ place, verdict }) =>
        texts.compared(place, verdictLabel.current('ProposalVerdict', verdict)),
      );
      if (sentences.length > MAX_NAMED) setAnnouncement(texts.comparedMany(sentences.length));
      else if (sentences.length > 0) setAnnouncement(sentences.join(' '));
      show(next);
      setPage(current => current && { ...current, nodes: current.nodes.map(item => byId.get(item.id) ?? item) });
      setPending(current => {
        const left = new Map(current);
        for (const decision of decisions) if (left.get(decision.itemId) === decision) left.delete(decision.itemId);
        return left;
      });
    };
    const dropped = (decisions: readonly Decision[], error: unknown) => {
      const names = decisions.slice(0, MAX_NAMED).map(({ itemId }) => shown(itemId)?.place ?? itemId);
      const others = decisions.length - names.length;
      const places = `${names.join(', ')}${others > 0 ? ` ${texts.more(others)}` : ''}`;
      setPending(new Map());
      void reloadLatest.current().then(() => setFailure(`${messageOf(error)} ${texts.notStored(places)}`));
    };
    return new DecisionQueue(send, dropped);
  }, [api, show, texts]);

  const decide = useCallback(
    (decision: Decision) => {
      setFailure('');
      setPending(current => new Map(current).set(decision.itemId, decision));
      queue.add(decision);
    },
    [queue],
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
