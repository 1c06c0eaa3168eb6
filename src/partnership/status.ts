import sql, { type Sql } from 'sql-template-tag';
import type { Condition } from '../graph/list/filter.js';
import { earliestDay } from '../graph/types/partial-date.js';
import { PartnershipStatus, StatusDecisionMaker } from './partnership.enums.js';

/** The fields of a partnership that determine its status over time. */
export interface StatusFacts {
  status: PartnershipStatus;
  statusSince?: string | null | undefined;
  startedOn?: string | null | undefined;
  endedOn?: string | null | undefined;
  lastEvidenceOn?: string | null | undefined;
}

/** A status and its first day; it lasts until the next one begins. */
export interface StatusStart {
  status: PartnershipStatus;
  fromOn: string;
}

/**
 * Derives periods from the dates of a partnership without recorded periods. An ended partnership was active from its start to
 * its end, a dormant one until it became dormant. An active one of unknown start counts from its newest evidence. A status
 * without evidence gets no period, because nothing is guessed.
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

/** Returns the id of the period that begins on a day. */
export function periodId(partnership: string, fromOn: string): string {
  return `${partnership}@${fromOn}`;
}

/**
 * SQL expression: the status on a day of the partnership in `row`. Partial dates compare by their earliest day, so that an end
 * of "2010" begins before a start on a day in 2010: before its start no period counts.
 */
export function statusOn(row: Sql, on: Sql): Sql {
  return sql`case when ${row}.started_day > ${on} then ${PartnershipStatus.NOT_YET_STARTED} else coalesce(
    (select period.status from status_period period where period.partnership_id = ${row}.id and period.from_day <= ${on} order by period.from_day desc limit 1),
    ${PartnershipStatus.UNKNOWN}) end`;
}

/** SQL expression: who decided on that status; unknown outside of the recorded periods. */
export function decidedByOn(row: Sql, on: Sql): Sql {
  return sql`case when ${row}.started_day > ${on} then ${StatusDecisionMaker.UNKNOWN} else coalesce(
    (select period.decided_by from status_period period where period.partnership_id = ${row}.id and period.from_day <= ${on} order by period.from_day desc limit 1),
    ${StatusDecisionMaker.UNKNOWN}) end`;
}

/** Key of groups by status: today's as it is recorded, or the status on a day; null where an outer join found no partnership. */
export const statusDimension = (row: Sql, on?: string): Sql =>
  on === undefined
    ? sql`${row}.status`
    : sql`case when ${row}.id is not null then ${statusOn(row, sql`${earliestDay(on)}`)} end`;

/** Condition of the filter field `activeOn`: the status on that day was ACTIVE. */
export const activeOn: Condition<string> = (row, on) =>
  sql`${statusOn(row, sql`${earliestDay(on)}`)} = ${PartnershipStatus.ACTIVE}`;
