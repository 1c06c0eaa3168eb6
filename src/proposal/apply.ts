import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { type Applied, applyCommand } from '../change/apply-command.js';
import { newChangeSet } from '../change/change-set.js';
import { lockName, lockRecords } from '../change/locks.js';
import { recordAllChanges } from '../change/record-changes.js';
import { readReferences } from '../change/references.js';
import { type RecordState, statesOf } from '../change/subject.js';
import { type UserError, WriteRejected } from '../change/user-error.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { queryRows } from '../graph/sql/query.js';
import type { ProposalConcept } from './concept.js';
import { conceptOf } from './concepts.js';
import { referencesOf } from './item-input.js';
import { statusWriteOf, type WritableItem, writeOf } from './item-write.js';
import { updateProposal } from './lock.js';
import { ProposalDecision, ProposalState, ProposalVerdict } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import { updateCounts } from './store.js';

/** The items that are loaded, and the changes that are written, together. */
const BATCH_SIZE = 250;
/** The lock of transactions that write many records: one at a time. */
const BATCHES = 'proposals';

/** What becomes of an item. */
interface Outcome {
  id: string;
  subject: string | null;
  isApplied: boolean;
  problems: UserError[];
}

/** Options of `applyItems`. */
export interface ApplyOptions {
  actor: string;
  dryRun: boolean;
  /** Called after each batch, with the number of items so far. */
  onProgress?: (items: number) => void;
}

/**
 * Applies the accepted items of a proposal as one set of changes, in the transaction of `em`. An item whose record was
 * changed since it was compared, or that a rule of the register forbids now, becomes STALE and is not written.
 *
 * All locks are taken in the order of a single mutation: names of rules, records, and the log last, which is held only while
 * what follows from the changes is written.
 *
 * @returns The id of the first change; undefined if there is none.
 */
export async function applyItems(
  em: EntityManager,
  proposal: Proposal,
  options: ApplyOptions,
): Promise<number | undefined> {
  const concept = conceptOf(proposal.concept);
  const { subject } = concept;
  const { dryRun } = options;
  if (!dryRun) {
    for (const name of [BATCHES, ...concept.locks]) await lockName(em, name);
    await lockRecords(em, subject.listing.entity, await subjectIds(em, proposal.id));
  }
  const applied: Applied[] = [];
  const outcomes: Outcome[] = [];
  const statusItems: { item: WritableItem; outcome: Outcome }[] = [];
  for await (const page of writableItems(em, proposal.id)) {
    const states = await statesOf(
      em,
      subject,
      page.flatMap(({ subjectId }) => subjectId ?? []),
    );
    await readReferences(
      em,
      page.flatMap(({ fields }) => referencesOf(fields)),
    );
    await loadRecords(em, concept, [...states.keys()]);
    for (const item of page) {
      const state = item.subjectId === null ? undefined : states.get(item.subjectId);
      const outcome = await applyItem(em, proposal, item, state, applied);
      outcomes.push(outcome);
      if (outcome.isApplied && concept.isOfStatus && item.fields.some(concept.isOfStatus))
        statusItems.push({ item, outcome });
    }
    await em.flush();
    em.clear();
    options.onProgress?.(outcomes.length);
  }
  const changeSet = newChangeSet();
  const authorship = { actor: options.actor, dryRun, changeSet };
  const first = await recordAllChanges(em, applied, authorship);
  // A change of status is a command of its own, on the record as the first one left it.
  const changedStatus: Applied[] = [];
  for (const { item, outcome } of statusItems) {
    const write = await statusWriteOf(em, proposal, item, outcome.subject as string);
    if (write) changedStatus.push(await applyCommand(em, write));
    em.clear();
  }
  const second = await recordAllChanges(em, changedStatus, authorship);
  const firstChange = first ?? second;
  await storeOutcomes(em, outcomes);
  await updateCounts(em, proposal.id);
  const isWritten = firstChange !== undefined;
  await updateProposal(em, proposal.id, {
    state: ProposalState.APPLIED,
    changeSet: isWritten ? changeSet : null,
    triaged: true,
  });
  return firstChange;
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

/** Applies one item, or tells why it cannot be written any more. */
async function applyItem(
  em: EntityManager,
  proposal: Proposal,
  item: WritableItem,
  state: RecordState<RegisterRecord> | undefined,
  applied: Applied[],
): Promise<Outcome> {
  const { id, subjectId, subjectVersion } = item;
  const stale = (problems: UserError[]): Outcome => ({ id, subject: subjectId, isApplied: false, problems });
  if (subjectId !== null && state?.row.version !== subjectVersion) return stale([]);
  const write = writeOf(proposal, item, state?.row ?? null);
  if (!write) return { id, subject: subjectId, isApplied: true, problems: [] };
  try {
    const written = await applyCommand(em, write, { state, isDeferred: true });
    applied.push(written);
    return { id, subject: written.id, isApplied: true, problems: [] };
  } catch (error) {
    // Thrown by the rules, before anything is written: another change made the item impossible.
    if (error instanceof WriteRejected) return stale(error.errors);
    throw error;
  }
}

const { CREATE, REVISE, CONFLICT } = ProposalVerdict;
const { ACCEPT, KEEP_BOTH, REJECT } = ProposalDecision;

/** The condition of items to write: new records and revisions unless rejected, conflicts if decided. */
const isWritable = sql`(verdict = any(${[CREATE, REVISE]}::text[]) and decision is distinct from ${REJECT}
  or verdict = ${CONFLICT} and decision = any(${[ACCEPT, KEEP_BOTH]}::text[]))`;

async function subjectIds(em: EntityManager, proposal: string): Promise<string[]> {
  const query = sql`select distinct subject_id as id from proposal_item
    where proposal_id = ${proposal} and subject_id is not null and ${isWritable}`;
  return (await queryRows<{ id: string }>(em, query)).map(({ id }) => id);
}

/** Reads the items to write, in their order, page by page. */
async function* writableItems(em: EntityManager, proposal: string): AsyncGenerator<WritableItem[]> {
  for (let last = 0; ; ) {
    const page = await queryRows<WritableItem>(
      em,
      sql`select id, number, verdict, decision, subject_id as "subjectId", subject_version as "subjectVersion", fields, proposed
        from proposal_item where proposal_id = ${proposal} and number > ${last} and ${isWritable}
        order by number limit ${BATCH_SIZE}`,
    );
    if (page.length) yield page;
    if (page.length < BATCH_SIZE) return;
    last = page.at(-1)?.number ?? last;
  }
}

/** Stores what became of items; one statement per batch. */
async function storeOutcomes(em: EntityManager, outcomes: readonly Outcome[]): Promise<void> {
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
