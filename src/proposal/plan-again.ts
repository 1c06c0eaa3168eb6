import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { decodeChangeCursor } from '../change/cursor.js';
import { type UserError, userError, WriteRejected } from '../change/user-error.js';
import { queryRows } from '../graph/sql/query.js';
import { matchRecords } from '../matching/match-records.js';
import { Claims } from './claims.js';
import { conceptOf } from './concepts.js';
import { Planner } from './plan.js';
import { ProposalDecision, ProposalPolicy, ProposalVerdict } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import type { ProposalItem } from './proposal-item.js';
import type { ProposalRow } from './row.js';
import { replaceItem } from './store.js';

const { AMBIGUOUS, UNMATCHED } = ProposalVerdict;

const SIDE_ID = /^(?:dutch|chinese)\.id$/;

const isAuthorityId = (value: unknown): boolean => typeof value === 'string' && /^(?:nl|cn)-/.test(value.trim());

/** A decision of a reviewer. */
export interface Decision {
  itemId: string;
  decision: ProposalDecision;
  choice?: string | null;
}

/**
 * Compares the open items that decisions settle again.
 *
 * @throws WriteRejected ROW_REPEATED for each decision by which a row would write what another row of the proposal writes.
 */
export async function planAllAgain(
  em: EntityManager,
  proposal: Proposal,
  decisions: readonly (Decision & { index: number })[],
  items: ReadonlyMap<string, ProposalItem>,
): Promise<void> {
  const settling = decisions.filter(({ itemId, decision }) => {
    const verdict = items.get(itemId)?.verdict;
    return decision !== ProposalDecision.REJECT && (verdict === AMBIGUOUS || verdict === UNMATCHED);
  });
  if (settling.length === 0) return;
  const claims = await Claims.of(em, proposal);
  const problems: UserError[] = [];
  for (const { itemId, choice = null, index } of settling) {
    const repeated = await planAgain(em, proposal, items.get(itemId) as ProposalItem, choice, claims);
    const path = `decisions.${index}.${choice === null ? 'decision' : 'choice'}`;
    if (repeated) problems.push(userError(repeated.code, path, repeated));
  }
  if (problems.length) throw new WriteRejected(problems);
}

/**
 * Compares an item again, with the record that a person chose; as a new record without a choice.
 *
 * @returns The problem of an item that repeats another.
 */
async function planAgain(
  em: EntityManager,
  proposal: Proposal,
  item: ProposalItem,
  choice: string | null,
  claims: Claims,
): Promise<UserError | undefined> {
  const { origin, policy, source, message: text, basis } = proposal;
  const candidate = item.candidates.find(({ id }) => id === choice);
  const values = choice === null ? item.proposed : withChoice(item.proposed, candidate?.path ?? 'id', choice);
  const row: ProposalRow = { place: item.place, values: values as ProposalRow['values'] };
  const options = {
    concept: conceptOf(proposal.concept),
    origin,
    // A person decided that a record is new, or which one it is.
    policy: choice === null ? ProposalPolicy.UPSERT : policy,
    matchNames: matchRecords,
    source,
    message: text,
    basis: decodeChangeCursor(basis),
  };
  const [planned] = await new Planner(em, options, claims).plan([row], choice === null ? 'new' : 'chosen');
  if (!planned) return undefined;
  await replaceItem(em, item.id, planned);
  await queryRows(em, sql`update proposal_item set proposed = ${JSON.stringify(values)}::jsonb where id = ${item.id}`);
  return planned.problems.find(({ rule }) => rule === 'ROW_REPEATED');
}

/**
 * Returns the values of a row with the record that a person chose. What the row says of a side instead is settled by that: of
 * the chosen one, or of both sides of a chosen record, if they are named in `dutch.id` and `chinese.id`.
 */
function withChoice(values: ProposalItem['proposed'], path: string, choice: string): ProposalItem['proposed'] {
  const side = path.replace(/id$/, '');
  const isSettled = (name: string, value: unknown) =>
    side === '' ? SIDE_ID.test(name) && !isAuthorityId(value) : name.startsWith(side);
  const others = Object.entries(values).filter(([name, value]) => !isSettled(name, value));
  return { ...Object.fromEntries(others), [path]: choice };
}
