import sql from 'sql-template-tag';
import type { LogPosition } from '../change/cursor.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { Leaf } from './leaf.js';

/** The values of records at the basis of a proposal, of the facts that were changed since. */
export type ValuesAtBasis = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/**
 * Reads the facts of records that were changed after a position in the log, or after the version that their row states, with
 * their value before the first such change; one statement.
 */
export async function valuesAtBasis(
  em: Fork,
  { id: position }: LogPosition,
  subjects: readonly { id: string; version: number | undefined }[],
): Promise<ValuesAtBasis> {
  if (subjects.length === 0) return new Map();
  const wanted = subjects.map(({ id, version = null }) => ({ id, version }));
  const rows = await queryRows<{ id: string; field: string; before: unknown }>(
    em,
    sql`select distinct on (c.subject_id, f.value->>'field') c.subject_id as id, f.value->>'field' as field, f.value->'before' as before
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id text, version bigint)
      join change c on c.subject_id = w.id and (c.id > ${position} or c.subject_version > w.version)
      cross join jsonb_array_elements(c.fields) f
      order by c.subject_id, f.value->>'field', c.id`,
  );
  const byId = new Map<string, Map<string, unknown>>();
  for (const { id, field, before } of rows) byId.set(id, (byId.get(id) ?? new Map()).set(field, before));
  return byId;
}

/** Returns the value of a leaf at the basis, or now if it was not changed since. */
export function valueAtBasis(facts: ReadonlyMap<string, unknown> | undefined, leaf: Leaf, now: unknown): unknown {
  const fact = leaf.path === 'level' ? 'level' : leaf.field;
  if (!facts?.has(fact)) return now;
  const value = facts.get(fact);
  if (leaf.member === undefined) return value ?? null;
  return (value as Record<string, unknown> | null)?.[leaf.member] ?? null;
}
