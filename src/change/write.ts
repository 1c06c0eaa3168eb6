import { createHash } from 'node:crypto';
import { type EntityName, LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import type { Context } from '../context.js';
import { databaseTime, type RegisterRecord } from '../graph/record/register-record.js';
import { SearchDocument } from '../graph/search/search-document.js';
import { openTransaction, runCleanups } from '../graph/sql/transaction.js';
import { shouldRetryTransaction } from '../graph/sql/unavailable.js';
import type { Change } from './change.js';
import { cite } from './cite.js';
import type { Command, UpdateCommand } from './command.js';
import { conflict } from './conflict.js';
import { claimKey, storeResult } from './idempotency.js';
import type { ExistingInput, WriteInput } from './input.js';
import { fieldChanges, lockLog, writeChange } from './log.js';
import { type Payload, rejectField, type UserError, UserErrorCode } from './payload.js';
import { factsOf, rowOf } from './subject.js';
import { asUserErrors } from './user-errors.js';
import { checkRecordId, checkTexts } from './validate-texts.js';

/** Facts that no source carries: the register keeps them by itself. */
const UNCITED_FIELDS = new Set(['id', 'confidence', 'citations']);

/** Carries out a verb on a record that is there: locked, and refused when its version is another than expected. */
export function update<Row extends RegisterRecord>(
  context: Context,
  verb: UpdateCommand<Row>,
  input: ExistingInput,
): Promise<Payload<Row>> {
  const apply = async (em: EntityManager, record: Row | null) => {
    if (!record) throw rejectField(UserErrorCode.NOT_FOUND, 'id', `There is no such record: ${input.id}.`);
    if (record.version !== input.expectedVersion) throw await conflict(em, record, input.expectedVersion);
    await verb.apply(em, record);
    return record.id;
  };
  return write(context, { ...verb, apply }, input, input.id);
}

/**
 * Carries out a verb in one transaction: check, lock, write, search, log, commit. What a rule stands against comes back
 * as `userErrors`, with nothing written.
 *
 * @param id The record, when it is there.
 */
export async function write<Row extends RegisterRecord>(
  context: Context,
  verb: Command<Row>,
  input: WriteInput,
  id?: string,
): Promise<Payload<Row>> {
  const refused = (errors: UserError[]): Payload<Row> => ({ record: null, change: null, userErrors: errors });
  try {
    checkTexts(input);
    if (id !== undefined) checkRecordId(id);
  } catch (error) {
    return refused(asUserErrors(error));
  }
  // A dry run before it in the same operation is answered by now: its transaction would stand in the way of this one.
  if (context.cleanups.length) {
    await runCleanups(context);
    context.em = context.fork();
  }
  for (let retry = 0; ; retry += 1) {
    const transaction = await openTransaction(context.em, context.embedded);
    try {
      const payload = await applyCommand(transaction.em, context, verb, input, id);
      if (input.dryRun) {
        // What the client asks of the record is still to be read: inside, and undone when the answer is whole.
        context.em = transaction.em;
        context.cleanups.push(transaction.rollback);
        return payload;
      }
      await transaction.commit();
      context.em = context.fork();
      // Before it is acknowledged: whoever wrote must not be answered from before.
      context.changes.versions.increment(verb.subject.type);
      void context.changes.refresh();
      return payload;
    } catch (error) {
      await transaction.rollback().catch(() => undefined);
      if (await shouldRetryTransaction(error, retry)) continue;
      return refused(asUserErrors(error));
    }
  }
}

async function applyCommand<Row extends RegisterRecord>(
  em: EntityManager,
  { identity }: Context,
  { name, kind, subject, apply }: Command<Row>,
  input: WriteInput,
  id: string | undefined,
): Promise<Payload<Row>> {
  const { idempotencyKey, dryRun: _, ...asked } = input;
  if (idempotencyKey != null) {
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([name, asked]))
      .digest('hex');
    const earlier = await claimKey<Row>(em, identity.actor, idempotencyKey, fingerprint);
    if (earlier) return earlier;
  }
  const entity = subject.listing.entity as EntityName<Row>;
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  const record = id === undefined ? null : await em.findOne(entity, { id } as never, lock);
  const before = await factsOf(em, subject, record && (await rowOf(em, subject, record.id)));
  const version = record?.version;
  const recordId = await apply(em, record);
  await em.flush();

  const named = fieldChanges(before, await factsOf(em, subject, await rowOf(em, subject, recordId)));
  if (input.source && named.length) {
    const carried = named.map(({ field }) => field).filter(field => !UNCITED_FIELDS.has(field));
    await cite(em, subject.citationColumn, recordId, input.source, carried);
  }
  // What stands in other tables, such as a period or a citation, is a change of the record too.
  if (record && named.length && record.version === version) {
    record.updatedAt = databaseTime();
    await em.flush();
  }
  const row = await rowOf(em, subject, recordId);
  const after = await factsOf(em, subject, row);
  const fields = fieldChanges(before, after);
  let change: Change | null = null;
  if (fields.length) {
    // One writer at a time from here on: else two that change both sides of a tie would each index the other's old name.
    await lockLog(em);
    if (row) await em.upsertMany(SearchDocument, await subject.searchDocuments(em, row));
    else await em.nativeDelete(SearchDocument, { id: recordId });
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
  const payload = { record: row, change, userErrors: [] };
  if (idempotencyKey != null) await storeResult(em, identity.actor, idempotencyKey, payload);
  return payload;
}
