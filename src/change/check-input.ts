import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { message } from '../messages/message.js';
import type { Command } from './command.js';
import { conflict } from './conflict.js';
import type { ExistingInput, WriteInput } from './input.js';
import { partialInputOf } from './partial-input.js';
import { Problems } from './problems.js';
import { rowOf } from './subject.js';
import { UserErrorCode, WriteRejected } from './user-error.js';
import { checkRecordId, checkTexts } from './validate-texts.js';

/**
 * Checks what needs no database: the values that can be read, the texts and the id. Returns undefined for an input without
 * problems. An input with problems is only checked further, outside of a transaction and without locks.
 */
export function checkForm(input: WriteInput, existing: ExistingInput | undefined): Problems | undefined {
  const partial = partialInputOf(input);
  const problems = new Problems(partial?.malformed);
  checkTexts(problems, partial?.readable ?? input);
  if (existing?.id !== undefined) checkRecordId(problems, existing.id);
  return partial || problems.errors.length ? problems : undefined;
}

/**
 * Loads the record of a command, compares its version and checks the rules of the concept. A record that does not exist or
 * has another version is the last problem: rules are checked against the record that the client has read.
 *
 * @throws WriteRejected for a record of another version; all other problems are added.
 */
export async function checkRecord<Row extends RegisterRecord>(
  em: EntityManager,
  { subject, check }: Command<Row>,
  existing: ExistingInput | undefined,
  problems: Problems,
): Promise<Row | null> {
  const { id, expectedVersion } = existing ?? {};
  if (existing && (id === undefined || problems.has('id'))) return null;
  const { entity } = subject.listing;
  const record = id === undefined ? null : await em.findOne(entity as EntityName<Row>, { id } as never);
  if (id !== undefined && !record) {
    problems.add('id', message('RECORD_MISSING', { id }), UserErrorCode.NOT_FOUND);
    return null;
  }
  if (record && expectedVersion !== undefined && record.version !== expectedVersion) {
    const error = await conflict(em, record, expectedVersion);
    throw new WriteRejected([...problems.errors, error], await rowOf(em, subject, record.id));
  }
  await check?.(em, record, problems);
  return record;
}
