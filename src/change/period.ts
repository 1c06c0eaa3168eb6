import { earliestDay, latestDay, today } from '../graph/types/partial-date.js';
import { message } from '../messages/message.js';
import type { Problems } from './problems.js';

/** The start and the end of a record, or those that an input sets. */
interface Period {
  startedOn?: string | null | undefined;
  endedOn?: string | null | undefined;
}

/**
 * Reports an end that certainly precedes the start, at the end if the input sets it.
 *
 * @param period The dates as the input leaves them.
 */
export function checkPeriod(problems: Problems, input: Period, { startedOn, endedOn }: Period): void {
  if (startedOn == null || endedOn == null || latestDay(endedOn) >= earliestDay(startedOn)) return;
  problems.add(
    input.endedOn === undefined ? 'startedOn' : 'endedOn',
    message('END_BEFORE_START', { start: startedOn, end: endedOn }),
  );
}

/**
 * Reports a date in the future: the register records facts, not plans.
 *
 * @param at The field of the input that is wrong, if it is not that of the date.
 */
export function checkPast(
  problems: Problems,
  date: string | null | undefined,
  field: string,
  rule: 'DATE_IN_FUTURE' | 'HELD_IN_FUTURE' = 'DATE_IN_FUTURE',
  at: string = field,
): void {
  if (date == null || earliestDay(date) <= today()) return;
  problems.add(at, message(rule, { field, today: today(), value: date }));
}
