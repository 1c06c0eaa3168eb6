import { axisX, barX, dot, gridX, type PlotOptions, ruleX } from '@observablehq/plot';
import type { Bar, Moment, Timeline } from '../result/periods.js';
import { earliestDay } from '../result/sort.js';
import type { LegendItem } from './figure.js';
import { laneNames } from './lane-names.js';
import type { Palette } from './palette.js';

/** Classes of the marks that can be pointed at. */
export const BARS = 'desk-bars';
export const MOMENTS = 'desk-moments';

/** How a mark is told in words. */
export interface InWords {
  readonly name: (mark: Bar | Moment) => string;
  readonly kind: (mark: Bar | Moment) => string;
  readonly when: (mark: Bar | Moment) => string;
}

const LANE = 17;
const AXIS = 26;
const day = (date: string) => new Date(`${date}T00:00:00Z`);

export const heightOf = ({ lanes }: Timeline): number => lanes.length * LANE + 2 * AXIS;

/** @param asked The day that the answer is of, where it is of one. */
export function timelinePlot(
  timeline: Timeline,
  inWords: InWords,
  palette: Palette,
  width: number,
  asked: string | undefined,
): PlotOptions {
  const { lanes, bars, moments } = timeline;
  const { left, cut } = laneNames(lanes, width);
  const label = (mark: Bar | Moment) => `${inWords.name(mark)}, ${inWords.kind(mark)}, ${inWords.when(mark)}`;
  const ended = palette.status.ENDED ?? palette.ink;
  return {
    width,
    height: heightOf(timeline),
    marginLeft: left,
    marginTop: AXIS,
    marginBottom: AXIS,
    marginRight: 12,
    x: { type: 'utc' },
    y: { domain: lanes, label: null, tickSize: 0, tickFormat: cut, padding: 0.3 },
    r: { type: 'identity' },
    color: { type: 'identity' },
    symbol: { type: 'identity' },
    marks: [
      gridX({ strokeOpacity: 0.2 }),
      axisX({ anchor: 'top', label: null, tickSize: 0 }),
      axisX({ anchor: 'bottom', label: null, tickSize: 0 }),
      barX(bars, {
        x1: ({ from }: Bar) => day(from),
        x2: ({ until }: Bar) => day(until),
        y: 'lane',
        fill: (bar: Bar) => colorOf(bar, palette),
        rx: 2,
        ariaLabel: label,
        className: BARS,
      }),
      dot(moments, {
        x: ({ on }: Moment) => day(on),
        y: 'lane',
        symbol: ({ kind }: Moment) => (kind === 'end' ? 'times' : 'circle'),
        r: ({ kind }: Moment) => (kind === 'end' ? 4.5 : 3.2),
        stroke: ({ kind }: Moment) => (kind === 'end' ? ended : palette.paper),
        fill: ({ kind }: Moment) => (kind === 'end' ? 'none' : palette.moment),
        strokeWidth: 1.4,
        ariaLabel: label,
        className: MOMENTS,
      }),
      ...(asked ? [ruleX([day(earliestDay(asked))], { stroke: palette.ink, strokeDasharray: '3 3' })] : []),
    ],
  };
}

function colorOf({ kind, status }: Bar, palette: Palette): string {
  return kind === 'programme' ? palette.band : (palette.status[status ?? 'UNKNOWN'] ?? palette.faint);
}

export function legendOf({ bars, moments }: Timeline, palette: Palette, inWords: InWords): LegendItem[] {
  const items = new Map<string, LegendItem>();
  for (const bar of bars) {
    const label = inWords.kind(bar);
    items.set(label, { label, color: colorOf(bar, palette), shape: 'box' });
  }
  for (const moment of moments) {
    const label = inWords.kind(moment);
    const ended = moment.kind === 'end';
    const color = ended ? (palette.status.ENDED ?? palette.ink) : palette.moment;
    items.set(label, { label, color, shape: ended ? 'cross' : 'dot' });
  }
  return [...items.values()];
}
