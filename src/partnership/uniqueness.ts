import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { mustBeOnSide, SIDES } from '../authority/sides.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { queryRows } from '../graph/sql/query.js';
import { earliestDay } from '../graph/types/partial-date.js';
import type { Partnership } from './partnership.js';

/** The lock of calls that begin or move a period, so that two of them cannot create overlapping partnerships. */
export const PERIODS = 'partnership.period';

/**
 * Checks both sides of a new partnership.
 *
 * @throws WriteRejected if an authority does not exist, or belongs to the other side.
 */
export async function requireSides(em: EntityManager, sides: { dutch: string; chinese: string }): Promise<void> {
  for (const side of SIDES) {
    const [field] = side;
    const id = sides[field];
    mustBeOnSide(side, id);
    const rows = await queryRows(em, sql`select id from authority where id = ${id}`);
    if (rows.length === 0) throw rejectField(UserErrorCode.NOT_FOUND, field, `There is no such authority: ${id}.`);
  }
}

/**
 * Must be called under the lock `PERIODS`. Rejects a partnership if its two authorities have another one in an overlapping period. An unknown start counts as
 * the earliest possible, a missing end as open.
 */
export async function requireNoOverlap(
  em: EntityManager,
  { id, dutch, chinese, startedOn, endedOn }: Partnership,
): Promise<void> {
  const others = await queryRows<{ id: string; startedOn: string | null; endedOn: string | null }>(
    em,
    sql`select id, started_on as "startedOn", ended_on as "endedOn" from partnership where dutch_id = ${dutch} and chinese_id = ${chinese} and id <> ${id}`,
  );
  const from = (date: string | null) => (date === null ? '' : earliestDay(date));
  const until = (date: string | null) => (date === null ? '~' : earliestDay(date));
  const other = others.find(row => from(startedOn) < until(row.endedOn) && from(row.startedOn) < until(endedOn));
  if (!other) return;
  const period = `${other.startedOn ?? 'unknown'} to ${other.endedOn ?? 'now'}`;
  throw rejectField(
    UserErrorCode.DUPLICATE,
    'startedOn',
    `${dutch} and ${chinese} have another partnership in an overlapping period: ${other.id}, ${period}.`,
  );
}
