import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { decodeChangeCursor } from '../change/cursor.js';
import { type UserError, userError, WriteRejected } from '../change/user-error.js';
import { queryRows } from '../graph/sql/query.js';
import { matchRecords } from '../matching/match-records.js';
import type { Claims } from './claims.js';
import { conceptOf } from './concepts.js';
import { Planner, type PlanOptions } from './plan.js';
import type { PlannedItem } from './planned-item.js';
import { ProposalDecision, ProposalPolicy, ProposalVerdict } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import type { ProposalItem } from './proposal-item.js';
import type { ProposalRow } from './row.js';
import { replaceItem } from './store.js';

const { AMBIGUOUS, UNMATCHED, REFUSED } = ProposalVerdict;

/** Both names of the columns of the sides. */
const SIDE_ID = /^(?:dutch|chinese)(?:\.id)?$/;

const isAuthorityId = (value: unknown): boolean => typeof value === 'string' && /^(?:nl|cn)-/.test(value.trim());

/** A decision of a reviewer. */
export interface Decision {
  itemId: string;
  decision: ProposalDecision;
  choice?: string | null;
}

/** Returns the facts by which a row of a stored proposal is compared again. */
export const planOptionsOf = ({ concept, origin, policy, source, message, basis }: Proposal): PlanOptions => ({
  concept: conceptOf(concept),
  origin,
  policy,
  matchNames: matchRecords,
  source,
  message,
  basis: decodeChangeCursor(basis),
});

/**
 * Compares the open items that decisions settle again.
 *
 * @param claims The claims of the rows of the proposal.
 * @throws WriteRejected for each decision by which a row would break a rule, such as that it repeats another row: nothing could
 *   be decided on the row any more.
 */
export async function planAllAgain(
  em: EntityManager,
  proposal: Proposal,
  decisions: readonly (Decision & { index: number })[],
  items: ReadonlyMap<string, ProposalItem>,
  claims: Claims,
): Promise<void> {
  const settling = decisions.filter(({ itemId, decision }) => {
    const verdict = items.get(itemId)?.verdict;
    return decision !== ProposalDecision.REJECT && (verdict === AMBIGUOUS || verdict === UNMATCHED);
  });
  const problems: UserError[] = [];
  for (const { itemId, choice = null, index } of settling) {
    const planned = await planAgain(em, proposal, items.get(itemId) as ProposalItem, choice, claims);
    const path = `decisions.${index}.${choice === null ? 'decision' : 'choice'}`;
    if (planned.verdict === REFUSED)
      problems.push(...planned.problems.map(problem => userError(problem.code, path, problem)));
  }
  if (problems.length) throw new WriteRejected(problems);
}

/** Compares an item again, with the record that a person chose; as a new record without a choice. */
async function planAgain(
  em: EntityManager,
  proposal: Proposal,
  { id, place, proposed, candidates }: ProposalItem,
  choice: string | null,
  claims: Claims,
): Promise<PlannedItem> {
  const candidate = candidates.find(other => other.id === choice);
  const values = choice === null ? proposed : withChoice(proposed, candidate?.path ?? 'id', choice);
  const options = planOptionsOf(proposal);
  // A person decided that a record is new, or which one it is.
  if (choice === null) options.policy = ProposalPolicy.UPSERT;
  const planner = new Planner(em, options, claims);
  const rows = [{ place, values: values as ProposalRow['values'] }];
  const [planned] = (await planner.plan(rows, choice === null ? 'new' : 'chosen')) as [PlannedItem];
  await replaceItem(em, id, planned);
  await queryRows(em, sql`update proposal_item set proposed = ${JSON.stringify(values)}::jsonb where id = ${id}`);
  return planned;
}

/**
 * Returns the values of a row with the record that a person chose. What the row says of a side instead is settled by that: of
 * the chosen one, or of both sides of a chosen record, if they are named in the columns of their ids.
 */
function withChoice(values: ProposalItem['proposed'], path: string, choice: string): ProposalItem['proposed'] {
  const side = path.replace(/id$/, '');
  const isSettled = (name: string, value: unknown) =>
    side === '' ? SIDE_ID.test(name) && !isAuthorityId(value) : `${name}.`.startsWith(side);
  const others = Object.entries(values).filter(([name, value]) => !isSettled(name, value));
  return { ...Object.fromEntries(others), [path]: choice };
}
