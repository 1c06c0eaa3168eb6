import sql from 'sql-template-tag';
import { type Change, ChangeKind } from '../change/change.js';
import { newChangeSet } from '../change/change-set.js';
import { type ChangedRecord, documentsOf, writeDocuments } from '../change/index-record.js';
import { type NewChange, writeChanges } from '../change/log.js';
import { statesOf } from '../change/subject.js';
import { tableOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { knownTypeOf, type Redaction } from './redaction.js';
import { SUBJECTS } from './subjects.js';

/**
 * Raises the version of each redacted record, indexes it again, and appends a change of kind REDACTED: its fields are the
 * redacted ones, as they are now, before and after. A withdrawn record has no fields. The changes of several records are one
 * set.
 */
export async function recordRedactions(
  em: Fork,
  redaction: Redaction,
  actor: string,
  reason: string,
): Promise<Change[]> {
  const ids = [...redaction.affected.keys()].sort();
  const changeSet = ids.length > 1 ? newChangeSet() : null;
  const records: ChangedRecord[] = [];
  const changes: NewChange[] = [];
  for (const [subjectType, ofType] of Map.groupBy(ids, knownTypeOf)) {
    const subject = SUBJECTS[subjectType];
    await queryRows(
      em,
      sql`update ${tableOf(em, subject.listing.entity)} set version = version + 1, updated_at = now()
        where id = any(${ofType}::text[])`,
    );
    const states = await statesOf(em, subject, ofType);
    for (const id of ofType) {
      const { row, facts } = states.get(id) ?? {};
      if (row) records.push({ subject, id, row, isRenamed: true });
      const last = row ? undefined : await lastChange(em, id);
      changes.push({
        kind: ChangeKind.REDACTED,
        actor,
        reason,
        subjectType,
        subjectId: id,
        subjectVersion: row?.version ?? (last?.subjectVersion ?? 0) + 1,
        authorities: facts ? subject.affectedAuthorities(facts) : (last?.authorities ?? []),
        fields: facts
          ? redaction.factsOf(id).map(field => ({ field, before: facts[field] ?? null, after: facts[field] ?? null }))
          : [],
        changeSet,
      });
    }
  }
  await writeDocuments(em, await documentsOf(em, records));
  return writeChanges(em, changes);
}

async function lastChange(em: Fork, id: string): Promise<Pick<Change, 'subjectVersion' | 'authorities'>> {
  const query = sql`select subject_version as "subjectVersion", authorities from change where subject_id = ${id} order by id desc limit 1`;
  const [last] = await queryRows<Pick<Change, 'subjectVersion' | 'authorities'>>(em, query);
  if (!last) throw new Error(`The log has no change of ${id}.`);
  return last;
}
