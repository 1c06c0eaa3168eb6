import { everyItem, firstValue, itemsIn, labelOf, type Tongue, textOf } from './items.js';
import type { Item, Value } from './read.js';
import { earliestDay } from './sort.js';

/** A stretch of time on a lane: the status of a tie, or a programme. Both ends are days. */
export interface Bar {
  readonly lane: string;
  readonly kind: 'status' | 'programme';
  /** Of a tie. */
  readonly status: string | null;
  readonly from: string;
  readonly until: string;
  /** As the register has them, with `until` null while it lasts. */
  readonly said: { from: string; until: string | null };
  readonly record: Item;
}

/** A moment on a lane: an exchange, or the end of a tie. */
export interface Moment {
  readonly lane: string;
  readonly kind: 'exchange' | 'end';
  readonly on: string;
  readonly said: string;
  readonly label: string;
  readonly record: Item;
}

export interface Timeline {
  /** In the order of the answer. */
  readonly lanes: readonly string[];
  readonly bars: readonly Bar[];
  readonly moments: readonly Moment[];
  /** How many records of the answer have no date to be drawn at. */
  readonly undated: number;
}

/**
 * Ties with their status periods, exchanges and programmes over time.
 *
 * @param today The day, as `2026-11-24`, that what lasts is drawn to.
 */
export function timelineOf(root: Value, today: string, tongue: Tongue, laneOfExchanges: string): Timeline {
  const bars: Bar[] = [];
  const moments: Moment[] = [];
  const lanes = new Map<string, Item>();
  const seen = new Set<unknown>();
  let undated = 0;
  const laneFor = (record: Item): string => {
    const label = labelOf(record, tongue) || record.type;
    // Two records may be called alike, and each has a lane of its own.
    for (let lane = label, count = 2; ; count += 1) {
      const holder = lanes.get(lane);
      if (!holder) lanes.set(lane, record);
      if (!holder || holder === record) return lane;
      lane = `${label} (${count})`;
    }
  };
  const addBar = (bar: Omit<Bar, 'from' | 'until'>): void => {
    const [from, until] = [earliestDay(bar.said.from), bar.said.until ? earliestDay(bar.said.until) : today];
    if (from < until) bars.push({ ...bar, from, until });
  };

  for (const [item, above] of everyItem(root)) {
    const key = `${item.type} ${textOf(item, 'id')}`;
    if (textOf(item, 'id') && seen.has(key)) continue;
    seen.add(key);
    if (item.type === 'Partnership') {
      const periods = periodsOf(item);
      const lane = periods.length > 0 ? laneFor(item) : '';
      for (const { status, from, until } of periods) {
        if (status !== 'ENDED') addBar({ lane, kind: 'status', status, said: { from, until }, record: item });
        else moments.push({ lane, kind: 'end', on: earliestDay(from), said: from, label: lane, record: item });
      }
      if (periods.length === 0 && asksForTime(item)) undated += 1;
    } else if (item.type === 'Programme' && asksForTime(item)) {
      const [from, until] = [textOf(item, 'startedOn'), textOf(item, 'endedOn')];
      if (from) addBar({ lane: laneFor(item), kind: 'programme', status: null, said: { from, until }, record: item });
      else undated += 1;
    } else if (item.type === 'Exchange' && asksForTime(item)) {
      const on = textOf(item, 'startedOn');
      const tie = above.find(({ type }) => type === 'Partnership');
      if (!on) undated += 1;
      else {
        if (!tie && !lanes.has(laneOfExchanges)) lanes.set(laneOfExchanges, item);
        const lane = tie ? laneFor(tie) : laneOfExchanges;
        moments.push({
          lane,
          kind: 'exchange',
          on: earliestDay(on),
          said: on,
          label: labelOf(item, tongue),
          record: item,
        });
      }
    }
  }
  return { lanes: [...lanes.keys()], bars, moments, undated };
}

const asksForTime = (item: Item): boolean =>
  item.entries.some(({ field }) => /^(?:startedOn|endedOn|statusPeriods)$/.test(field));

/** The periods that the answer holds, or what its dates and status alone tell. */
function periodsOf(tie: Item): { status: string | null; from: string; until: string | null }[] {
  const periods = itemsIn(firstValue(tie, 'statusPeriods')).flatMap(period => {
    const from = textOf(period, 'from');
    return from ? [{ status: textOf(period, 'status'), from, until: textOf(period, 'until') }] : [];
  });
  const [from, until, status] = [textOf(tie, 'startedOn'), textOf(tie, 'endedOn'), textOf(tie, 'status')];
  if (periods.length > 0 || !from) return periods;
  const ended = status === 'ENDED' && until ? [{ status, from: until, until: null }] : [];
  return [{ status: status === 'ENDED' ? 'ACTIVE' : status, from, until }, ...ended];
}
