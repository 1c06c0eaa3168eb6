import sql, { join, raw } from 'sql-template-tag';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AssumedSize } from '../graph/schema/cost.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { SubjectType } from './change.js';

/** Limits the ids that are named of the records that refer to one by the same field, and in a message of all. */
export const MAX_REFERRING_IDS = 5;

@ObjectType({ description: 'The records of one type that refer to a record by one field.' })
export class ReferringRecords {
  @Field(() => SubjectType, { description: 'The type of the records.' })
  type!: SubjectType;
  @Field(() => String, { description: 'The field by which they refer to it, such as `dutch`.' })
  field!: string;
  @Field(() => Int, { description: 'The number of these records.' })
  count!: number;
  @AssumedSize(MAX_REFERRING_IDS)
  @Field(() => [ID], { description: `The ids of the first ${MAX_REFERRING_IDS} of them, in order.` })
  ids!: string[];
}

/** A column that refers to a record: of the records themselves, or of the table of a list of references. */
interface Reference {
  type: SubjectType;
  field: string;
  table: string;
  column: string;
  /** The column with the id of the record that refers. */
  referrer: string;
}

const { AUTHORITY, ORGANISATION, PARTNERSHIP, PROGRAMME, EXCHANGE } = SubjectType;

const reference = (type: SubjectType, field: string, column: string): Reference => ({
  type,
  field,
  table: type.toLowerCase(),
  column,
  referrer: 'id',
});
const listed = (type: SubjectType, field: string, column: string, table: string): Reference => ({
  type,
  field,
  table,
  column,
  referrer: `${type.toLowerCase()}_id`,
});

/** References to the records of each type. A test compares it with the foreign keys of the database. */
export const REFERENCES: Partial<Record<SubjectType, readonly Reference[]>> = {
  AUTHORITY: [
    reference(AUTHORITY, 'parent', 'parent_id'),
    reference(AUTHORITY, 'prefecture', 'prefecture_id'),
    reference(AUTHORITY, 'succeededBy', 'succeeded_by_id'),
    reference(PARTNERSHIP, 'dutch', 'dutch_id'),
    reference(PARTNERSHIP, 'chinese', 'chinese_id'),
    listed(PROGRAMME, 'authorities', 'authority_id', 'programme_authority'),
    reference(EXCHANGE, 'dutch', 'dutch_id'),
    reference(EXCHANGE, 'chinese', 'chinese_id'),
  ],
  ORGANISATION: [
    reference(ORGANISATION, 'parent', 'parent_id'),
    listed(PROGRAMME, 'organisations', 'organisation_id', 'programme_organisation'),
  ],
  PARTNERSHIP: [
    reference(PARTNERSHIP, 'encouragedBy', 'encouraged_by_id'),
    reference(EXCHANGE, 'partnership', 'partnership_id'),
  ],
  PROGRAMME: [
    listed(PARTNERSHIP, 'programmes', 'programme_id', 'programme_partnership'),
    reference(EXCHANGE, 'programme', 'programme_id'),
  ],
};

/**
 * Returns the records that refer to some records of a type, by the id of the record that they refer to; one statement:
 *
 * ```sql
 * select to_id, n, count(*)::int as count, (array_agg(id order by id))[1:5] as ids from (
 *   select partnership_id as to_id, 0 as n, id from exchange where partnership_id = any($1) union all …) r
 * where id <> all($2) group by to_id, n order by to_id, n
 * ```
 *
 * @param except Records that do not count, such as those that are withdrawn with them.
 */
export async function referringRecords(
  em: Fork,
  type: SubjectType,
  ids: readonly string[],
  except: readonly string[] = [],
): Promise<Map<string, ReferringRecords[]>> {
  const referring = new Map<string, ReferringRecords[]>();
  const references = REFERENCES[type] ?? [];
  if (references.length === 0 || ids.length === 0) return referring;
  const branches = references.map(({ table, column, referrer }, index) => {
    const columns = `${column} as to_id, ${index} as n, ${referrer} as id`;
    return sql`select ${raw(columns)} from ${raw(table)} where ${raw(column)} = any(${[...ids]}::text[])`;
  });
  const rows = await queryRows<{ to: string; n: number; count: number; ids: string[] }>(
    em,
    sql`select to_id as "to", n, count(*)::int as count, (array_agg(id order by id))[1:${raw(String(MAX_REFERRING_IDS))}] as ids
      from (${join(branches, ' union all ')}) r where id <> all(${[...except]}::text[]) group by to_id, n order by to_id, n`,
  );
  for (const { to, n, count, ids: first } of rows) {
    const { type: ofType, field } = references[n] as Reference;
    referring.set(to, [...(referring.get(to) ?? []), { type: ofType, field, count, ids: first }]);
  }
  return referring;
}
