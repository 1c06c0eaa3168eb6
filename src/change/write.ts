import type { EntityManager } from '@mikro-orm/sql';
import type { Context } from '../context.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { forkOfPresent } from '../graph/sql/connection-shares.js';
import { retryTransaction } from '../graph/sql/unavailable.js';
import { applyCommand, lockWrites, type Write } from './apply-command.js';
import type { SubjectType } from './change.js';
import { checkForm, checkRecord } from './check-input.js';
import { asCommand, type Command, type UpdateCommand } from './command.js';
import type { LogPosition } from './cursor.js';
import { claimKey, fingerprint, storeResult } from './idempotency.js';
import type { ExistingInput, WriteInput } from './input.js';
import type { Payload } from './payload.js';
import { recordChanges } from './record-changes.js';
import { type CommitBehind, endDryRun, runTransaction } from './run-transaction.js';
import { WriteRejected } from './user-error.js';
import { asUserErrors } from './user-errors.js';

/** Runs a command on an existing record, which is locked. Rejects the write if its version is not the expected one. */
export function update<Row extends RegisterRecord>(
  context: Context,
  command: UpdateCommand<Row>,
  input: ExistingInput,
): Promise<Payload<Row>> {
  return write(context, asCommand(command, input.id), input, input);
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
  const problems = checkForm(input, existing);
  try {
    if (problems) {
      await endDryRun(context);
      await checkRecord(forkOfPresent(context.em), command, existing, problems);
      return rejected(new WriteRejected(problems.errors), input);
    }
    const call = { command, input, existing };
    return await inTransaction(context, input.dryRun, [command.subject.type], async (em, commitBehind) => {
      const result = await writeOne(em, context, call, commitBehind);
      return { result, lastChange: result.change };
    });
  } catch (error) {
    return rejected(error, input);
  }
}

/** The result of the work of a transaction. */
export interface Work<Result> {
  result: Result;
  /** The last change that it wrote, if it wrote any. */
  lastChange?: LogPosition | null | undefined;
}

/**
 * Runs `work` in a transaction, which is retried as a whole if the database aborted it for a deadlock. A dry run stays open
 * until the response has been built.
 *
 * @param types The types of the records that it may change.
 * @param work Called once per attempt.
 */
export async function inTransaction<Result>(
  context: Context,
  dryRun: boolean,
  types: readonly SubjectType[],
  work: (em: EntityManager, commitBehind: CommitBehind) => Promise<Work<Result>>,
): Promise<Result> {
  await endDryRun(context);
  return retryTransaction(async () => {
    const { em, result } = await runTransaction(context, dryRun, work, ({ lastChange }) => {
      // Its next query must not be served from an older cached response.
      for (const type of types) context.changes.versions.increment(type);
      if (lastChange) context.changes.onCommitted(lastChange);
      else void context.changes.refresh();
      const { operationState } = context;
      if (lastChange && lastChange.id > operationState.position.id) operationState.position = lastChange;
    });
    context.em = em;
    return result.result;
  });
}

function rejected<Row>(error: unknown, input: WriteInput): Payload<Row> {
  const userErrors = asUserErrors(error, input);
  const record = error instanceof WriteRejected ? (error.record as Row | null) : null;
  return { record, change: null, withdrawnId: null, userErrors };
}

async function writeOne<Row extends RegisterRecord>(
  em: EntityManager,
  context: Context,
  call: Write<Row>,
  commitBehind: CommitBehind,
): Promise<Payload<Row>> {
  const { operationState, identity: author } = context;
  const { command, input } = call;
  const { idempotencyKey, dryRun, ...request } = input;
  if (idempotencyKey != null) {
    const earlier = await claimKey<Row>(em, context, idempotencyKey, fingerprint(command.name, request), dryRun);
    if (earlier) return earlier;
  }
  // A dry run commits nothing that a lock would protect, and stays open while its response is built.
  const locking = dryRun ? undefined : lockWrites(em, [call as never]);
  const [applied] = await Promise.all([applyCommand(em, call, { isReadBack: true }), locking]);
  const onLastSent = idempotencyKey == null ? commitBehind : undefined;
  const [payload] = await recordChanges(em, [applied], { author, dryRun, changeSet: null, onLastSent });
  if (!payload) throw new Error(`${command.name} has no result.`);
  if (dryRun && payload.change) operationState.dryRunChangeId = payload.change.id;
  if (idempotencyKey != null && !dryRun) {
    const storing = storeResult(em, author.actor, idempotencyKey, payload);
    commitBehind();
    await storing;
  }
  return payload;
}
