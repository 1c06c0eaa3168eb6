import { isDeepStrictEqual } from 'node:util';
import sql, { raw } from 'sql-template-tag';
import { columnsOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { Change, ChangeKind } from './change.js';
import { cursorSql, type LogPosition } from './cursor.js';
import type { FieldChange } from './field-change.js';

/** Key of the advisory lock that serialises writers of the log; an arbitrary constant. */
export const LOG_LOCK = 7_370_001;

/** The NOTIFY channel on which an instance announces a new change to all, by its cursor. */
export const CHANNEL = 'stedenband_change';

/** All facts of a record by field name, as JSON values. The log stores them, and a record can be rebuilt from it. */
export type Facts = Record<string, unknown>;

/** A change to append to the log. */
export type NewChange = Omit<Change, 'id' | 'mark' | 'recordedAt'>;

/** A change as it was appended to the log. */
export interface AppendedChange extends Change {
  /** The position of the change before it in the log. */
  previous: LogPosition;
}

/** Compares two states of a record and returns the fields that differ; null is a record that does not exist. */
export function fieldChanges(before: Facts | null, after: Facts | null): FieldChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map(field => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter(change => !isDeepStrictEqual(change.before, change.after));
}

/**
 * Rebuilds the facts of a record from all its changes, oldest first; facts that were never known are omitted. Null if the
 * record was withdrawn.
 */
export function replay(changes: readonly Pick<Change, 'fields' | 'kind'>[]): Facts | null {
  // A withdrawn record can be redacted later.
  if (changes.findLast(({ kind }) => kind !== ChangeKind.REDACTED)?.kind === ChangeKind.WITHDRAWN) return null;
  const facts: Facts = {};
  for (const { fields } of changes) for (const { field, after } of fields) facts[field] = after;
  return facts;
}

/**
 * Locks the log for other writers until this transaction ends. Ids are assigned under this lock, so their order is the
 * commit order, and a reader that has seen 6 can never miss a 5 that commits later.
 */
export async function lockLog(em: Fork): Promise<void> {
  await queryRows(em, sql`select pg_advisory_xact_lock(${LOG_LOCK})`);
}

/**
 * Appends changes in their order and notifies other instances on commit: of one set, or none. Must be called last in a
 * transaction, after `lockLog`. All have one time, which is after those of all earlier changes, and after all instants that a
 * reader was answered for; more changes of a set get its time again. They become visible together, and no instant names a
 * part of them. One statement, regardless of their number:
 *
 * ```sql
 * with now as materialized (select next_change_time() as time), c as (
 *   insert into change (kind, …) select w.change->>'kind', … from now, jsonb_array_elements($1) with ordinality
 *   as w(change, n) order by w.n returning *)
 * select c.id, …, coalesce(l.id, 0) as "lastId", …, pg_notify('stedenband_change', max(<cursor of c>) over ())
 * from c left join (select id, mark from change order by id desc limit 1) l on true order by c.id
 * ```
 */
export async function writeChanges(em: Fork, changes: readonly NewChange[]): Promise<AppendedChange[]> {
  const [first] = changes;
  if (!first) return [];
  const ofSet = sql`select s.recorded_at from change s where s.change_set = ${first.changeSet} order by s.id limit 1`;
  const time = first.changeSet === null ? sql`next_change_time()` : sql`coalesce((${ofSet}), next_change_time())`;
  const rows = await queryRows<Change & { lastId: number; lastMark: string }>(
    em,
    sql`with now as materialized (select ${time} as time), c as (
      insert into change
        (kind, actor, reason, subject_type, subject_id, subject_version, authorities, fields, change_set, recorded_at)
      select w.change->>'kind', w.change->>'actor', w.change->>'reason', w.change->>'subjectType', w.change->>'subjectId',
        (w.change->>'subjectVersion')::int, array(select jsonb_array_elements_text(w.change->'authorities')),
        w.change->'fields', w.change->>'changeSet', now.time
      from now, jsonb_array_elements(${JSON.stringify(changes)}::jsonb) with ordinality as w(change, n) order by w.n
      returning *)
    select ${columnsOf(em, Change, 'c')}, coalesce(l.id, 0) as "lastId", coalesce(l.mark, '') as "lastMark",
      pg_notify(${CHANNEL}, max(${raw(cursorSql('c'))}) over ())
    from c left join (select id, mark from change order by id desc limit 1) l on true order by c.id`,
  );
  return rows.map(({ lastId, lastMark, ...change }, index) => {
    const { id, mark } = rows[index - 1] ?? { id: lastId, mark: lastMark };
    return { ...change, previous: { id, mark } };
  });
}
