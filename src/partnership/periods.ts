import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { cite } from '../change/cite.js';
import type { WriteInput } from '../change/input.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { queryRows } from '../graph/sql/query.js';
import { earliestDay } from '../graph/types/partial-date.js';
import { PartnershipStatus } from './partnership.enums.js';
import { type Partnership, RecordedStatus } from './partnership.js';
import { periodId } from './status.js';

/** Inserts a period with the current status of a partnership, and the citation of its source. */
export async function insertPeriod(
  em: EntityManager,
  record: Partnership,
  fromOn: string,
  { reason, source }: WriteInput,
): Promise<void> {
  const period = new RecordedStatus();
  // The first period keeps its id when its start is corrected, so the id of its old start may be taken.
  const taken = new Set((await periodsOf(em, record.id)).map(({ id }) => id));
  let id = periodId(record.id, fromOn);
  while (taken.has(id)) id += '+';
  Object.assign(period, { id, partnership: record.id, status: record.status, fromOn, reason: reason ?? null });
  em.persist(period);
  await em.flush();
  const fact =
    record.status === PartnershipStatus.ENDED ? 'endedOn' : fromOn === record.startedOn ? 'startedOn' : 'statusSince';
  if (source) await cite(em, 'status_period_id', id, source, ['status', fact]);
}

/** Moves the start of the first period when `startedOn` of the partnership is corrected. */
export async function movePeriodStart(
  em: EntityManager,
  { id, startedOn, statusSince }: Partnership,
  before: string | null,
): Promise<void> {
  const periods = await periodsOf(em, id);
  const [first, second] = [periods.at(-1), periods.at(-2)];
  if (!first || before === null || earliestDay(first.fromOn) !== earliestDay(before)) {
    if (first && startedOn && earliestDay(startedOn) > earliestDay(first.fromOn)) {
      throw rejectField(
        UserErrorCode.OVERLAPPING_PERIOD,
        'startedOn',
        `startedOn must not be after ${first.fromOn}, when the partnership became ${first.status}; got ${startedOn}.`,
      );
    }
    return;
  }
  if (startedOn === null)
    throw rejectField(
      UserErrorCode.INVALID,
      'startedOn',
      'startedOn cannot be cleared: the first period of the partnership starts on it.',
    );
  if (second && earliestDay(startedOn) >= earliestDay(second.fromOn)) {
    throw rejectField(
      UserErrorCode.OVERLAPPING_PERIOD,
      'startedOn',
      `startedOn must be before ${second.fromOn}, when the partnership became ${second.status}; got ${startedOn}.`,
    );
  }
  if (statusSince !== null && earliestDay(startedOn) > earliestDay(statusSince)) {
    throw rejectField(
      UserErrorCode.OVERLAPPING_PERIOD,
      'startedOn',
      `startedOn must not be after ${statusSince}, when the partnership was last renewed; got ${startedOn}.`,
    );
  }
  await queryRows(em, sql`update status_period set from_on = ${startedOn} where id = ${first.id}`);
}

/** The periods of a partnership, newest first. */
export function periodsOf(
  em: EntityManager,
  partnership: string,
): Promise<{ id: string; status: PartnershipStatus; fromOn: string }[]> {
  return queryRows(
    em,
    sql`select id, status, from_on as "fromOn" from status_period where partnership_id = ${partnership} order by from_day desc`,
  );
}
