import sql from 'sql-template-tag';
import type { Problems } from '../change/problems.js';
import { UserErrorCode } from '../change/user-error.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { earliestDay } from '../graph/types/partial-date.js';
import { message } from '../messages/message.js';
import type { Partnership } from './partnership.js';

/** The lock of calls that begin or move a period, so that two of them cannot create overlapping partnerships. */
export const PERIODS = 'partnership.period';

/**
 * Must be called under the lock `PERIODS`. Reports a partnership whose two authorities have another one in an overlapping
 * period. An unknown start counts as the earliest possible, a missing end as open.
 *
 * @param id Null for a new partnership.
 */
export async function checkNoOverlap(
  problems: Problems,
  em: Fork,
  id: string | null,
  { dutch, chinese, startedOn, endedOn }: Pick<Partnership, 'dutch' | 'chinese' | 'startedOn' | 'endedOn'>,
): Promise<void> {
  const others = await queryRows<{ id: string; startedOn: string | null; endedOn: string | null }>(
    em,
    sql`select id, started_on as "startedOn", ended_on as "endedOn" from partnership where dutch_id = ${dutch} and chinese_id = ${chinese} and id <> ${id ?? ''}`,
  );
  const from = (date: string | null) => (date === null ? '' : earliestDay(date));
  const until = (date: string | null) => (date === null ? '~' : earliestDay(date));
  const other = others.find(row => from(startedOn) < until(row.endedOn) && from(row.startedOn) < until(endedOn));
  if (!other) return;
  const period = { from: other.startedOn ?? '?', until: other.endedOn ?? '…' };
  problems.add(
    'startedOn',
    message('PARTNERSHIP_OVERLAP', { dutch, chinese, id: other.id, ...period }),
    UserErrorCode.DUPLICATE,
  );
}
