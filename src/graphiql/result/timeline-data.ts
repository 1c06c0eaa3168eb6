import type { Language } from './format.js';
import { firstValue, labelOf, objectsIn, textOf, walkObjects } from './objects.js';
import { earliestDay } from './sort.js';
import type { ResultObject, ResultValue } from './typed-result.js';

/** Period on a lane: a status of a partnership, or a programme. Both ends are days. */
export interface TimelineBar {
  readonly lane: string;
  readonly kind: 'status' | 'programme';
  /** Status of a partnership; null for a programme. */
  readonly status: string | null;
  readonly from: string;
  readonly until: string;
  /** Partial dates as recorded; `until` is null if the period has not ended. */
  readonly recorded: { from: string; until: string | null };
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
  /** Number of records without a date. */
  readonly undated: number;
}

/**
 * Returns the partnerships of a result with their status periods, exchanges and programmes over time.
 *
 * @param today Day, as `2026-11-24`, up to which periods without an end are drawn.
 */
export function timelineOf(root: ResultValue, today: string, language: Language, exchangesLane: string): Timeline {
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
      if (!owner || owner === record) return lane;
      lane = `${label} (${count})`;
    }
  };
  const addBar = (bar: Omit<TimelineBar, 'from' | 'until'>): void => {
    const [from, until] = [
      earliestDay(bar.recorded.from),
      bar.recorded.until ? earliestDay(bar.recorded.until) : today,
    ];
    if (from < until) bars.push({ ...bar, from, until });
  };

  for (const [object, ancestors] of walkObjects(root)) {
    const key = `${object.type} ${textOf(object, 'id')}`;
    if (textOf(object, 'id') && seen.has(key)) continue;
    seen.add(key);
    if (object.type === 'Partnership') {
      const periods = statusPeriodsOf(object);
      const lane = periods.length > 0 ? laneFor(object) : '';
      for (const { status, from, until } of periods) {
        if (status !== 'ENDED') addBar({ lane, kind: 'status', status, recorded: { from, until }, record: object });
        else points.push({ lane, kind: 'end', on: earliestDay(from), recorded: from, label: lane, record: object });
      }
      if (periods.length === 0 && selectsDates(object)) undated += 1;
    } else if (object.type === 'Programme' && selectsDates(object)) {
      const [from, until] = [textOf(object, 'startedOn'), textOf(object, 'endedOn')];
      if (from)
        addBar({ lane: laneFor(object), kind: 'programme', status: null, recorded: { from, until }, record: object });
      else undated += 1;
    } else if (object.type === 'Exchange' && selectsDates(object)) {
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
  return { lanes: [...lanes.keys()], bars, points, undated };
}

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
  return [{ status: status === 'ENDED' ? 'ACTIVE' : status, from, until }, ...ended];
}
