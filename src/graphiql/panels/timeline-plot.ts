import { axisX, barX, dot, gridX, type PlotOptions, ruleX } from '@observablehq/plot';
import { earliestDay } from '../result/sort.js';
import type { Timeline, TimelineBar, TimelinePoint } from '../result/timeline-data.js';
import type { LegendItem } from './figure.js';
import { laneNames } from './lane-names.js';
import type { Palette } from './palette.js';

/** CSS classes of the interactive marks. */
export const TIMELINE_BARS = 'desk-bars';
export const TIMELINE_POINTS = 'desk-moments';

/** Labels of a mark. */
export interface MarkLabels {
  readonly name: (mark: TimelineBar | TimelinePoint) => string;
  readonly kind: (mark: TimelineBar | TimelinePoint) => string;
  readonly date: (mark: TimelineBar | TimelinePoint) => string;
}

const LANE_HEIGHT = 17;
const AXIS_HEIGHT = 26;
const utcDate = (date: string) => new Date(`${date}T00:00:00Z`);

export const heightOf = ({ lanes }: Timeline): number => lanes.length * LANE_HEIGHT + 2 * AXIS_HEIGHT;

/** @param day Value of the day variable of the operation, drawn as a vertical line. */
export function timelinePlot(
  timeline: Timeline,
  labels: MarkLabels,
  palette: Palette,
  width: number,
  day: string | undefined,
): PlotOptions {
  const { lanes, bars, points } = timeline;
  const { left, truncate } = laneNames(lanes, width);
  const label = (mark: TimelineBar | TimelinePoint) =>
    `${labels.name(mark)}, ${labels.kind(mark)}, ${labels.date(mark)}`;
  const ended = palette.status.ENDED ?? palette.ink;
  return {
    width,
    height: heightOf(timeline),
    marginLeft: left,
    marginTop: AXIS_HEIGHT,
    marginBottom: AXIS_HEIGHT,
    marginRight: 12,
    x: { type: 'utc' },
    y: { domain: lanes, label: null, tickSize: 0, tickFormat: truncate, padding: 0.3 },
    r: { type: 'identity' },
    color: { type: 'identity' },
    symbol: { type: 'identity' },
    marks: [
      gridX({ strokeOpacity: 0.2 }),
      axisX({ anchor: 'top', label: null, tickSize: 0 }),
      axisX({ anchor: 'bottom', label: null, tickSize: 0 }),
      barX(bars, {
        x1: ({ from }: TimelineBar) => utcDate(from),
        x2: ({ until }: TimelineBar) => utcDate(until),
        y: 'lane',
        fill: (bar: TimelineBar) => colorOf(bar, palette),
        rx: 2,
        ariaLabel: label,
        className: TIMELINE_BARS,
      }),
      dot(points, {
        x: ({ on }: TimelinePoint) => utcDate(on),
        y: 'lane',
        symbol: ({ kind }: TimelinePoint) => (kind === 'end' ? 'times' : 'circle'),
        r: ({ kind }: TimelinePoint) => (kind === 'end' ? 4.5 : 3.2),
        stroke: ({ kind }: TimelinePoint) => (kind === 'end' ? ended : palette.paper),
        fill: ({ kind }: TimelinePoint) => (kind === 'end' ? 'none' : palette.point),
        strokeWidth: 1.4,
        ariaLabel: label,
        className: TIMELINE_POINTS,
      }),
      ...(day ? [ruleX([utcDate(earliestDay(day))], { stroke: palette.ink, strokeDasharray: '3 3' })] : []),
    ],
  };
}

function colorOf({ kind, status }: TimelineBar, palette: Palette): string {
  return kind === 'programme' ? palette.programme : (palette.status[status ?? 'UNKNOWN'] ?? palette.faint);
}

export function legendOf({ bars, points }: Timeline, palette: Palette, labels: MarkLabels): LegendItem[] {
  const items = new Map<string, LegendItem>();
  for (const bar of bars) {
    const label = labels.kind(bar);
    items.set(label, { label, color: colorOf(bar, palette), shape: 'box' });
  }
  for (const point of points) {
    const label = labels.kind(point);
    const ended = point.kind === 'end';
    const color = ended ? (palette.status.ENDED ?? palette.ink) : palette.point;
    items.set(label, { label, color, shape: ended ? 'cross' : 'dot' });
  }
  return [...items.values()];
}
