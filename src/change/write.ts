import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/sql';
import type { Context } from '../context.js';
import { databaseTime, type RegisterRecord } from '../graph/record/register-record.js';
import { shouldRetryTransaction } from '../graph/sql/unavailable.js';
import type { Change } from './change.js';
import { checkForm, checkRecord } from './check-input.js';
import { cite } from './cite.js';
import type { Command, UpdateCommand } from './command.js';
import { claimKey, storeResult } from './idempotency.js';
import { indexRecord } from './index-record.js';
import type { ExistingInput, WriteInput } from './input.js';
import { lockName, lockRecord } from './locks.js';
import { fieldChanges, lockLog, writeChange } from './log.js';
import type { Payload } from './payload.js';
import { Problems } from './problems.js';
import { endDryRun, runTransaction } from './run-transaction.js';
import { factsOf, rowOf } from './subject.js';
import { WriteRejected } from './user-error.js';
import { asUserErrors } from './user-errors.js';

/** Facts that a source is not cited for by default: the register maintains them itself. */
const UNCITED_FIELDS = new Set(['id', 'confidence', 'citations']);

/** Runs a command on an existing record, which is locked. Rejects the write if its version is not the expected one. */
export function update<Row extends RegisterRecord>(
  context: Context,
  command: UpdateCommand<Row>,
  input: ExistingInput,
): Promise<Payload<Row>> {
  const check = (em: EntityManager, record: Row | null, problems: Problems) =>
    record ? command.check?.(em, record, problems) : undefined;
  const apply = async (em: EntityManager, record: Row | null) => {
    await command.apply(em, record as Row);
    return input.id;
  };
  return write(context, { ...command, check, apply }, input, input);
}

/**
 * Runs a command in one transaction: lock, check, write, index, log, commit. All broken rules are returned together in
 * `userErrors`, with nothing written. A transaction that the database aborted for a deadlock is retried as a whole.
 *
 * @param existing The record to update, and the version that the client has read; undefined for a command that creates one.
 */
export async function write<Row extends RegisterRecord>(
  context: Context,
  command: Command<Row>,
  input: WriteInput,
  existing?: ExistingInput,
): Promise<Payload<Row>> {
  await endDryRun(context);
  for (let retry = 0; ; retry += 1) {
    try {
      const problems = checkForm(input, existing);
      if (problems) {
        await checkRecord(context.em, command, existing, problems);
        return rejected(new WriteRejected(problems.errors));
      }
      const work = (em: EntityManager) => applyCommand(em, context, command, input, existing);
      const { em, result } = await runTransaction(context, input.dryRun, work);
      context.em = em;
      if (!input.dryRun) {
        // Before the client receives the result: its next query must not be served from an older cached response.
        context.changes.versions.increment(command.subject.type);
        void context.changes.refresh();
        const { operationState } = context;
        if (result.change && result.change.id > operationState.position.id) operationState.position = result.change;
      }
      return result;
    } catch (error) {
      if (await shouldRetryTransaction(error, retry)) continue;
      return rejected(error);
    }
  }
}

function rejected<Row>(error: unknown): Payload<Row> {
  const userErrors = asUserErrors(error);
  const record = error instanceof WriteRejected ? (error.record as Row | null) : null;
  return { record, change: null, withdrawnId: null, userErrors };
}

async function applyCommand<Row extends RegisterRecord>(
  em: EntityManager,
  { identity, operationState }: Context,
  command: Command<Row>,
  input: WriteInput,
  existing: ExistingInput | undefined,
): Promise<Payload<Row>> {
  const { name, kind, subject, locks = [], apply } = command;
  const { idempotencyKey, dryRun, ...request } = input;
  if (idempotencyKey != null) {
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([name, request]))
      .digest('hex');
    const earlier = await claimKey<Row>(em, identity.actor, idempotencyKey, fingerprint, dryRun);
    if (earlier) return earlier;
  }
  // A dry run commits nothing that a lock would protect, and stays open while its response is built.
  if (!dryRun) {
    for (const lock of locks) await lockName(em, lock);
    if (existing) await lockRecord(em, subject.listing.entity, existing.id);
  }
  const problems = new Problems();
  const record = await checkRecord(em, command, existing, problems);
  problems.rejectIfAny();
  const before = await factsOf(em, subject, record && (await rowOf(em, subject, record.id)));
  const version = record?.version;
  const recordId = await apply(em, record);
  await em.flush();

  const applied = fieldChanges(before, await factsOf(em, subject, await rowOf(em, subject, recordId)));
  if (input.source && applied.length) {
    const supported = applied.map(({ field }) => field).filter(field => !UNCITED_FIELDS.has(field));
    await cite(em, subject.citationColumn, recordId, input.source, supported);
  }
  // Rows of other tables, such as a period or a citation, do not raise the version by themselves.
  if (record && applied.length && record.version === version) {
    record.updatedAt = databaseTime();
    await em.flush();
  }
  const row = await rowOf(em, subject, recordId);
  const after = await factsOf(em, subject, row);
  const fields = fieldChanges(before, after);
  let change: Change | null = null;
  if (fields.length) {
    // Serialises writers from here on: two that rename both sides of a partnership would each index the old other name.
    if (!dryRun) await lockLog(em);
    await indexRecord(em, subject, recordId, row, dryRun);
    change = await writeChange(em, {
      kind,
      actor: identity.actor,
      reason: input.reason ?? null,
      subjectType: subject.type,
      subjectId: recordId,
      subjectVersion: row?.version ?? (version ?? 0) + 1,
      authorities: [...new Set([before, after].flatMap(facts => (facts ? subject.affectedAuthorities(facts) : [])))],
      fields,
    });
  }
  if (dryRun && change) operationState.dryRunChangeId = change.id;
  const payload = { record: row, change, withdrawnId: row ? null : recordId, userErrors: [] };
  if (idempotencyKey != null && !dryRun) await storeResult(em, identity.actor, idempotencyKey, payload);
  return payload;
}
