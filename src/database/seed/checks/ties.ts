import { earliestDay } from '../../../graph/types/partial-date.js';
import { PartnershipStatus } from '../../../partnership/partnership.enums.js';
import { periodsFromFacts } from '../../../partnership/status.js';
import type { Incoming, SeedRecord } from '../seed.record.js';
import type { PartnershipSeed } from '../seed.schemas.js';
import { endsTooEarly } from './ends.js';

type Tie = SeedRecord<PartnershipSeed>;

/** A tie's status, its end and its periods say the same, and two authorities have one open tie. */
export function checkTies({ partnerships }: Incoming): void {
  for (const tie of partnerships ?? []) {
    checkEnd(tie);
    if (tie.fields.statusPeriods) checkPeriods(tie, tie.fields.statusPeriods);
    else checkFacts(tie);
  }
  checkOpen(partnerships ?? []);
}

function checkEnd(tie: Tie): void {
  const { status, endedOn } = tie.fields;
  if (status === undefined || endedOn === undefined) return;
  const isEnded = status === PartnershipStatus.ENDED;
  if (isEnded && endedOn === null) tie.report('endedOn', 'an ENDED tie has the date of its end', endedOn);
  if (!isEnded && endedOn !== null) tie.report('status', 'a tie with endedOn is ENDED', status);
}

function checkPeriods(tie: Tie, periods: NonNullable<PartnershipSeed['statusPeriods']>): void {
  for (const [i, { from }] of periods.entries()) {
    const before = periods[i - 1]?.from;
    if (before !== undefined && earliestDay(from) <= earliestDay(before)) {
      tie.report(`statusPeriods[${i}].from`, `a period begins after the one before it, ${before}`, from);
    }
  }
  const { status } = tie.fields;
  const last = periods.at(-1)?.status;
  if (status && last !== status)
    tie.report(`statusPeriods[${periods.length - 1}].status`, `the last period has the tie's status, ${status}`, last);
}

/** Where no periods are recorded they follow from the dates, and must be as sound as recorded ones. */
function checkFacts(tie: Tie): void {
  const { status, startedOn, endedOn, statusSince, lastEvidenceOn } = tie.fields;
  const isSound = [startedOn, endedOn, statusSince, lastEvidenceOn].every(date => date !== undefined);
  // What is said of the end already is not said again.
  if (!status || !isSound || endsTooEarly(tie.fields) || tie.hasProblem('statusPeriods')) return;
  const periods = periodsFromFacts({ status, startedOn, endedOn, statusSince, lastEvidenceOn });
  const [first, second] = periods;
  if (first && second && earliestDay(second.fromOn) <= earliestDay(first.fromOn)) {
    const rule = `the dates say ${first.status} from ${first.fromOn} and ${second.status} from ${second.fromOn}`;
    tie.report('statusPeriods', `${rule}; record the periods, each beginning after the one before it`);
  }
  if (
    (status === PartnershipStatus.ACTIVE || status === PartnershipStatus.DORMANT) &&
    periods.at(-1)?.status !== status
  ) {
    tie.report(
      'statusSince',
      `a tie that is ${status} has a date that it was so on, here or in lastEvidenceOn`,
      statusSince,
    );
  }
}

function checkOpen(ties: readonly Tie[]): void {
  const open = new Map<string, Tie>();
  for (const tie of ties) {
    const { dutch, chinese, endedOn } = tie.fields;
    if (!dutch || !chinese || endedOn !== null) continue;
    const sides = `${dutch} ${chinese}`;
    const other = open.get(sides);
    if (other) tie.report('endedOn', `two authorities have one open tie at most; ${other.name} is open too`, endedOn);
    else open.set(sides, tie);
  }
}
