import type { EntityManager } from '@mikro-orm/sql';
import type { Context } from '../context.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { shouldRetryTransaction } from '../graph/sql/unavailable.js';
import { applyCommand, lockWrites, type Write } from './apply-command.js';
import { checkForm, checkRecord } from './check-input.js';
import { asCommand, type Command, type UpdateCommand } from './command.js';
import { claimKey, fingerprint, storeResult } from './idempotency.js';
import type { ExistingInput, WriteInput } from './input.js';
import type { Payload } from './payload.js';
import { recordChanges } from './record-changes.js';
import { endDryRun, runTransaction } from './run-transaction.js';
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
  await endDryRun(context);
  for (let retry = 0; ; retry += 1) {
    try {
      const problems = checkForm(input, existing);
      if (problems) {
        await checkRecord(context.em, command, existing, problems);
        return rejected(new WriteRejected(problems.errors));
      }
      const work = (em: EntityManager) => writeOne(em, context, { command, input, existing });
      const { em, result } = await runTransaction(context, input.dryRun, work);
      context.em = em;
      if (!input.dryRun) {
        // Before the client receives the result: its next query must not be served from an older cached response.
        context.changes.versions.increment(command.subject.type);
        void context.changes.refresh();
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

async function writeOne<Row extends RegisterRecord>(
  em: EntityManager,
  { identity: { actor }, operationState }: Context,
  call: Write<Row>,
): Promise<Payload<Row>> {
  const { command, input } = call;
  const { idempotencyKey, dryRun, ...request } = input;
  if (idempotencyKey != null) {
    const earlier = await claimKey<Row>(em, actor, idempotencyKey, fingerprint(command.name, request), dryRun);
    if (earlier) return earlier;
  }
  // A dry run commits nothing that a lock would protect, and stays open while its response is built.
  if (!dryRun) await lockWrites(em, [call as never]);
  const applied = await applyCommand(em, call);
  const [payload] = await recordChanges(em, [applied], { actor, dryRun, changeSet: null });
  if (!payload) throw new Error(`${command.name} has no result.`);
  if (dryRun && payload.change) operationState.dryRunChangeId = payload.change.id;
  if (idempotencyKey != null && !dryRun) await storeResult(em, actor, idempotencyKey, payload);
  return payload;
}
