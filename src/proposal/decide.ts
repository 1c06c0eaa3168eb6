import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { decodeChangeCursor } from '../change/cursor.js';
import { type UserError, UserErrorCode, userError, WriteRejected } from '../change/user-error.js';
import { columnsOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';
import { matchRecords } from '../matching/match-records.js';
import { message } from '../messages/message.js';
import { conceptOf } from './concepts.js';
import { updateProposal } from './lock.js';
import { Planner } from './plan.js';
import { ProposalDecision, ProposalOrigin, ProposalPolicy, ProposalVerdict } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import { ProposalItem } from './proposal-item.js';
import type { ProposalRow } from './row.js';
import { replaceItem, updateCounts } from './store.js';

/** A decision of a reviewer. */
export interface Decision {
  itemId: string;
  decision: ProposalDecision;
  choice?: string | null;
}

const { CREATE, REVISE, CONFLICT, AMBIGUOUS, UNMATCHED } = ProposalVerdict;
const { ACCEPT, REJECT, KEEP_BOTH, CHOOSE } = ProposalDecision;

/** The decisions that fit a verdict. All others have nothing to decide but a rejection. */
const FITTING: Partial<Record<ProposalVerdict, readonly ProposalDecision[]>> = {
  [CREATE]: [ACCEPT],
  [REVISE]: [ACCEPT],
  [CONFLICT]: [ACCEPT, KEEP_BOTH],
  [AMBIGUOUS]: [ACCEPT, CHOOSE],
  [UNMATCHED]: [ACCEPT, CHOOSE],
};

/**
 * Stores decisions on items, in the transaction of `em`. An item whose record a person chose, or declared new, is compared
 * again: it has another verdict then.
 *
 * @throws WriteRejected with a problem per decision that does not fit.
 */
export async function decideItems(
  em: EntityManager,
  proposal: Proposal,
  decisions: readonly Decision[],
): Promise<void> {
  const ids = decisions.map(({ itemId }) => itemId);
  const query = sql`select ${columnsOf(em, ProposalItem, 'i')} from proposal_item i
    where i.proposal_id = ${proposal.id} and i.id = any(${ids}::text[])`;
  const items = new Map((await queryRows<ProposalItem>(em, query)).map(item => [item.id, item]));
  const problems = decisions.flatMap((decision, index) =>
    problemOf(proposal, items.get(decision.itemId), decision, index),
  );
  if (problems.length) throw new WriteRejected(problems);
  for (const { itemId, decision, choice = null } of decisions) {
    const item = items.get(itemId) as ProposalItem;
    const isOpen = item.verdict === AMBIGUOUS || item.verdict === UNMATCHED;
    if (isOpen && decision !== REJECT) await planAgain(em, proposal, item, choice);
  }
  // Of two decisions on one row the last counts.
  const last = [...new Map(decisions.map(decision => [decision.itemId, decision])).values()];
  await queryRows(
    em,
    sql`update proposal_item i set decision = w.decision, choice = w.choice
      from jsonb_to_recordset(${JSON.stringify(last)}::jsonb) as w("itemId" text, decision text, choice text)
      where i.id = w."itemId"`,
  );
  await updateCounts(em, proposal.id);
  const isDoubtShared = decisions.some(({ decision }) => decision !== REJECT);
  await updateProposal(em, proposal.id, { triaged: isDoubtShared });
}

function problemOf(
  { concept: type, origin }: Proposal,
  item: ProposalItem | undefined,
  { itemId, decision, choice }: Decision,
  index: number,
): UserError[] {
  const concept = conceptOf(type);
  const path = `decisions.${index}`;
  if (!item) {
    const missing = message('PROPOSAL_ITEM_MISSING', { id: itemId.slice(0, 80) });
    return [userError(UserErrorCode.NOT_FOUND, `${path}.itemId`, missing)];
  }
  const isFitting = decision === REJECT || FITTING[item.verdict]?.includes(decision);
  const isPossible = decision !== KEEP_BOTH || concept.leaves.has('confidence');
  const hasValue =
    decision !== ACCEPT || item.verdict !== CONFLICT || origin !== ProposalOrigin.REPORT || !item.fields.some(isDoubt);
  if (!isFitting || !isPossible || !hasValue) {
    const unfit = message('DECISION_UNFIT', { verdict: item.verdict, decision });
    return [userError(UserErrorCode.INVALID, `${path}.decision`, unfit)];
  }
  if (decision !== CHOOSE) return [];
  const isCandidate = item.candidates.some(({ id }) => id === choice);
  const isOfConcept = concept.prefixes.some(prefix => choice?.startsWith(`${prefix}-`));
  if (choice != null && (isCandidate || isOfConcept)) return [];
  const unfit = message('CHOICE_UNFIT', { value: (choice ?? '–').slice(0, 120) });
  return [userError(UserErrorCode.INVALID, `${path}.choice`, unfit)];
}

/** Returns whether a value is only doubted: a report that proposes no other. */
const isDoubt = ({ now, proposed }: ProposalItem['fields'][number]): boolean => proposed === null && now !== null;

/** Returns the values of a row with the record that a person chose. What the row says of a side instead is settled by that. */
function withChoice(values: ProposalItem['proposed'], path: string, choice: string): ProposalItem['proposed'] {
  const side = path.replace(/id$/, '');
  const others = Object.entries(values).filter(([name]) => side === '' || !name.startsWith(side));
  return { ...Object.fromEntries(others), [path]: choice };
}

/** Compares an item again, with the record that a person chose; as a new record without a choice. */
async function planAgain(
  em: EntityManager,
  proposal: Proposal,
  item: ProposalItem,
  choice: string | null,
): Promise<void> {
  const { origin, policy, source, message: text, basis } = proposal;
  const candidate = item.candidates.find(({ id }) => id === choice);
  const values = choice === null ? item.proposed : withChoice(item.proposed, candidate?.path ?? 'id', choice);
  const row: ProposalRow = { place: item.place, values: values as ProposalRow['values'] };
  const planner = new Planner(em, {
    concept: conceptOf(proposal.concept),
    origin,
    // A person decided that a record is new, or which one it is.
    policy: choice === null ? ProposalPolicy.UPSERT : policy,
    matchNames: matchRecords,
    source,
    message: text,
    basis: decodeChangeCursor(basis),
  });
  const [planned] = await planner.plan([row], choice === null);
  if (!planned) return;
  await replaceItem(em, item.id, planned);
  await queryRows(em, sql`update proposal_item set proposed = ${JSON.stringify(values)}::jsonb where id = ${item.id}`);
}
