import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { cite, newCitation } from '../change/cite.js';
import type { WriteInput } from '../change/input.js';
import type { Problems } from '../change/problems.js';
import { UserErrorCode } from '../change/user-error.js';
import { queryRows } from '../graph/sql/query.js';
import { earliestDay, latestDay } from '../graph/types/partial-date.js';
import { message } from '../messages/message.js';
import { PartnershipStatus, StatusDecisionMaker } from './partnership.enums.js';
import { type Partnership, RecordedStatus } from './partnership.js';
import { periodId, type StatusStart } from './status.js';

/** Inserts a period with the current status of a partnership, and the citation of its source. */
export async function insertPeriod(
  em: EntityManager,
  record: Partnership,
  fromOn: string,
  { reason, source, decidedBy }: WriteInput & { decidedBy?: StatusDecisionMaker | null },
): Promise<void> {
  const period = new RecordedStatus();
  // The first period keeps its id when its start is corrected, so the id of its old start may be taken.
  const taken = new Set((await periodsOf(em, record.id)).map(({ id }) => id));
  let id = periodId(record.id, fromOn);
  while (taken.has(id)) id += '+';
  Object.assign(period, {
    id,
    partnership: record.id,
    status: record.status,
    fromOn,
    reason: reason ?? null,
    decidedBy: decidedBy ?? StatusDecisionMaker.UNKNOWN,
  });
  em.persist(period);
  await em.flush();
  const fact =
    record.status === PartnershipStatus.ENDED ? 'endedOn' : fromOn === record.startedOn ? 'startedOn' : 'statusSince';
  if (source) await cite(em, 'status_period_id', [newCitation(id, source, ['status', fact])]);
}

/**
 * Returns the first period of a partnership if it begins on `startedOn`, so that it moves with it. A partnership begins
 * as ACTIVE: the day of another status is a fact of its own. The status between the start and that day is unknown.
 */
function movingPeriod(periods: readonly PeriodStart[], startedOn: string | null): PeriodStart | undefined {
  const first = periods.at(-1);
  if (first?.status !== PartnershipStatus.ACTIVE || startedOn === null) return undefined;
  return earliestDay(first.fromOn) === earliestDay(startedOn) ? first : undefined;
}

/**
 * Returns whether a status certainly begins before the partnership. An end keeps the precision of its source: the end
 * "2010" is not before a start on a day in 2010.
 */
export function precedesStart({ status, fromOn }: StatusStart, startedOn: string): boolean {
  const day = status === PartnershipStatus.ENDED ? latestDay : earliestDay;
  return day(fromOn) < earliestDay(startedOn);
}

/** Returns the start of the newest period of a partnership once its own start is `startedOn`, with which the first period moves. */
export async function newestPeriodStart(
  em: EntityManager,
  { id, startedOn: before }: Pick<Partnership, 'id' | 'startedOn'>,
  startedOn: string | null,
): Promise<string | null> {
  const periods = await periodsOf(em, id);
  const isMoved = periods.length === 1 && startedOn !== before && movingPeriod(periods, before);
  return isMoved ? startedOn : (periods[0]?.fromOn ?? null);
}

/** Checks that a corrected start does not pass the periods of a partnership. */
export async function checkPeriodStart(
  problems: Problems,
  em: EntityManager,
  { id, startedOn: before, statusSince }: Partnership,
  startedOn: string | null,
): Promise<void> {
  const periods = await periodsOf(em, id);
  const [first, second] = [periods.at(-1), periods.at(-2)];
  const overlaps = (rule: OverlapRule, date: string, value: string) =>
    problems.add('startedOn', message(rule, { date, value }), UserErrorCode.OVERLAPPING_PERIOD);
  if (!movingPeriod(periods, before)) {
    if (first && startedOn && precedesStart(first, startedOn)) overlaps('START_AFTER_PERIOD', first.fromOn, startedOn);
    return;
  }
  if (startedOn === null) {
    problems.add('startedOn', message('START_BEGINS_PERIOD', {}));
    return;
  }
  if (second && earliestDay(startedOn) >= earliestDay(second.fromOn))
    overlaps('START_AFTER_NEXT_PERIOD', second.fromOn, startedOn);
  if (statusSince !== null && earliestDay(startedOn) > earliestDay(statusSince))
    overlaps('START_AFTER_RENEWAL', statusSince, startedOn);
}

type OverlapRule = 'START_AFTER_PERIOD' | 'START_AFTER_NEXT_PERIOD' | 'START_AFTER_RENEWAL';

/** Moves the start of the first period when `startedOn` of the partnership is corrected. */
export async function movePeriodStart(
  em: EntityManager,
  { id, startedOn }: Partnership,
  before: string | null,
): Promise<void> {
  const period = movingPeriod(await periodsOf(em, id), before);
  if (period) await queryRows(em, sql`update status_period set from_on = ${startedOn} where id = ${period.id}`);
}

type PeriodStart = StatusStart & { id: string };

/** The periods of a partnership, newest first. */
export function periodsOf(em: EntityManager, partnership: string): Promise<PeriodStart[]> {
  return queryRows(
    em,
    sql`select id, status, from_on as "fromOn" from status_period where partnership_id = ${partnership} order by from_day desc`,
  );
}
