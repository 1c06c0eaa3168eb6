import { earliestDay, latestDay } from '../../../graph/types/partial-date.js';
import type { Incoming } from '../seed.record.js';

interface Dates {
  startedOn?: string | null;
  endedOn?: string | null;
}

/** Returns true if the end certainly precedes the start: its latest possible day is before the earliest of the start. */
export function endsTooEarly({ startedOn, endedOn }: Dates): boolean {
  return startedOn != null && endedOn != null && latestDay(endedOn) < earliestDay(startedOn);
}

/** Checks that no record ends before it starts. */
export function checkEnds({ organisations, partnerships, programmes, exchanges }: Incoming): void {
  for (const list of [organisations, partnerships, programmes, exchanges]) {
    for (const record of list ?? []) {
      const { startedOn, endedOn } = record.fields;
      if (endsTooEarly(record.fields))
        record.report('endedOn', `the end must not be before the start, ${startedOn}`, endedOn);
    }
  }
}
