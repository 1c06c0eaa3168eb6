import { axisX, barX, gridX, type PlotOptions } from '@observablehq/plot';
import type { Dimension, GroupBar, Groups, Measure } from '../result/chart-data.js';
import type { LegendItem } from './figure.js';
import { laneNames } from './lane-names.js';
import type { Palette } from './palette.js';

/** CSS class of the bars. */
export const GROUP_BARS = 'desk-groups';

/** Labels of the values of groups. */
interface ValueLabels {
  readonly unknown: string;
  readonly decade: (year: number) => string;
  readonly enumLabel: (type: string, value: string) => string;
}

interface ChartPlot {
  readonly options: PlotOptions;
  readonly legend: readonly LegendItem[];
  readonly height: number;
  /** Returns the label of a bar for assistive technology and the details card. */
  readonly describe: (bar: GroupBar) => string;
}

const LANE_HEIGHT = 24;

/** Draws groups as bars. With several dimensions, bars are stacked by the dimension with the fewest values. */
export function chartPlot(
  groups: Groups,
  measure: Measure,
  axis: string,
  labels: ValueLabels,
  palette: Palette,
  width: number,
): ChartPlot {
  const { dimensions, bars } = groups;
  const labelAt = (bar: GroupBar, index: number) =>
    valueLabel(dimensions[index] as Dimension, bar.values[index] ?? null, labels);
  const stack = stackDimension(groups);
  const laneOf = (bar: GroupBar) =>
    dimensions.flatMap((_, index) => (index === stack ? [] : [labelAt(bar, index)])).join(', ');
  const stackOf = (bar: GroupBar) => (stack < 0 ? '' : labelAt(bar, stack));
  const lanes = [...new Set(inTimeOrder(groups, stack).map(laneOf))];
  const stacks = [...new Map(bars.map(bar => [stackOf(bar), bar.values[stack]]))];
  const color = new Map(stacks.map(([label, value], index) => [label, colorOf(palette, value, index)]));
  const order = new Map(stacks.map(([label], index) => [label, index]));
  const describe = (bar: GroupBar) =>
    [laneOf(bar), stackOf(bar), `${axis}: ${bar.measures[measure] ?? 0}`].filter(Boolean).join(', ');
  const { left, truncate } = laneNames(lanes, width);
  const height = lanes.length * LANE_HEIGHT + 64;
  return {
    height,
    describe,
    legend: stack < 0 ? [] : stacks.map(([label]) => ({ label, color: color.get(label) ?? palette.ink, shape: 'box' })),
    options: {
      width,
      height,
      marginLeft: left,
      marginTop: 44,
      marginBottom: 10,
      marginRight: 24,
      x: { nice: true },
      y: { domain: lanes, label: null, tickSize: 0, tickFormat: truncate, padding: 0.25 },
      color: { type: 'identity' },
      marks: [
        gridX({ strokeOpacity: 0.2 }),
        axisX({ anchor: 'top', label: axis, labelAnchor: 'left', labelArrow: 'none', tickSize: 0, tickFormat: 'd' }),
        barX(bars, {
          x: (bar: GroupBar) => bar.measures[measure] ?? 0,
          y: laneOf,
          fill: (bar: GroupBar) => color.get(stackOf(bar)),
          order: (bar: GroupBar) => order.get(stackOf(bar)) ?? 0,
          insetRight: 1,
          rx: 1,
          ariaLabel: describe,
          className: GROUP_BARS,
        }),
      ],
    },
  };
}

/** Sorts bars by year or decade, unknown last; other dimensions keep the order of the result. */
function inTimeOrder({ dimensions, bars }: Groups, stack: number): readonly GroupBar[] {
  const lane = dimensions.findIndex((_, index) => index !== stack);
  if (!/^started(?:Year|Decade)$/.test(dimensions[lane]?.field ?? '')) return bars;
  const year = ({ values }: GroupBar) => Number(values[lane] ?? Number.POSITIVE_INFINITY);
  return bars.toSorted((a, b) => (year(a) === year(b) ? 0 : year(a) - year(b)));
}

/** Returns the index of the dimension with the fewest values; -1 if there is only one dimension. */
function stackDimension({ dimensions, bars }: Groups): number {
  if (dimensions.length < 2) return -1;
  const sizes = dimensions.map((_, index) => new Set(bars.map(({ values }) => values[index])).size);
  return sizes.lastIndexOf(Math.min(...sizes));
}

function valueLabel({ field, type }: Dimension, value: string | number | null, labels: ValueLabels): string {
  if (value === null) return labels.unknown;
  if (field === 'startedDecade') return labels.decade(Number(value));
  return typeof value === 'string' && /^[A-Z_]+$/.test(value) ? labels.enumLabel(type, value) : String(value);
}

function colorOf(palette: Palette, value: string | number | null | undefined, index: number): string {
  const statusColor = typeof value === 'string' ? palette.status[value] : undefined;
  return statusColor ?? palette.series[index % palette.series.length] ?? palette.ink;
}
