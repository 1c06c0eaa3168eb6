import { formatPeriod, type ReaderLanguage } from './format.js';
import { firstValue, labelOf, objectsIn, textOf, walkObjects } from './objects.js';
import { earliestDay, lastDay } from './sort.js';
import type { ResultObject, ResultValue } from './typed-result.js';

/** Period on a lane: a status of a partnership, a programme, or a partnership without dates. Both ends are days. */
export interface TimelineBar {
  readonly lane: string;
  readonly kind: 'status' | 'programme' | 'undated';
  /** Status of a partnership; null for a programme. */
  readonly status: string | null;
  readonly from: string;
  readonly until: string;
  /** Partial dates as recorded; `until` is null if the period has not ended. */
  readonly recorded: { from: string | null; until: string | null };
  readonly record: ResultObject;
}

/** Point on a lane: an exchange, or the end of a partnership. */
export interface TimelinePoint {
  readonly lane: string;
  readonly kind: 'exchange' | 'end';
  readonly on: string;
  readonly recorded: string;
  readonly label: string;
  readonly record: ResultObject;
}

export interface Timeline {
  /** Names of the lanes, in the order of the result. */
  readonly lanes: readonly string[];
  readonly bars: readonly TimelineBar[];
  readonly points: readonly TimelinePoint[];
  /** Number of exchanges and programmes without a date, which are not drawn. */
  readonly undated: number;
}

/**
 * Returns the partnerships of a result with their status periods, exchanges and programmes over time.
 *
 * @param today Day, as `2026-11-24`, up to which periods without an end are drawn.
 */
export function timelineOf(
  root: ResultValue,
  today: string,
  language: ReaderLanguage,
  exchangesLane: string,
): Timeline {
  const bars: TimelineBar[] = [];
  const points: TimelinePoint[] = [];
  const lanes = new Map<string, ResultObject>();
  const seen = new Set<unknown>();
  let undated = 0;
  const laneFor = (record: ResultObject): string => {
    const label = labelOf(record, language) || record.type;
    // Records with the same label get lanes of their own: `label (2)`.
    for (let lane = label, count = 2; ; count += 1) {
      const owner = lanes.get(lane);
      if (!owner) lanes.set(lane, record);
      if (!owner || isSame(owner, record)) return lane;
      lane = `${label} (${count})`;
    }
  };
  const addBar = (bar: Omit<TimelineBar, 'from' | 'until'>): void => {
    const from = bar.recorded.from ? earliestDay(bar.recorded.from) : '';
    // A programme runs to the end of its last year or month; a status ends where the next one begins.
    const dayOf = bar.kind === 'programme' ? lastDay : earliestDay;
    const until = bar.recorded.until ? dayOf(bar.recorded.until) : today;
    if (from < until || (bar.kind === 'programme' && from === until)) bars.push({ ...bar, from, until });
  };
  const addEnd = (lane: string, recorded: string, record: ResultObject) =>
    points.push({ lane, kind: 'end', on: earliestDay(recorded), recorded, label: lane, record });

  for (const [object, ancestors] of walkObjects(root)) {
    // An answer can name a record before it has its dates.
    if (!selectsDates(object)) continue;
    const key = `${object.type} ${textOf(object, 'id')}`;
    if (textOf(object, 'id') && seen.has(key)) continue;
    seen.add(key);
    if (object.type === 'Partnership') {
      const periods = statusPeriodsOf(object);
      const lane = periods.length > 0 ? laneFor(object) : '';
      for (const { status, from, until } of periods) {
        if (status !== 'ENDED') addBar({ lane, kind: 'status', status, recorded: { from, until }, record: object });
        else addEnd(lane, from, object);
      }
      if (periods.length === 0) {
        const [undatedLane, until] = [laneFor(object), textOf(object, 'endedOn')];
        const recorded = { from: null, until };
        addBar({ lane: undatedLane, kind: 'undated', status: 'UNKNOWN', recorded, record: object });
        if (until) addEnd(undatedLane, until, object);
      }
    } else if (object.type === 'Programme') {
      const [from, until] = [textOf(object, 'startedOn'), textOf(object, 'endedOn')];
      if (from)
        addBar({ lane: laneFor(object), kind: 'programme', status: null, recorded: { from, until }, record: object });
      else undated += 1;
    } else if (object.type === 'Exchange') {
      const on = textOf(object, 'startedOn');
      const partnership = ancestors.find(({ type }) => type === 'Partnership');
      if (!on) undated += 1;
      else {
        if (!partnership && !lanes.has(exchangesLane)) lanes.set(exchangesLane, object);
        const lane = partnership ? laneFor(partnership) : exchangesLane;
        points.push({
          lane,
          kind: 'exchange',
          on: earliestDay(on),
          recorded: on,
          label: labelOf(object, language),
          record: object,
        });
      }
    }
  }
  // A partnership without dates is drawn from the first date of the others on.
  const first = [...bars.map(({ from }) => from), ...points.map(({ on }) => on)].filter(Boolean).sort()[0] ?? today;
  const drawn = bars.map(bar => (bar.from === '' ? { ...bar, from: first } : bar));
  const isDrawn = ({ kind, from, until }: TimelineBar) => kind !== 'undated' || from < until;
  return { lanes: [...lanes.keys()], bars: drawn.filter(isDrawn), points, undated };
}

/** Returns the period of a bar in words. Of a programme without an end it is unknown whether it still runs. */
export const periodOf = ({ kind, recorded: { from, until } }: TimelineBar, language: ReaderLanguage): string =>
  formatPeriod(from, until, kind !== 'status', language);

const isSame = (a: ResultObject, b: ResultObject): boolean =>
  a === b || (a.type === b.type && textOf(a, 'id') !== null && textOf(a, 'id') === textOf(b, 'id'));

const selectsDates = (object: ResultObject): boolean =>
  object.fields.some(({ fieldName }) => /^(?:startedOn|endedOn|statusPeriods)$/.test(fieldName));

/** Returns the status periods of a partnership; if not selected, derives them from its dates and status. */
function statusPeriodsOf(partnership: ResultObject): { status: string | null; from: string; until: string | null }[] {
  const periods = objectsIn(firstValue(partnership, 'statusPeriods')).flatMap(period => {
    const from = textOf(period, 'from');
    return from ? [{ status: textOf(period, 'status'), from, until: textOf(period, 'until') }] : [];
  });
  const [from, until, status] = [
    textOf(partnership, 'startedOn'),
    textOf(partnership, 'endedOn'),
    textOf(partnership, 'status'),
  ];
  if (periods.length > 0 || !from) return periods;
  const ended = status === 'ENDED' && until ? [{ status, from: until, until: null }] : [];
  // A tie that had not begun on the day of the question has begun on the drawing, with a status that is not known.
  const lasting = status === 'ENDED' ? 'ACTIVE' : status === 'NOT_YET_STARTED' ? 'UNKNOWN' : status;
  return [{ status: lasting, from, until }, ...ended];
}
