import { FlushMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { applyCommand, type Recordable, recordable } from '../change/apply-command.js';
import { type Change, ChangeKind, SubjectType } from '../change/change.js';
import { newChangeSet } from '../change/change-set.js';
import type { FieldChange } from '../change/field-change.js';
import type { Facts } from '../change/log.js';
import { type ChangeRange, recordAllChanges } from '../change/record-all-changes.js';
import { referringRecords } from '../change/referring-records.js';
import { statesOf } from '../change/subject.js';
import { type UserError, UserErrorCode, userError, WriteRejected } from '../change/user-error.js';
import { deleteParts, referredTo } from '../change/withdraw.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import type { ApplyOptions } from './apply.js';
import { BATCH_SIZE } from './batches.js';
import { conceptOf } from './concepts.js';
import { loadRecords } from './items.js';
import { lockSet, updateProposal } from './lock.js';
import { ProposalState } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import { type RecordChanges, restoration, withdrawal } from './undo-commands.js';

/**
 * Undoes the changes of an applied proposal as a set of changes of its own, in the transaction of `em`: withdraws the records
 * that it created, and restores the values that it changed.
 *
 * @returns The first and the last change; undefined if there is none.
 * @throws WriteRejected CONFLICT for each record that was changed afterwards, or whose earlier values break a rule now,
 *   REFERRED_TO for each created one that others refer to; then nothing is written.
 */
export async function revertItems(
  em: EntityManager,
  proposal: Proposal,
  options: ApplyOptions,
): Promise<ChangeRange | undefined> {
  const concept = conceptOf(proposal.concept);
  em.setFlushMode(FlushMode.COMMIT);
  const changes = await changesOf(em, proposal.changeSet);
  const ids = changes.map(({ id }) => id);
  const withdraws = changes.some(({ isNew }) => isNew);
  if (!options.dryRun) await lockSet(em, concept, ids, withdraws);
  const applied: Recordable[] = [];
  const problems: UserError[] = [];
  for (let start = 0; start < changes.length; start += BATCH_SIZE) {
    const batch = changes.slice(start, start + BATCH_SIZE);
    const states = await statesOf(
      em,
      concept.subject,
      batch.map(({ id }) => id),
    );
    await loadRecords(em, concept, [...states.keys()]);
    const created = batch.filter(({ isNew }) => isNew).map(({ id }) => id);
    // The records of the set refer to those that it created until all of it is undone.
    const referring = await referringRecords(em, concept.type, created, ids);
    for (const [id, records] of referring) problems.push(referredTo(id, records));
    if (created.length) await deleteParts(em, concept.subject, created);
    for (const change of batch) {
      const { id } = change;
      const state = states.get(id);
      if (referring.has(id)) continue;
      if (!state || state.row.version !== change.version) {
        problems.push(...notRestorable(id));
        continue;
      }
      const existing = { id, expectedVersion: change.version, dryRun: options.dryRun };
      const command = change.isNew ? withdrawal(concept, id) : restoration(concept, change);
      const write = { command, input: { ...existing, reason: `Revert ${proposal.id}` }, existing };
      try {
        applied.push(recordable(await applyCommand(em, write, { state, isDeferred: true })));
      } catch (error) {
        if (!(error instanceof WriteRejected)) throw error;
        problems.push(...notRestorable(id, error.errors));
      }
    }
    await em.flush();
    em.clear();
    options.onProgress?.(start + batch.length);
  }
  if (problems.length) throw new WriteRejected(problems, proposal);
  const changeSet = newChangeSet();
  const range = await recordAllChanges(em, applied, { author: options.author, dryRun: options.dryRun, changeSet });
  await updateProposal(em, proposal.id, { state: ProposalState.REVERTED, revertChangeSet: changeSet });
  return range;
}

/** Returns the problems of a record that was changed since, or whose earlier values break rules: the record, then the rules. */
function notRestorable(id: string, errors: readonly UserError[] = []): UserError[] {
  const problem = userError(UserErrorCode.CONFLICT, 'id', message('PROPOSAL_CHANGED_SINCE', { id }));
  return [problem, ...errors.map(error => ({ ...error, path: problem.path }))];
}

/**
 * Reads what a set of changes did, without the values of new records, the last changed record first: a record that refers to
 * another is undone before it.
 */
async function changesOf(em: EntityManager, changeSet: string | null): Promise<RecordChanges[]> {
  if (changeSet === null) return [];
  const rows = await queryRows<Pick<Change, 'kind' | 'subjectId' | 'subjectVersion' | 'fields'>>(
    em,
    sql`select kind, subject_id as "subjectId", subject_version as "subjectVersion",
        case when kind = ${ChangeKind.RECORDED} then '[]' else fields end as fields
      from change where change_set = ${changeSet} and subject_type <> ${SubjectType.PROPOSAL} order by id`,
  );
  const byId = new Map<string, RecordChanges>();
  for (const { kind, subjectId: id, subjectVersion: version, fields } of rows) {
    const earlier = byId.get(id);
    const isNew = earlier?.isNew ?? kind === ChangeKind.RECORDED;
    byId.set(id, { id, isNew, version, before: { ...valuesBefore(fields), ...earlier?.before } });
  }
  return [...byId.values()].reverse();
}

const valuesBefore = (fields: readonly FieldChange[]): Facts =>
  Object.fromEntries(fields.map(({ field, before }) => [field, before]));
