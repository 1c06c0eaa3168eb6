import sql from 'sql-template-tag';
import { Field, ObjectType } from 'type-graphql';
import type { Fork } from '../graph/sql/fork.js';
import { grouped, loader } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { DateTime } from '../graph/types/date-time.js';
import { type Change, ChangeKind } from './change.js';
import { ChangeCursor, changeCursor } from './cursor.js';

@ObjectType({ description: 'A redaction of a record: texts were removed from it and from its history for ever.' })
export class RecordRedaction {
  @Field(() => [String], {
    description:
      'Names of the fields that were redacted, now or in an earlier version: values of the code list `Field`. Empty if only reasons of changes were.',
  })
  fields!: string[];
  @Field(() => DateTime, { description: 'When the texts were redacted.' })
  redactedAt!: Date;
  @Field(() => String, { description: 'Reason for the redaction.' })
  reason!: string;
  @Field(() => ChangeCursor, { description: 'Cursor of the change of kind `REDACTED`.' })
  cursor!: string;
}

type RedactionRow = Omit<RecordRedaction, 'cursor'> & Pick<Change, 'id' | 'mark' | 'subjectId'>;

const byRecord = loader<string, RecordRedaction[]>(async (em, ids) => {
  const rows = await queryRows<RedactionRow>(
    em,
    sql`select c.id, c.mark, c.subject_id as "subjectId", c.recorded_at as "redactedAt", c.reason,
        jsonb_path_query_array(c.fields, '$[*].field') as fields
      from change c where c.subject_id = any(${[...ids]}::text[]) and c.kind = ${ChangeKind.REDACTED} order by c.id`,
  );
  return grouped(ids, rows, row => row.subjectId).map(group =>
    group.map(({ fields, redactedAt, reason, ...change }) => ({
      fields,
      redactedAt,
      reason,
      cursor: changeCursor(change),
    })),
  );
});

/** Returns the redactions of a record, oldest first; one statement loads those of all records of a level. */
export const redactionsOf = (em: Fork, id: string): Promise<RecordRedaction[]> => byRecord(em).load(id);
