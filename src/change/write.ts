import { createHash } from 'node:crypto';
import {
  ConstraintViolationException,
  type EntityName,
  LockMode,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import type { Context } from '../context.js';
import { InputError } from '../graph/errors.js';
import { checkId } from '../graph/node.js';
import type { RegisterRecord } from '../graph/record.js';
import { SearchDocument } from '../graph/search-document.js';
import { openTransaction } from '../graph/transaction.js';
import type { Change, ChangeKind } from './change.js';
import { cite } from './cite.js';
import { fieldsChangedSince } from './conflict.js';
import { claimAnswer, keepAnswer } from './idempotency.js';
import type { ExistingInput, WriteInput } from './input.js';
import { fieldChanges, writeChange } from './log.js';
import { type Payload, Refusal, refuse, type UserError, UserErrorCode } from './payload.js';
import { factsOf, rowOf, type Subject } from './subject.js';
import { checkTexts } from './texts.js';

/** What a verb of the register does to one record. */
export interface Verb<Row extends RegisterRecord> {
  /** The name of the mutation; with the input it tells one call from another. */
  name: string;
  kind: ChangeKind;
  subject: Subject<Row>;
  /**
   * Writes through the transaction's own EntityManager.
   *
   * @param record The record as it is, locked; null when it is to be made.
   * @returns The id of the record.
   * @throws Refusal when a rule of the register stands against it; everything is undone.
   */
  apply: (em: EntityManager, record: Row | null) => Promise<string>;
}

/** What a verb does to a record that is there. */
export type Revision<Row extends RegisterRecord> = Omit<Verb<Row>, 'apply'> & {
  apply: (em: EntityManager, record: Row) => Promise<unknown>;
};

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

async function conflict(em: EntityManager, { id, version }: RegisterRecord, expected: number): Promise<Refusal> {
  return new Refusal({
    code: UserErrorCode.CONFLICT,
    message: `The record is at version ${version}, expectedVersion was ${expected}: it was changed since. Load it again.`,
    path: ['input', 'expectedVersion'],
    currentVersion: version,
    conflictingFields: await fieldsChangedSince(em, id, expected),
  });
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
    if (id !== undefined) checkId(id, 'input.id');
  } catch (error) {
    return refused(asUserErrors(error));
  }
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
    void context.changes.wake();
    return payload;
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    return refused(asUserErrors(error));
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
  if (input.source && named.length)
    await cite(
      em,
      subject.cited,
      recordId,
      input.source,
      named.map(({ field }) => field),
    );
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

/** What a client may be told of an error; anything else is a failure of ours and goes on. */
function asUserErrors(error: unknown): UserError[] {
  if (error instanceof Refusal) return error.errors;
  if (error instanceof InputError) return [{ code: UserErrorCode.INVALID, message: error.message, path: ['input'] }];
  if (error instanceof UniqueConstraintViolationException) {
    return [
      { code: UserErrorCode.DUPLICATE, message: 'The register holds a record like this already.', path: ['input'] },
    ];
  }
  if (error instanceof ConstraintViolationException) {
    return [
      {
        code: UserErrorCode.INVALID,
        message: 'These values do not fit together, or with the rest of the register.',
        path: ['input'],
      },
    ];
  }
  throw error;
}
