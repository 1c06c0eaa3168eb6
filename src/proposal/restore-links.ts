import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { Facts } from '../change/log.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { queryRows } from '../graph/sql/query.js';
import { assignPartners } from '../programme/programme.assign.js';

/**
 * Restores the status periods of a partnership: their starts, and their number. A change of status adds periods at the end
 * only, so those that are too many are the last ones.
 */
export async function restorePeriods(
  em: EntityManager,
  { id }: RegisterRecord,
  { statusPeriods }: Facts,
): Promise<void> {
  if (!Array.isArray(statusPeriods)) return;
  const periods = sql`(select id, row_number() over (order by from_day) as n from status_period where partnership_id = ${id}) as periods`;
  const count = statusPeriods.length;
  await queryRows(
    em,
    sql`delete from citation using ${periods} where periods.n > ${count} and citation.status_period_id = periods.id`,
  );
  await queryRows(
    em,
    sql`delete from status_period using ${periods} where periods.n > ${count} and status_period.id = periods.id`,
  );
  await queryRows(
    em,
    sql`update status_period set from_on = was.value->>'from' from ${periods}
      join jsonb_array_elements(${JSON.stringify(statusPeriods)}::jsonb) with ordinality as was(value, n) on was.n = periods.n
      where status_period.id = periods.id`,
  );
}

/** Restores the participants of a programme. */
export async function restorePartners(em: EntityManager, { id }: RegisterRecord, facts: Facts): Promise<void> {
  const { organisations, authorities } = facts as { organisations?: string[]; authorities?: string[] };
  await assignPartners(em, id, { ...(organisations && { organisations }), ...(authorities && { authorities }) });
}
