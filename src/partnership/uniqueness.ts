import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { mustBeOnSide, SIDES } from '../authority/sides.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { queryRows } from '../graph/sql/query.js';
import { earliestDay } from '../graph/types/partial-date.js';
import type { Partnership } from './partnership.js';

/**
 * Locks both sides of a tie to be made, so that two calls cannot make the same one at once.
 *
 * @throws Refusal when one is not there, or stands on the wrong side.
 */
export async function lockSides(em: EntityManager, sides: { dutch: string; chinese: string }): Promise<void> {
  for (const side of SIDES) {
    const [field] = side;
    const id = sides[field];
    mustBeOnSide(side, id);
    const found = await queryRows(em, sql`select id from authority where id = ${id} for update`);
    if (found.length === 0) throw rejectField(UserErrorCode.NOT_FOUND, field, `There is no such authority: ${id}.`);
  }
}

/**
 * Refuses a tie between two authorities that have another for some of the same time. An unknown start counts as having
 * been there always, no end as going on.
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
  const other = others.find(tie => from(startedOn) < until(tie.endedOn) && from(tie.startedOn) < until(endedOn));
  if (!other) return;
  const period = `${other.startedOn ?? 'unknown'} to ${other.endedOn ?? 'now'}`;
  throw rejectField(
    UserErrorCode.DUPLICATE,
    'startedOn',
    `${dutch} and ${chinese} have a tie for some of that time: ${other.id}, ${period}.`,
  );
}
