import { createHash } from 'node:crypto';
import { type EntityName, LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import type { Context } from '../context.js';
import type { RegisterRecord } from '../graph/record.js';
import { SearchDocument } from '../graph/search-document.js';
import { finish, openTransaction } from '../graph/transaction.js';
import type { Change } from './change.js';
import { cite } from './cite.js';
import { conflict } from './conflict.js';
import { claimAnswer, keepAnswer } from './idempotency.js';
import type { ExistingInput, WriteInput } from './input.js';
import { fieldChanges, lockLog, writeChange } from './log.js';
import { type Payload, refuse, type UserError, UserErrorCode } from './payload.js';
import { factsOf, rowOf } from './subject.js';
import { checkRecordId, checkTexts } from './texts.js';
import { asUserErrors, isDeadlock } from './user-errors.js';
import type { Revision, Verb } from './verb.js';

/** Of two writers that wait for each other the database gives one up; it goes again when the other is done. */
const ATTEMPTS = 5;

/** Facts that no source carries: the register keeps them by itself. */
const KEPT = new Set(['id', 'confidence', 'citations']);

/** Carries out a verb on a record that is there: locked, and refused when its version is another than expected. */
export function revise<Row extends RegisterRecord>(
  context: Context,
  verb: Revision<Row>,
  input: ExistingInput,
): Promise<Payload<Row>> {
  const apply = async (em: EntityManager, record: Row | null) => {
    if (!record) throw refuse(UserErrorCode.NOT_FOUND, 'id', `There is no such record: ${input.id}.`);
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
  verb: Verb<Row>,
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
  if (context.afterwards.length) {
    await finish(context);
    context.em = context.fork();
  }
  for (let attempt = 1; ; attempt += 1) {
    const transaction = await openTransaction(context.em, context.embedded);
    try {
      const payload = await carryOut(transaction.em, context, verb, input, id);
      if (input.dryRun) {
        // What the client asks of the record is still to be read: inside, and undone when the answer is whole.
        context.em = transaction.em;
        context.afterwards.push(transaction.rollback);
        return payload;
      }
      await transaction.commit();
      context.em = context.fork();
      // Before it is acknowledged: whoever wrote must not be answered from before.
      context.changes.versions.touch(verb.subject.type);
      void context.changes.wake();
      return payload;
    } catch (error) {
      await transaction.rollback().catch(() => undefined);
      if (isDeadlock(error) && attempt < ATTEMPTS) continue;
      return refused(asUserErrors(error));
    }
  }
}

async function carryOut<Row extends RegisterRecord>(
  em: EntityManager,
  { identity }: Context,
  { name, kind, subject, apply }: Verb<Row>,
  input: WriteInput,
  id: string | undefined,
): Promise<Payload<Row>> {
  const { idempotencyKey, dryRun: _, ...asked } = input;
  if (idempotencyKey != null) {
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([name, asked]))
      .digest('hex');
    const earlier = await claimAnswer<Row>(em, identity.actor, idempotencyKey, fingerprint);
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
    const carried = named.map(({ field }) => field).filter(field => !KEPT.has(field));
    await cite(em, subject.cited, recordId, input.source, carried);
  }
  // What stands in other tables, such as a period or a citation, is a change of the record too.
  if (record && named.length && record.version === version) {
    record.updatedAt = new Date();
    await em.flush();
  }
  const row = await rowOf(em, subject, recordId);
  const after = await factsOf(em, subject, row);
  const fields = fieldChanges(before, after);
  let change: Change | null = null;
  if (fields.length) {
    // One writer at a time from here on: else two that change both sides of a tie would each index the other's old name.
    await lockLog(em);
    if (row) await em.upsertMany(SearchDocument, await subject.documents(em, row));
    else await em.nativeDelete(SearchDocument, { id: recordId });
    change = await writeChange(em, {
      kind,
      actor: identity.actor,
      reason: input.reason ?? null,
      subjectType: subject.type,
      subjectId: recordId,
      subjectVersion: row?.version ?? (version ?? 0) + 1,
      authorities: [...new Set([before, after].flatMap(facts => (facts ? subject.touches(facts) : [])))],
      fields,
    });
  }
  const payload = { record: row, change, userErrors: [] };
  if (idempotencyKey != null) await keepAnswer(em, identity.actor, idempotencyKey, payload);
  return payload;
}
