import { earliestDay, latestDay, today } from '../graph/types/partial-date.js';
import { message } from '../messages/message.js';
import type { Problems } from './problems.js';

/**
 * Reports an end that certainly precedes the start.
 *
 * @param field The field of the input that the problem names.
 */
export function checkPeriod(
  problems: Problems,
  { startedOn, endedOn }: { startedOn?: string | null | undefined; endedOn?: string | null | undefined },
  field: 'startedOn' | 'endedOn' = 'endedOn',
): void {
  if (startedOn == null || endedOn == null || latestDay(endedOn) >= earliestDay(startedOn)) return;
  problems.add(field, message('END_BEFORE_START', { start: startedOn, end: endedOn }));
}

/** Reports a date in the future: the register records facts, not plans. */
export function checkPast(
  problems: Problems,
  date: string | null | undefined,
  field: string,
  rule: 'DATE_IN_FUTURE' | 'HELD_IN_FUTURE' = 'DATE_IN_FUTURE',
): void {
  if (date == null || earliestDay(date) <= today()) return;
  problems.add(field, message(rule, { field, today: today(), value: date }));
}
