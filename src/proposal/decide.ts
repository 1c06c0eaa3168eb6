import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { Problems } from '../change/problems.js';
import { type UserError, UserErrorCode, userError, WriteRejected } from '../change/user-error.js';
import { checkTexts } from '../change/validate-texts.js';
import { truncate } from '../graph/errors.js';
import { rowsById } from '../graph/record/record-loader.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { columnsOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { PartnershipStatus } from '../partnership/partnership.enums.js';
import { conceptOf } from './concepts.js';
import { writeOf } from './item-write.js';
import { updateProposal } from './lock.js';
import { type Decision, planAllAgain } from './plan-again.js';
import { ProposalDecision, ProposalOrigin, ProposalVerdict } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import { ProposalItem } from './proposal-item.js';
import { reopenRepeated } from './reopen.js';
import { isOtherEnd } from './status-change.js';
import { updateCounts } from './store.js';
import { StoredClaims } from './stored-claims.js';

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
 * @throws WriteRejected with the problems of decisions that do not fit, or by which a row would break a rule.
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
  // Of two decisions on one row the last counts.
  const last = [
    ...new Map(
      decisions.map(({ itemId, decision, choice }, index) => [
        itemId,
        { itemId, decision, choice: decision === CHOOSE ? (choice ?? null) : null, index },
      ]),
    ).values(),
  ];
  const tooLong = await keptTextProblems(em, proposal, last, items);
  if (tooLong.length) throw new WriteRejected(tooLong);
  // Stored first: what a rejected row would have written is free for another.
  await queryRows(
    em,
    sql`update proposal_item i set decision = w.decision, choice = w.choice
      from jsonb_to_recordset(${JSON.stringify(last)}::jsonb) as w("itemId" text, decision text, choice text)
      where i.id = w."itemId"`,
  );
  const claims = new StoredClaims(em, proposal);
  await planAllAgain(em, proposal, last, items, claims);
  const rejected = last.filter(({ decision }) => decision === REJECT);
  await reopenRepeated(
    em,
    proposal,
    rejected.flatMap(({ itemId }) => items.get(itemId)?.place ?? []),
    claims,
  );
  await updateCounts(em, proposal.id);
  const isDoubtShared = last.some(({ decision }) => decision !== REJECT);
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
    const missing = message('PROPOSAL_ITEM_MISSING', { id: truncate(itemId, 80) });
    return [userError(UserErrorCode.NOT_FOUND, `${path}.itemId`, missing)];
  }
  const isFitting = decision === REJECT || FITTING[item.verdict]?.includes(decision);
  const isPossible = decision !== KEEP_BOTH || concept.leaves.has('confidence');
  const isUnwritable =
    (origin === ProposalOrigin.REPORT && item.fields.some(isDoubt)) ||
    (concept.isOfStatus && isOtherEnd(item.fields, PartnershipStatus.ENDED));
  if (!isFitting || !isPossible || (decision === ACCEPT && item.verdict === CONFLICT && isUnwritable)) {
    const unfit = message('DECISION_UNFIT', { verdict: item.verdict, decision });
    return [userError(UserErrorCode.INVALID, `${path}.decision`, unfit)];
  }
  if (decision !== CHOOSE) return [];
  const isCandidate = item.candidates.some(({ id }) => id === choice);
  const isOfConcept = concept.prefixes.some(prefix => choice?.startsWith(`${prefix}-`));
  if (choice != null && (isCandidate || isOfConcept)) return [];
  const unfit = message('CHOICE_UNFIT', { value: choice ?? '–' });
  return [userError(UserErrorCode.INVALID, `${path}.choice`, unfit)];
}

/**
 * Returns the problems of decisions `KEEP_BOTH` by which a record would break a limit of its texts: its notes grow. One
 * statement, none without such a decision.
 */
async function keptTextProblems(
  em: EntityManager,
  proposal: Proposal,
  decisions: readonly (Decision & { index: number })[],
  items: ReadonlyMap<string, ProposalItem>,
): Promise<UserError[]> {
  const { listing } = conceptOf(proposal.concept).subject;
  const keeping = decisions.filter(({ decision }) => decision === KEEP_BOTH);
  const ids = keeping.flatMap(({ itemId }) => items.get(itemId)?.subjectId ?? []);
  const rows = ids.length ? await rowsById(em, listing, ids) : [];
  const rowById = new Map<string | null, RegisterRecord>(rows.map(row => [row.id, row]));
  return keeping.flatMap(({ itemId, decision, index }) => {
    const item = items.get(itemId) as ProposalItem;
    const row = rowById.get(item.subjectId);
    const problems = new Problems();
    if (row) checkTexts(problems, writeOf(proposal, { ...item, decision }, row)?.input ?? {});
    return problems.errors.map(problem => userError(problem.code, `decisions.${index}.decision`, problem));
  });
}

/** Returns whether a value is only doubted: a report that proposes no other that a row can write. */
const isDoubt = ({ proposed }: ProposalItem['fields'][number]): boolean => proposed === null;
