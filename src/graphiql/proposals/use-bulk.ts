import { useState } from 'react';
import { failureText } from '../result/failure-text.js';
import { type BulkKind, bulkDecisions } from './bulk.js';
import { filterOf } from './item-page.js';
import type { Decision } from './proposal.js';
import type { ProposalApi } from './proposal-api.js';
import type { ProposalTexts } from './texts.js';
import type { Review } from './use-review.js';

/** Decisions on many rows that wait for a confirmation. */
export interface BulkQuestion {
  readonly kind: BulkKind;
  readonly decisions: readonly Decision[];
  /** The version that the rows were read at: another decision makes the question an old one. */
  readonly version: number;
}

/** Returns what asks for decisions on many rows, and takes them once they are confirmed. */
export function useBulk(api: ProposalApi, { proposal, page, pending, ...review }: Review, texts: ProposalTexts) {
  const [question, setQuestion] = useState<BulkQuestion>();

  const ask = async (kind: BulkKind) => {
    if (!page || proposal?.state !== 'OPEN') return;
    if (pending.size > 0) return review.setAnnouncement(texts.storing(pending.size));
    review.setFailure('');
    review.setAnnouncement(texts.reading);
    try {
      const items = kind === 'page' ? page.nodes : await api.undecided(proposal.id, filterOf(page.filter));
      const decisions = bulkDecisions(kind, proposal, items);
      if (decisions.length === 0) return review.setAnnouncement(texts.bulkNone);
      review.setAnnouncement('');
      setQuestion({ kind, decisions, version: proposal.version });
    } catch (error) {
      review.setAnnouncement('');
      review.setFailure(failureText(error, texts));
    }
  };
  const confirm = () => {
    if (!question) return;
    setQuestion(undefined);
    review.setAnnouncement(texts.storing(question.decisions.length));
    review.decide(question.decisions);
  };
  const isCurrent = question?.version === proposal?.version && proposal?.state === 'OPEN';
  return { question: isCurrent ? question : undefined, ask, confirm, cancel: () => setQuestion(undefined) };
}

export type Bulk = ReturnType<typeof useBulk>;
