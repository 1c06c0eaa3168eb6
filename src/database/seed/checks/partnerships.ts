import { earliestDay } from '../../../graph/types/partial-date.js';
import { PartnershipStatus } from '../../../partnership/partnership.enums.js';
import { periodsFromFacts } from '../../../partnership/status.js';
import type { Incoming, SeedRecord } from '../seed.record.js';
import type { PartnershipSeed } from '../seed.schemas.js';
import { endsTooEarly } from './ends.js';

type PartnershipRecord = SeedRecord<PartnershipSeed>;

/** Checks that status, end and status periods agree, and that two authorities have at most one open partnership. */
export function checkPartnerships({ partnerships }: Incoming): void {
  for (const record of partnerships ?? []) {
    checkEnd(record);
    if (record.fields.statusPeriods) checkPeriods(record, record.fields.statusPeriods);
    else checkDerivedPeriods(record);
  }
  checkSingleOpen(partnerships ?? []);
}

function checkEnd(record: PartnershipRecord): void {
  const { status, endedOn } = record.fields;
  if (status === undefined || endedOn === undefined) return;
  const isEnded = status === PartnershipStatus.ENDED;
  if (isEnded && endedOn === null) record.report('endedOn', 'an ENDED partnership must have endedOn', endedOn);
  if (!isEnded && endedOn !== null) record.report('status', 'a partnership with endedOn must be ENDED', status);
}

function checkPeriods(record: PartnershipRecord, periods: NonNullable<PartnershipSeed['statusPeriods']>): void {
  for (const [i, { from }] of periods.entries()) {
    const before = periods[i - 1]?.from;
    if (before !== undefined && earliestDay(from) <= earliestDay(before)) {
      record.report(`statusPeriods[${i}].from`, `a period must start after the previous one, ${before}`, from);
    }
  }
  const { status } = record.fields;
  const last = periods.at(-1)?.status;
  if (status && last !== status)
    record.report(
      `statusPeriods[${periods.length - 1}].status`,
      `the last period must have the status of the partnership, ${status}`,
      last,
    );
}

/** Checks the periods that are derived from the dates of a partnership without recorded periods, like recorded ones. */
function checkDerivedPeriods(record: PartnershipRecord): void {
  const { status, startedOn, endedOn, statusSince, lastEvidenceOn } = record.fields;
  const isValid = [startedOn, endedOn, statusSince, lastEvidenceOn].every(date => date !== undefined);
  // Other checks report these problems.
  if (!status || !isValid || endsTooEarly(record.fields) || record.hasProblem('statusPeriods')) return;
  const periods = periodsFromFacts({ status, startedOn, endedOn, statusSince, lastEvidenceOn });
  const [first, second] = periods;
  if (first && second && earliestDay(second.fromOn) <= earliestDay(first.fromOn)) {
    const rule = `the dates give ${first.status} from ${first.fromOn} and ${second.status} from ${second.fromOn}`;
    record.report('statusPeriods', `${rule}; record statusPeriods, each starting after the previous one`);
  }
  if (
    (status === PartnershipStatus.ACTIVE || status === PartnershipStatus.DORMANT) &&
    periods.at(-1)?.status !== status
  ) {
    record.report(
      'statusSince',
      `${status} needs a date on which the partnership had this status, in statusSince or lastEvidenceOn`,
      statusSince,
    );
  }
}

function checkSingleOpen(records: readonly PartnershipRecord[]): void {
  const openBySides = new Map<string, PartnershipRecord>();
  for (const record of records) {
    const { dutch, chinese, endedOn } = record.fields;
    if (!dutch || !chinese || endedOn !== null) continue;
    const sides = `${dutch} ${chinese}`;
    const earlier = openBySides.get(sides);
    if (earlier)
      record.report(
        'endedOn',
        `two authorities can have only one open partnership; ${earlier.name} is open too`,
        endedOn,
      );
    else openBySides.set(sides, record);
  }
}
