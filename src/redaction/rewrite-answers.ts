import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { StoredNames } from '../graph/types/names.js';
import { RedactionStore } from './places.js';
import type { Redaction } from './redaction.js';
import { sortNameOf } from './rewrite-tables.js';

type StoredRecord = Record<string, unknown> & { id: string };

/**
 * Redacts the records in the stored results of calls with an `idempotencyKey`. The results stay: without them a repeated
 * call would write again, and bring back what was redacted. That of a batch has no record: it holds ids only.
 */
export async function rewriteAnswers(em: Fork, redaction: Redaction, dryRun: boolean): Promise<void> {
  const { id } = redaction.scope;
  const rows = await queryRows<{ actor: string; key: string; record: StoredRecord }>(
    em,
    sql`select a.actor, a.key, a.record from idempotent_answer a
      where a.record->>'id' is not null and ${id == null ? sql`true` : sql`a.record->>'id' = ${id}`}
        and ${redaction.mayHold(sql`a.record::text`)}`,
  );
  const rewritten = rows.flatMap(({ record, ...row }) => {
    const after = rewrittenRecord(record, redaction);
    return after === record ? [] : [{ ...row, record: after }];
  });
  if (rewritten.length === 0 || dryRun) return;
  await queryRows(
    em,
    sql`update idempotent_answer a set record = r.record
      from jsonb_to_recordset(${JSON.stringify(rewritten)}::jsonb) as r(actor text, key text, record jsonb)
      where a.actor = r.actor and a.key = r.key`,
  );
}

function rewrittenRecord(record: StoredRecord, redaction: Redaction): StoredRecord {
  const rewritten: StoredRecord = { ...record };
  let isSame = true;
  for (const [field, value] of Object.entries(record)) {
    if (!redaction.covers(record.id, field)) continue;
    rewritten[field] = redaction.rewrite(value, RedactionStore.ANSWER, record.id, field);
    isSame &&= rewritten[field] === value;
  }
  if (isSame) return record;
  const names = rewritten.names ?? rewritten.title;
  return names && 'sortName' in record ? { ...rewritten, sortName: sortNameOf(names as StoredNames) } : rewritten;
}

/** Redacts the names of keys, which operators name after a person. They belong to no record. */
export async function rewriteKeyNames(em: Fork, redaction: Redaction, dryRun: boolean): Promise<void> {
  if (redaction.scope.id != null || redaction.scope.field != null) return;
  const keys = await queryRows<{ id: string; name: string }>(
    em,
    sql`select k.id, k.name from access_key k where ${redaction.mayHold(sql`k.name`)}`,
  );
  for (const { id, name } of keys) {
    const after = redaction.rewrite(name, RedactionStore.KEY, undefined, 'name');
    if (after === name || dryRun) continue;
    await queryRows(em, sql`update access_key set name = ${after as string} where id = ${id}`);
  }
}
