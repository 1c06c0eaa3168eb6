import type { EntityManager } from '@mikro-orm/sql';
import type { StatusInput } from '../change/input.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { checkPast } from '../change/period.js';
import { earliestDay, latestDay } from '../graph/types/partial-date.js';
import { PartnershipStatus } from './partnership.enums.js';
import type { Partnership } from './partnership.js';
import { insertPeriod, periodsOf } from './periods.js';

/**
 * Changes the status of a partnership from a day on.
 *
 * @throws WriteRejected without a reason or a source, for a day in the future, for a day before the start of the current
 * status or its last renewal, or for a status that cannot follow the current one.
 */
export async function changeStatus(
  em: EntityManager,
  record: Partnership,
  status: PartnershipStatus,
  input: StatusInput,
): Promise<void> {
  const { since } = input;
  if (!input.reason && !input.source) {
    throw rejectField(
      UserErrorCode.EVIDENCE_REQUIRED,
      'reason',
      'A change of status needs a reason or a source; got neither.',
    );
  }
  checkPast(since, 'since');
  if (record.status === PartnershipStatus.ENDED) {
    throw rejectField(
      UserErrorCode.INVALID,
      'id',
      `The partnership ended on ${record.endedOn}; record a new one with recordPartnership.`,
    );
  }
  const isRenewal = record.status === status;
  if (isRenewal && status === PartnershipStatus.DORMANT) {
    throw rejectField(
      UserErrorCode.INVALID,
      'id',
      `The partnership is already dormant${record.statusSince ? `, since ${record.statusSince}` : ''}.`,
    );
  }
  const [last] = await periodsOf(em, record.id);
  if (last && earliestDay(since) <= earliestDay(last.fromOn)) {
    throw rejectField(
      UserErrorCode.OVERLAPPING_PERIOD,
      'since',
      `since must be after ${last.fromOn}, when the partnership became ${last.status}; got ${since}.`,
    );
  }
  // A renewal begins no period, but what follows it must not precede it either.
  if (record.statusSince && earliestDay(since) <= earliestDay(record.statusSince)) {
    throw rejectField(
      UserErrorCode.OVERLAPPING_PERIOD,
      'since',
      `since must be after ${record.statusSince}, since when the partnership is ${record.status}, or was last renewed; got ${since}.`,
    );
  }
  const isEnd = status === PartnershipStatus.ENDED;
  // An end keeps the precision of its source: the end "2010" is not before a start on a day in 2010.
  if (record.startedOn && (isEnd ? latestDay : earliestDay)(since) < earliestDay(record.startedOn)) {
    throw rejectField(
      UserErrorCode.INVALID,
      'since',
      `since must not be before startedOn (${record.startedOn}); got ${since}.`,
    );
  }
  if (isEnd) record.endedOn = since;
  record.status = status;
  record.statusSince = since;
  if (!record.lastEvidenceOn || earliestDay(since) > earliestDay(record.lastEvidenceOn)) record.lastEvidenceOn = since;
  // Renewing an active partnership starts no new period.
  if (!isRenewal) await insertPeriod(em, record, since, input);
}
