import sql, { type Sql } from 'sql-template-tag';
import type { Condition } from '../graph/list/filter.js';
import { earliestDay } from '../graph/types/partial-date.js';
import { PartnershipStatus } from './partnership.enums.js';

/** What the facts of a tie say about its status over time. */
export interface StatusFacts {
  status: PartnershipStatus;
  statusSince?: string | null | undefined;
  startedOn?: string | null | undefined;
  endedOn?: string | null | undefined;
  lastEvidenceOn?: string | null | undefined;
}

/** A status and the day it begins; it lasts until the next one begins. */
export interface StatusStart {
  status: PartnershipStatus;
  fromOn: string;
}

/**
 * The periods that follow from a tie's dates where nothing else is recorded (architecture, "Time"): an ended tie was
 * active from its start until its end, a dormant one until it was made dormant. Where the start is unknown an active
 * tie counts from its newest evidence, and a state that nobody evidenced has no period: nothing is guessed.
 */
export function periodsFromFacts({
  status,
  statusSince,
  startedOn,
  endedOn,
  lastEvidenceOn,
}: StatusFacts): StatusStart[] {
  const { ACTIVE, DORMANT, ENDED } = PartnershipStatus;
  if (status === ACTIVE) {
    const fromOn = startedOn ?? statusSince ?? lastEvidenceOn;
    return fromOn ? [{ status, fromOn }] : [];
  }
  if (status !== DORMANT && status !== ENDED) return [];
  const changedOn = (status === ENDED ? endedOn : statusSince) ?? statusSince ?? lastEvidenceOn;
  const before = startedOn ? [{ status: ACTIVE, fromOn: startedOn }] : [];
  return changedOn ? [...before, { status, fromOn: changedOn }] : before;
}

/** The id of the period of a tie that begins on a day. */
export function periodId(partnership: string, fromOn: string): string {
  return `${partnership}@${fromOn}`;
}

/** The status of a tie on a day, as SQL over its row. Days compare by the earliest day they can mean. */
export function statusOn(row: Sql, on: Sql): Sql {
  return sql`coalesce(
    (select its.status from status_period its where its.partnership_id = ${row}.id and its.from_day <= ${on} order by its.from_day desc limit 1),
    case when ${row}.started_day > ${on} then ${PartnershipStatus.NOT_YET_STARTED} else ${PartnershipStatus.UNKNOWN} end)`;
}

/** The filter field `activeOn`: the tie was active on that day. */
export const activeOn: Condition<string> = (row, on) =>
  sql`${statusOn(row, sql`${earliestDay(on)}`)} = ${PartnershipStatus.ACTIVE}`;
