import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { columnsOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';
import { Change, ChangeKind, type FieldChange } from './change.js';

/** Writers that reach the log wait for each other under this key; any number, always the same. */
const LOG_LOCK = 7_370_001;

/** The channel on which instances tell each other that the log grew. */
export const CHANNEL = 'stedenband_change';

/** All facts of a record, by the name of the field: JSON only. What the log keeps, and what it can be rebuilt from. */
export type Facts = Record<string, unknown>;

/** A change to be written. */
export type NewChange = Omit<Change, 'id' | 'recordedAt'>;

/** What became of each field from one state of a record to the next; null is a record that is not there. */
export function fieldChanges(before: Facts | null, after: Facts | null): FieldChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map(field => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter(change => !isDeepStrictEqual(change.before, change.after));
}

/** The facts of a record after all its changes, oldest first; those that were never known are left out. Null when it was withdrawn. */
export function replay(changes: readonly Pick<Change, 'fields' | 'kind'>[]): Facts | null {
  if (changes.at(-1)?.kind === ChangeKind.WITHDRAWN) return null;
  const facts: Facts = {};
  for (const { fields } of changes) for (const { field, after } of fields) facts[field] = after;
  return facts;
}

/**
 * Makes this transaction the only one that writes to the log, until it commits: ids are given under this lock, so their
 * order is the order of the commits, and a reader at 6 can never miss a 5 that commits later.
 */
export async function lockLog(em: EntityManager): Promise<void> {
  await queryRows(em, sql`select pg_advisory_xact_lock(${LOG_LOCK})`);
}

/**
 * Writes a change as the last thing a transaction does, after `lockLog`.
 */
export async function writeChange(em: EntityManager, change: NewChange): Promise<Change> {
  const { kind, actor, reason, subjectType, subjectId, subjectVersion, authorities, fields } = change;
  const [written] = await queryRows<Change>(
    em,
    sql`with c as (
      insert into change (kind, actor, reason, subject_type, subject_id, subject_version, authorities, fields)
      values (${kind}, ${actor}, ${reason}, ${subjectType}, ${subjectId}, ${subjectVersion}, ${authorities}::text[], ${JSON.stringify(fields)}::jsonb)
      returning *)
    select ${columnsOf(em, Change, 'c')}, pg_notify(${CHANNEL}, c.id::text) from c`,
  );
  return written as Change;
}

/** The changes after a place in the log, oldest first, and at most so many. */
export function changesAfter(em: EntityManager, id: number, most: number): Promise<Change[]> {
  return queryRows<Change>(
    em,
    sql`select ${columnsOf(em, Change, 'c')} from change c where c.id > ${id} order by c.id limit ${most}`,
  );
}

/** The id of the newest change; 0 when there is none. */
export async function latestChange(em: EntityManager): Promise<number> {
  const [found] = await queryRows<{ id: number }>(em, sql`select coalesce(max(id), 0)::int as id from change`);
  return found?.id ?? 0;
}
