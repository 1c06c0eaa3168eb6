import { earliestDay, latestDay, today } from '../graph/types/partial-date.js';
import { rejectField, UserErrorCode } from './payload.js';

/**
 * Rejects an end that certainly precedes the start.
 *
 * @param field The field of the input that the error names.
 */
export function checkPeriod(
  { startedOn, endedOn }: { startedOn: string | null; endedOn: string | null },
  field: 'startedOn' | 'endedOn' = 'endedOn',
): void {
  if (startedOn === null || endedOn === null || latestDay(endedOn) >= earliestDay(startedOn)) return;
  throw rejectField(
    UserErrorCode.INVALID,
    field,
    `endedOn must not be before startedOn (${startedOn}); got ${endedOn}.`,
  );
}

/** Rejects a date in the future: the register records facts, not plans. */
export function checkPast(date: string | null | undefined, field: string): void {
  if (date == null || earliestDay(date) <= today()) return;
  throw rejectField(UserErrorCode.INVALID, field, `${field} must not be after today (${today()}); got ${date}.`);
}
