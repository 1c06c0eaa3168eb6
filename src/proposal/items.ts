import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { UserError } from '../change/user-error.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { queryRows } from '../graph/sql/query.js';
import { BATCH_SIZE } from './batches.js';
import type { ProposalConcept } from './concept.js';
import type { WritableItem } from './item-write.js';
import { ProposalDecision, ProposalVerdict } from './proposal.enums.js';

/** The outcome of an item. */
export interface Outcome {
  id: string;
  subject: string | null;
  isApplied: boolean;
  problems: UserError[];
}

/** Loads records into the identity map, where commands find them; one statement. */
export async function loadRecords(
  em: EntityManager,
  { subject }: ProposalConcept,
  ids: readonly string[],
): Promise<void> {
  if (ids.length)
    await em.find(subject.listing.entity as EntityName<RegisterRecord>, { id: { $in: [...ids] } } as never);
}

const { CREATE, REVISE, CONFLICT } = ProposalVerdict;
const { ACCEPT, KEEP_BOTH, REJECT } = ProposalDecision;

/** The condition of items to write: new records and revisions unless rejected, conflicts if decided. */
const isWritable = sql`(verdict = any(${[CREATE, REVISE]}::text[]) and decision is distinct from ${REJECT}
  or verdict = ${CONFLICT} and decision = any(${[ACCEPT, KEEP_BOTH]}::text[]))`;

/** Reads the ids of the records of the items to write. */
export async function subjectIds(em: EntityManager, proposal: string): Promise<string[]> {
  const query = sql`select distinct subject_id as id from proposal_item
    where proposal_id = ${proposal} and subject_id is not null and ${isWritable}`;
  return (await queryRows<{ id: string }>(em, query)).map(({ id }) => id);
}

/**
 * Reads the items to write, in their order, page by page. Pages are read by their numbers: PostgreSQL would find a page after a
 * number by the verdict, and sort all items behind it.
 */
export async function* writableItems(em: EntityManager, proposal: string): AsyncGenerator<WritableItem[]> {
  const all = await queryRows<{ number: number }>(
    em,
    sql`select number from proposal_item where proposal_id = ${proposal} and ${isWritable} order by number`,
  );
  for (let start = 0; start < all.length; start += BATCH_SIZE) {
    const numbers = all.slice(start, start + BATCH_SIZE).map(({ number }) => number);
    yield await queryRows<WritableItem>(
      em,
      sql`select id, number, verdict, decision, subject_id as "subjectId", subject_version as "subjectVersion", place, fields, proposed
        from proposal_item where proposal_id = ${proposal} and number = any(${numbers}::int[]) order by number`,
    );
  }
}

/** Stores what became of items; one statement per batch. */
export async function storeOutcomes(em: EntityManager, outcomes: readonly Outcome[]): Promise<void> {
  for (let start = 0; start < outcomes.length; start += BATCH_SIZE) {
    const batch = JSON.stringify(outcomes.slice(start, start + BATCH_SIZE));
    await queryRows(
      em,
      sql`update proposal_item i set is_applied = w."isApplied", subject_id = w.subject,
        verdict = case when w."isApplied" then i.verdict else ${ProposalVerdict.STALE} end,
        problems = case when w."isApplied" then i.problems else w.problems end
        from jsonb_to_recordset(${batch}::jsonb) as w(id text, subject text, "isApplied" boolean, problems jsonb)
        where i.id = w.id`,
    );
  }
}
