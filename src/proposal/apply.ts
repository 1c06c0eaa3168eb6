import { FlushMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import type { Author } from '../access/identity.js';
import { applyCommand, type Recordable, recordable } from '../change/apply-command.js';
import { newChangeSet } from '../change/change-set.js';
import { readIds } from '../change/new-id.js';
import { type ChangeRange, recordAllChanges } from '../change/record-all-changes.js';
import { readReferences } from '../change/references.js';
import { statesOf } from '../change/subject.js';
import { applyItem, plannedWrite } from './apply-item.js';
import type { FactsInput } from './concept.js';
import { conceptOf } from './concepts.js';
import { referencesOf } from './item-input.js';
import { statusWriteOf, type WritableItem } from './item-write.js';
import { loadRecords, type Outcome, storeOutcomes, subjectIds, writableItems } from './items.js';
import { acceptedFields } from './keep-both.js';
import { lockSet, updateProposal } from './lock.js';
import { ProposalState } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import { claimsRecordedSince } from './recorded-since.js';
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
 * changed since it was compared, that a rule of the register forbids now, or that repeats an earlier one or a record that
 * others recorded since, becomes STALE and is not written.
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
  const claims = await claimsRecordedSince(em, proposal);
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
      page.map(item => ({ id: item.subjectId, fields: acceptedFields(concept, item) })),
    );
    const writes = page.map(item => plannedWrite(proposal, item, states));
    await readIds(
      em,
      writes.flatMap(planned => planned?.write?.command ?? []),
    );
    for (const [index, item] of page.entries()) {
      const { place, proposed, subjectId } = item;
      const row = { place, values: proposed as FactsInput, subjectId, fields: acceptedFields(concept, item) };
      const problem = taken.get(index) ?? claims.claim(row);
      const outcome = problem
        ? { id: item.id, subject: subjectId, isApplied: false, problems: [problem] }
        : await applyItem(em, proposal, item, writes[index], applied);
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
    // A decision takes a report up; without one, what is written of it does.
    triaged: outcomes.some(({ isApplied }) => isApplied),
  });
  return range;
}
