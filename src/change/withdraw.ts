import type { EntityManager } from '@mikro-orm/sql';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { ChangeKind } from './change.js';
import type { UpdateCommand } from './command.js';
import type { WriteInput } from './input.js';
import { MAX_REFERRING_IDS, type ReferringRecords, referringRecords } from './referring-records.js';
import type { Subject } from './subject.js';
import { type UserError, UserErrorCode, userError } from './user-error.js';

/**
 * Returns the command of a mutation that withdraws a record which was recorded by mistake. It is refused while others refer to
 * the record: they would be about nothing. Its row is locked for update, so that none can begin to.
 *
 * @param name The name of the mutation.
 */
export function withdrawCommand<Row extends RegisterRecord>(
  name: string,
  subject: Subject<Row>,
  { source }: WriteInput,
): UpdateCommand<Row> {
  return {
    name,
    kind: ChangeKind.WITHDRAWN,
    subject,
    check: async (em, { id }, problems) => {
      if (source) problems.add('source', message('WITHDRAWAL_SOURCE', { field: 'source' }));
      const referring = (await referringRecords(em, subject.type, [id])).get(id);
      if (referring && !problems.has('id')) problems.errors.push(referredTo(id, referring));
    },
    apply: async (em, record) => {
      await deleteParts(em, subject, [record.id]);
      em.remove(record);
    },
  };
}

/** Creates the error of a withdrawal of a record that others refer to. */
export function referredTo(id: string, referring: ReferringRecords[]): UserError {
  const count = referring.reduce((sum, { count }) => sum + count, 0);
  const ids = [...new Set(referring.flatMap(({ ids }) => ids))].slice(0, MAX_REFERRING_IDS);
  const records = `${ids.join(', ')}${count > ids.length ? ', …' : ''}`;
  const problem = message('RECORD_REFERRED_TO', { id, count, records });
  return { ...userError(UserErrorCode.REFERRED_TO, 'id', problem), referring };
}

/** Deletes the rows of records in other tables, before the records themselves. A fixed number of statements. */
export async function deleteParts<Row extends RegisterRecord>(
  em: EntityManager,
  { citationColumn, parts = [] }: Pick<Subject<Row>, 'citationColumn' | 'parts'>,
  ids: readonly string[],
): Promise<void> {
  for (const part of [`citation where ${citationColumn}`, ...parts]) {
    await queryRows(em, { text: `delete from ${part} = any($1::text[])`, values: [[...ids]] });
  }
}
