import { earliestDay, latestDay } from '../../../graph/types/partial-date.js';
import type { Incoming } from '../seed.record.js';

interface Dates {
  startedOn?: string | null;
  endedOn?: string | null;
}

/** Whether an end certainly lies before the start: no day it can mean is as late as the earliest of the start. */
export function endsTooEarly({ startedOn, endedOn }: Dates): boolean {
  return startedOn != null && endedOn != null && latestDay(endedOn) < earliestDay(startedOn);
}

/** Nothing ends before it starts. */
export function checkEnds({ organisations, partnerships, programmes, exchanges }: Incoming): void {
  for (const list of [organisations, partnerships, programmes, exchanges]) {
    for (const record of list ?? []) {
      const { startedOn, endedOn } = record.fields;
      if (endsTooEarly(record.fields))
        record.report('endedOn', `the end does not lie before the start, ${startedOn}`, endedOn);
    }
  }
}
