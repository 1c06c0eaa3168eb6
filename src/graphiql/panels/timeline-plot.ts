import { axisX, axisY, dot, gridX, type PlotOptions, rect, ruleX } from '@observablehq/plot';
import { STATUS_ORDER } from '../result/chart-data.js';
import { earliestDay } from '../result/sort.js';
import type { Timeline, TimelineBar, TimelinePoint } from '../result/timeline-data.js';
import { PADDING } from './figure-text.js';
import { laneNames } from './lane-names.js';
import type { LegendItem } from './legend.js';
import type { Palette } from './palette.js';
import { BAR_HEIGHT, layOutLanes, POINT_RADIUS } from './timeline-lanes.js';

/** CSS classes of the interactive marks. */
export const TIMELINE_BARS = 'desk-bars';
export const TIMELINE_POINTS = 'desk-moments';

/** Labels of a mark. */
export interface MarkLabels {
  readonly name: (mark: TimelineBar | TimelinePoint) => string;
  readonly kind: (mark: TimelineBar | TimelinePoint) => string;
  readonly date: (mark: TimelineBar | TimelinePoint) => string;
  readonly tick: (date: Date) => string;
}

const AXIS_HEIGHT = 26;
const MARGIN_RIGHT = 12;
const UNDATED_OPACITY = 0.3;
/** Width of the bar of a day, such as that of a short programme. */
const MIN_BAR_WIDTH = 3;
const DAY_MS = 86_400_000;
const utcDate = (date: string) => new Date(`${date}T00:00:00Z`);

/**
 * Draws the lanes of a timeline. No mark covers another one: points are below the bars of their lane.
 *
 * @param day Value of the day variable of the operation, drawn as a vertical line.
 */
export function timelinePlot(
  timeline: Timeline,
  labels: MarkLabels,
  palette: Palette,
  width: number,
  day: string | undefined,
): { options: PlotOptions; height: number } {
  const { lanes, bars, points } = timeline;
  const { left, truncate } = laneNames(lanes, width);
  const label = (mark: TimelineBar | TimelinePoint) =>
    `${labels.name(mark)}, ${labels.kind(mark)}, ${labels.date(mark)}`;
  const ended = palette.status.ENDED ?? palette.ink;
  const days = [...bars.flatMap(({ from, until }) => [from, until]), ...points.map(({ on }) => on)].sort();
  const [first, lastDay] = [utcDate(days[0] ?? '1978-01-01'), utcDate(days.at(-1) ?? '1978-12-31')];
  // A domain of one day would place all at its middle.
  const last = new Date(Math.max(lastDay.getTime(), first.getTime() + (bars.length > 0 ? DAY_MS : 0)));
  const plotWidth = width - left - MARGIN_RIGHT;
  const pixelOf = (date: string) =>
    ((utcDate(date).getTime() - first.getTime()) / Math.max(1, last.getTime() - first.getTime())) * plotWidth;
  const minDuration = ((last.getTime() - first.getTime()) * MIN_BAR_WIDTH) / plotWidth;
  const layout = layOutLanes(timeline, pixelOf);
  const height = layout.height + 2 * AXIS_HEIGHT;
  const isUndated = ({ kind }: TimelineBar) => kind === 'undated';
  // The months of Plot are English.
  const ticks = { label: null, tickSize: 0, tickFormat: labels.tick };
  const options: PlotOptions = {
    width,
    height,
    marginLeft: left,
    marginTop: AXIS_HEIGHT,
    marginBottom: AXIS_HEIGHT,
    marginRight: MARGIN_RIGHT,
    x: { type: 'utc', domain: [first, last] },
    // In pixels from the top, so that lanes can have different heights.
    y: { type: 'linear', domain: [0, layout.height], range: [AXIS_HEIGHT, AXIS_HEIGHT + layout.height], axis: null },
    r: { type: 'identity' },
    color: { type: 'identity' },
    opacity: { type: 'identity' },
    symbol: { type: 'identity' },
    marks: [
      gridX({ strokeOpacity: 0.2 }),
      axisX({ ...ticks, anchor: 'top' }),
      axisX({ ...ticks, anchor: 'bottom' }),
      axisY(
        lanes.map(lane => layout.barAt(lane) + BAR_HEIGHT / 2),
        {
          anchor: 'left',
          label: null,
          tickSize: 0,
          tickPadding: 0,
          textAnchor: 'start',
          dx: PADDING - left,
          tickFormat: (_: unknown, index: number) => truncate(lanes[index] ?? ''),
        },
      ),
      rect(bars, {
        x1: ({ from }: TimelineBar) => utcDate(from),
        x2: ({ kind, from, until }: TimelineBar) =>
          new Date(
            Math.max(utcDate(until).getTime(), utcDate(from).getTime() + (kind === 'programme' ? minDuration : 0)),
          ),
        y1: ({ lane }: TimelineBar) => layout.barAt(lane),
        y2: ({ lane }: TimelineBar) => layout.barAt(lane) + BAR_HEIGHT,
        fill: (bar: TimelineBar) => colorOf(bar, palette),
        fillOpacity: (bar: TimelineBar) => (isUndated(bar) ? UNDATED_OPACITY : 1),
        rx: 2,
        ariaLabel: label,
        className: TIMELINE_BARS,
      }),
      dot(points, {
        x: ({ on }: TimelinePoint) => utcDate(on),
        y: (point: TimelinePoint) => layout.pointAt(point),
        // A cross of strokes could hardly be pointed at.
        symbol: ({ kind }: TimelinePoint) => (kind === 'end' ? 'cross' : 'circle'),
        rotate: ({ kind }: TimelinePoint) => (kind === 'end' ? 45 : 0),
        r: ({ kind }: TimelinePoint) => (kind === 'end' ? POINT_RADIUS + 1 : POINT_RADIUS),
        stroke: palette.paper,
        fill: ({ kind }: TimelinePoint) => (kind === 'end' ? ended : palette.point),
        strokeWidth: 1,
        ariaLabel: label,
        className: TIMELINE_POINTS,
      }),
      ...(day
        ? [ruleX([utcDate(earliestDay(day))], { stroke: palette.ink, strokeDasharray: '3 3', pointerEvents: 'none' })]
        : []),
    ],
  };
  return { options, height };
}

function colorOf({ kind, status }: TimelineBar, palette: Palette): string {
  return kind === 'programme' ? palette.programme : (palette.status[status ?? 'UNKNOWN'] ?? palette.faint);
}

/** Returns the items of the legend: statuses in their order, then the other kinds of marks. */
export function legendOf({ bars, points }: Timeline, palette: Palette, labels: MarkLabels): LegendItem[] {
  const items = new Map<string, LegendItem>();
  const rank = ({ kind, status }: TimelineBar) =>
    kind === 'status' ? STATUS_ORDER.indexOf(status) : STATUS_ORDER.length + Number(kind === 'programme');
  for (const bar of bars.toSorted((a, b) => rank(a) - rank(b))) {
    const label = labels.kind(bar);
    const color = bar.kind === 'undated' ? `${colorOf(bar, palette)}4d` : colorOf(bar, palette);
    items.set(label, { key: label, label, color, shape: 'box' });
  }
  for (const point of points) {
    const label = labels.kind(point);
    const ended = point.kind === 'end';
    const color = ended ? (palette.status.ENDED ?? palette.ink) : palette.point;
    items.set(label, { key: label, label, color, shape: ended ? 'cross' : 'dot' });
  }
  return [...items.values()];
}
