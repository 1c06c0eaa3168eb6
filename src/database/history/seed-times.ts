import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { ChangeKind } from '../../change/change.js';
import { queryRows } from '../../graph/sql/query.js';
import { SEED_ACTOR } from '../seed/changes.js';
import { concepts } from './concepts.js';
import type { LoggedChange } from './record-replay.js';

/**
 * Returns a function that tells when the record of its first change was created. The log has the time of the change. Seeds
 * are written in one transaction, and have its time, from seconds before: a withdrawn one has that of those beside it.
 */
export async function creationTimes(em: EntityManager): Promise<(first: LoggedChange) => string> {
  const records = Object.values(concepts).map(({ table }) => `select id, created_at from ${table}`);
  const times = await queryRows<{ time: string }>(
    em,
    sql`select distinct r.created_at::text as time from (${raw(records.join(' union all '))}) r
      join change c on c.subject_id = r.id and c.kind = ${ChangeKind.RECORDED} and c.actor = ${SEED_ACTOR}`,
  );
  const seedings = times.map(({ time }) => time).sort((a, b) => Date.parse(a) - Date.parse(b));
  return ({ actor, recordedAt }) => {
    const before = (time: string) => Date.parse(time) <= Date.parse(recordedAt);
    return (actor === SEED_ACTOR ? seedings.findLast(before) : undefined) ?? recordedAt;
  };
}
