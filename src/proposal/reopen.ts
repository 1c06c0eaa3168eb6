import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { UserError } from '../change/user-error.js';
import { queryRows } from '../graph/sql/query.js';
import type { ClaimingRow, Claims } from './claims.js';
import { Planner } from './plan.js';
import { planOptionsOf } from './plan-again.js';
import type { PlannedItem } from './planned-item.js';
import { ProposalDecision, ProposalVerdict } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import { replaceItem } from './store.js';

/** Limits the rows that are read at once. */
const PAGE_SIZE = 500;

const REPEATED = 'ROW_REPEATED';

/** A row that was refused since it repeats another one. */
interface RepeatedRow extends ClaimingRow {
  id: string;
  number: number;
  problems: UserError[];
}

/**
 * Compares the rows again that were refused since they repeat rows that are rejected now, in their order: the first of several
 * that are the same is open then, and the others repeat it.
 *
 * @param places The places of the rejected rows.
 * @param claims The claims of the rows of the proposal, without those of the rejected ones.
 */
export async function reopenRepeated(
  em: EntityManager,
  proposal: Proposal,
  places: readonly string[],
  claims: Claims,
): Promise<void> {
  if (places.length === 0) return;
  const planner = new Planner(em, planOptionsOf(proposal), claims);
  for (let last = 0; ; ) {
    const page = await repeatedRows(em, proposal.id, places, last);
    await claims.load(page);
    const repeated: Pick<RepeatedRow, 'id' | 'problems'>[] = [];
    for (const { id, problems, ...row } of page) {
      const problem = claims.repeated(row);
      if (problem) repeated.push({ id, problems: problems.map(other => (other.rule === REPEATED ? problem : other)) });
      else {
        const [planned] = (await planner.plan([row])) as [PlannedItem];
        await replaceItem(em, id, planned);
      }
    }
    await storeProblems(em, repeated);
    if (page.length < PAGE_SIZE) return;
    last = page.at(-1)?.number as number;
  }
}

/** Reads rows after a number that were refused since they repeat one at one of some places. */
function repeatedRows(
  em: EntityManager,
  proposal: string,
  places: readonly string[],
  after: number,
): Promise<RepeatedRow[]> {
  return queryRows(
    em,
    sql`select id, number, place, subject_id as "subjectId", fields, proposed as values, problems from proposal_item
      where proposal_id = ${proposal} and verdict = ${ProposalVerdict.REFUSED} and number > ${after}
        and decision is distinct from ${ProposalDecision.REJECT} and exists (select from jsonb_array_elements(problems) p
          where p->>'rule' = ${REPEATED} and p->'params'->>'place' = any(${[...places]}::text[]))
      order by number limit ${PAGE_SIZE}`,
  );
}

/** Stores the problems of rows that repeat another row now. */
async function storeProblems(em: EntityManager, rows: readonly Pick<RepeatedRow, 'id' | 'problems'>[]): Promise<void> {
  if (rows.length === 0) return;
  await queryRows(
    em,
    sql`update proposal_item i set problems = w.problems
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id text, problems jsonb) where i.id = w.id`,
  );
}
