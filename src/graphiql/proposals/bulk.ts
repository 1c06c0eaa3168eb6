import { type Decision, fittingDecisions, type Item, type Proposal } from './proposal.js';

/** The keys of the decisions on many rows at once: with Shift, so that none is pressed instead of that on one row. */
export const BULK_KEYS = { page: 'A', shown: 'V', certain: 'C' } as const;
export type BulkKind = keyof typeof BULK_KEYS;
export const BULK_KINDS = Object.keys(BULK_KEYS) as BulkKind[];

/** The score from which a candidate is chosen if no other one has it. */
const CERTAIN_SCORE = 90;

/** The part of a row that a decision on many rows reads. */
export type BulkItem = Pick<Item, 'id' | 'verdict' | 'fields' | 'decision' | 'isApplied'> & {
  readonly candidates: readonly Pick<Item['candidates'][number], 'id' | 'score'>[];
};

/** The verdicts whose acceptance writes the values of the row: to accept the others declares a new record, one by one. */
const ACCEPTED_TOGETHER: readonly string[] = ['CREATE', 'REVISE', 'CONFLICT'];

/**
 * Returns the decisions on the rows that have none: to accept what can be accepted, or to choose the only candidate that is
 * certain. Rows that need a look each stay as they are.
 */
export function bulkDecisions(
  kind: BulkKind,
  proposal: Pick<Proposal, 'concept' | 'origin'>,
  items: readonly BulkItem[],
): Decision[] {
  return items.flatMap((item): Decision[] => {
    if (item.decision !== null || item.isApplied) return [];
    if (kind === 'certain') {
      const [certain, ...others] = item.candidates.filter(({ score }) => score >= CERTAIN_SCORE);
      const canChoose = fittingDecisions(proposal, item).includes('CHOOSE');
      return certain && others.length === 0 && canChoose
        ? [{ itemId: item.id, decision: 'CHOOSE', choice: certain.id }]
        : [];
    }
    const canAccept = ACCEPTED_TOGETHER.includes(item.verdict) && fittingDecisions(proposal, item).includes('ACCEPT');
    return canAccept ? [{ itemId: item.id, decision: 'ACCEPT' }] : [];
  });
}
