import { earliestDay, latestDay, today } from '../graph/types/partial-date.js';
import { rejectField, UserErrorCode } from './payload.js';

/**
 * Refuses an end before the start, as far as the two are known.
 *
 * @param field The one of the two that the client gives.
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

/** Refuses a date that has not come: the register records what has happened. */
export function checkPast(date: string | null | undefined, field: string): void {
  if (date == null || earliestDay(date) <= today()) return;
  throw rejectField(UserErrorCode.INVALID, field, `${field} must not lie after today (${today()}); got ${date}.`);
}
