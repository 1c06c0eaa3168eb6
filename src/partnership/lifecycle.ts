import type { EntityManager } from '@mikro-orm/sql';
import type { StatusInput } from '../change/input.js';
import { checkPast } from '../change/period.js';
import type { Problems } from '../change/problems.js';
import { UserErrorCode } from '../change/user-error.js';
import { earliestDay } from '../graph/types/partial-date.js';
import { message } from '../messages/message.js';
import { PartnershipStatus } from './partnership.enums.js';
import type { StatusChangeInput } from './partnership.input.js';
import type { Partnership } from './partnership.js';
import { insertPeriod, newestPeriodStart, precedesStart } from './periods.js';

const { ACTIVE, DORMANT, ENDED, UNKNOWN } = PartnershipStatus;

/** Checks the status of a new partnership: UNKNOWN, or ACTIVE from its start. All others begin by a change of status. */
export function checkInitialStatus(problems: Problems, { status, startedOn }: Partial<Partnership>): void {
  if (status == null || status === UNKNOWN || (status === ACTIVE && startedOn)) return;
  problems.add('status', message('INITIAL_STATUS', { value: status, type: 'PartnershipStatus' }));
}

/** The facts that a change of status is checked against. */
export type StatusRecord = Pick<Partnership, 'id' | 'status' | 'startedOn' | 'statusSince' | 'endedOn'>;

/**
 * Checks a change of status: it needs a reason or a source, a day that is neither in the future nor before the start of the
 * current status or its last renewal, and a status that can follow the current one.
 *
 * @param newestPeriod The start of its newest period, null if it has none; read by default.
 */
export async function checkStatus(
  problems: Problems,
  em: EntityManager,
  record: StatusRecord,
  status: PartnershipStatus,
  { since, reason, source }: Pick<StatusInput, 'since' | 'reason' | 'source'>,
  newestPeriod?: string | null,
): Promise<void> {
  if (!reason && !source && !problems.has('source')) {
    problems.add('reason', message('EVIDENCE_REQUIRED', {}), UserErrorCode.EVIDENCE_REQUIRED);
  }
  checkPast(problems, since, 'since');
  if (record.status === ENDED) {
    problems.add('id', message('PARTNERSHIP_ENDED', { date: record.endedOn ?? '?' }));
    return;
  }
  if (record.status === DORMANT && status === DORMANT) {
    const { statusSince: date } = record;
    problems.add('id', date ? message('ALREADY_DORMANT_SINCE', { date }) : message('ALREADY_DORMANT', {}));
    return;
  }
  if (since === undefined) return;
  const fromOn = newestPeriod === undefined ? await newestPeriodStart(em, record, record.startedOn) : newestPeriod;
  checkSince(problems, record, status, since, fromOn);
}

function checkSince(
  problems: Problems,
  { startedOn, statusSince }: StatusRecord,
  status: PartnershipStatus,
  since: string,
  newestPeriod: string | null,
): void {
  const follows = (rule: 'SINCE_BEFORE_PERIOD' | 'SINCE_BEFORE_RENEWAL', date: string | null) => {
    if (date == null || earliestDay(since) > earliestDay(date)) return;
    problems.add('since', message(rule, { date, value: since }), UserErrorCode.OVERLAPPING_PERIOD);
  };
  follows('SINCE_BEFORE_PERIOD', newestPeriod);
  // A renewal begins no period, but what follows it must not precede it either.
  follows('SINCE_BEFORE_RENEWAL', statusSince);
  if (startedOn && precedesStart({ status, fromOn: since }, startedOn)) {
    problems.add('since', message('SINCE_BEFORE_START', { start: startedOn, value: since }));
  }
}

/** Changes the status of a partnership from a day on. */
export async function changeStatus(
  em: EntityManager,
  record: Partnership,
  status: PartnershipStatus,
  input: StatusChangeInput,
): Promise<void> {
  const { since } = input;
  const isRenewal = record.status === status;
  if (status === ENDED) record.endedOn = since;
  record.status = status;
  // As in a new partnership: what is active from its start has no other day.
  record.statusSince = status === ACTIVE && since === record.startedOn ? null : since;
  if (!record.lastEvidenceOn || earliestDay(since) > earliestDay(record.lastEvidenceOn)) record.lastEvidenceOn = since;
  // Renewing an active partnership starts no new period.
  if (!isRenewal) await insertPeriod(em, record, since, input);
}
