import { FlushMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import type { Author } from '../access/identity.js';
import { applyCommand, type Recordable, recordable, type Write } from '../change/apply-command.js';
import { newChangeSet } from '../change/change-set.js';
import { readIds } from '../change/new-id.js';
import { type ChangeRange, recordAllChanges } from '../change/record-all-changes.js';
import { readReferences } from '../change/references.js';
import { type RecordState, statesOf } from '../change/subject.js';
import { type UserError, WriteRejected } from '../change/user-error.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { conceptOf } from './concepts.js';
import { referencesOf } from './item-input.js';
import { acceptedFields, statusWriteOf, type WritableItem, writeOf } from './item-write.js';
import { loadRecords, type Outcome, storeOutcomes, subjectIds, writableItems } from './items.js';
import { lockSet, updateProposal } from './lock.js';
import { ProposalState } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import { updateCounts } from './store.js';
import { takenCodes } from './taken-codes.js';

/** Options of `applyItems`. */
export interface ApplyOptions {
  author: Author;
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
 * @returns The first and the last change; undefined if there is none.
 */
export async function applyItems(
  em: EntityManager,
  proposal: Proposal,
  options: ApplyOptions,
): Promise<ChangeRange | undefined> {
  const concept = conceptOf(proposal.concept);
  const { subject } = concept;
  const { dryRun } = options;
  // A command looks for its record, before which the ORM would flush the record of the command before.
  em.setFlushMode(FlushMode.COMMIT);
  if (!dryRun) await lockSet(em, concept, await subjectIds(em, proposal.id));
  const applied: Recordable[] = [];
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
    // Another writer may have given a code away since the rows were compared.
    const taken = await takenCodes(
      em,
      concept,
      page.map(item => ({ id: item.subjectId, fields: acceptedFields(item) })),
    );
    const writes = page.map(item => plannedWrite(proposal, item, states));
    await readIds(
      em,
      writes.flatMap(planned => planned?.write?.command ?? []),
    );
    for (const [index, item] of page.entries()) {
      const problem = taken.get(index);
      const outcome = problem
        ? { id: item.id, subject: item.subjectId, isApplied: false, problems: [problem] }
        : await applyItem(em, item, writes[index], applied);
      outcomes.push(outcome);
      if (outcome.isApplied && concept.isOfStatus && item.fields.some(concept.isOfStatus))
        statusItems.push({ item, outcome });
    }
    await em.flush();
    em.clear();
    options.onProgress?.(outcomes.length);
  }
  const changeSet = newChangeSet();
  const authorship = { author: options.author, dryRun, changeSet };
  const first = await recordAllChanges(em, applied, authorship);
  // A change of status is a command of its own, on the record as the first one left it.
  const changedStatus: Recordable[] = [];
  for (const { item, outcome } of statusItems) {
    const write = await statusWriteOf(em, proposal, item, outcome.subject as string);
    if (write) changedStatus.push(recordable(await applyCommand(em, write)));
    em.clear();
  }
  const second = await recordAllChanges(em, changedStatus, authorship);
  const range = first && second ? { first: first.first, last: second.last } : (first ?? second);
  await storeOutcomes(em, outcomes);
  await updateCounts(em, proposal.id);
  await updateProposal(em, proposal.id, {
    state: ProposalState.APPLIED,
    changeSet: range ? changeSet : null,
    triaged: true,
  });
  return range;
}

/** The call of the command of an item; none if it has nothing to write. */
interface PlannedWrite {
  write: Write | undefined;
  state: RecordState<RegisterRecord> | undefined;
}

/** Returns the call of an item; undefined if its record was changed since it was compared. */
function plannedWrite(
  proposal: Proposal,
  item: WritableItem,
  states: ReadonlyMap<string, RecordState<RegisterRecord>>,
): PlannedWrite | undefined {
  const { subjectId, subjectVersion } = item;
  const state = subjectId === null ? undefined : states.get(subjectId);
  if (subjectId !== null && state?.row.version !== subjectVersion) return undefined;
  return { write: writeOf(proposal, item, state?.row ?? null), state };
}

/** Applies one item, or tells why it cannot be written any more. */
async function applyItem(
  em: EntityManager,
  { id, subjectId }: WritableItem,
  planned: PlannedWrite | undefined,
  applied: Recordable[],
): Promise<Outcome> {
  const stale = (problems: UserError[]): Outcome => ({ id, subject: subjectId, isApplied: false, problems });
  if (!planned) return stale([]);
  const { write, state } = planned;
  if (!write) return { id, subject: subjectId, isApplied: true, problems: [] };
  try {
    const written = await applyCommand(em, write, { state, isDeferred: true });
    applied.push(recordable(written));
    return { id, subject: written.id, isApplied: true, problems: [] };
  } catch (error) {
    // Thrown by the rules, before anything is written: another change made the item impossible.
    if (error instanceof WriteRejected) return stale(error.errors);
    throw error;
  }
}
