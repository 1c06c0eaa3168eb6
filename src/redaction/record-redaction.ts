import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { type Change, ChangeKind } from '../change/change.js';
import { indexRecord } from '../change/index-record.js';
import { writeChange } from '../change/log.js';
import { factsOf, rowOf } from '../change/subject.js';
import { tableOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';
import { knownTypeOf, type Redaction } from './redaction.js';
import { SUBJECTS } from './subjects.js';

/**
 * Raises the version of each redacted record, indexes it again, and appends a change of kind REDACTED: its fields are the
 * redacted ones, as they are now, before and after. A withdrawn record has no fields.
 */
export async function recordRedactions(
  em: EntityManager,
  redaction: Redaction,
  actor: string,
  reason: string,
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const id of [...redaction.affected.keys()].sort()) {
    const type = knownTypeOf(id);
    const subject = SUBJECTS[type];
    await queryRows(
      em,
      sql`update ${tableOf(em, subject.listing.entity)} set version = version + 1, updated_at = now() where id = ${id}`,
    );
    const row = await rowOf(em, subject, id);
    const facts = await factsOf(em, subject, row);
    if (row) await indexRecord(em, subject, id, row, false);
    const last = row ? undefined : await lastChange(em, id);
    changes.push(
      await writeChange(em, {
        kind: ChangeKind.REDACTED,
        actor,
        reason,
        subjectType: type,
        subjectId: id,
        subjectVersion: row?.version ?? (last?.subjectVersion ?? 0) + 1,
        authorities: facts ? subject.affectedAuthorities(facts) : (last?.authorities ?? []),
        fields: facts
          ? redaction.factsOf(id).map(field => ({ field, before: facts[field] ?? null, after: facts[field] ?? null }))
          : [],
      }),
    );
  }
  return changes;
}

async function lastChange(em: EntityManager, id: string): Promise<Pick<Change, 'subjectVersion' | 'authorities'>> {
  const query = sql`select subject_version as "subjectVersion", authorities from change where subject_id = ${id} order by id desc limit 1`;
  const [last] = await queryRows<Pick<Change, 'subjectVersion' | 'authorities'>>(em, query);
  if (!last) throw new Error(`The log has no change of ${id}.`);
  return last;
}
