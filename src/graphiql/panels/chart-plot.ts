import { axisX, barX, gridX, type PlotOptions } from '@observablehq/plot';
import type { Bar, Dimension, Groups, Measure } from '../result/groups.js';
import type { LegendItem } from './figure.js';
import { laneNames } from './lane-names.js';
import type { Palette } from './palette.js';

/** The class of the bars. */
export const BARS = 'desk-groups';

/** How values of groups are told in words. */
interface Words {
  readonly unknown: string;
  readonly decade: (year: number) => string;
  readonly enumWords: (type: string, value: string) => string;
}

interface Chart {
  readonly options: PlotOptions;
  readonly legend: readonly LegendItem[];
  readonly height: number;
  /** A bar in words. */
  readonly say: (bar: Bar) => string;
}

const LANE = 24;

/** Groups as bars along a named axis; groups by more than one thing are stacked by the one of fewest values. */
export function chartPlot(
  groups: Groups,
  measure: Measure,
  axis: string,
  words: Words,
  palette: Palette,
  width: number,
): Chart {
  const { dimensions, bars } = groups;
  const part = (bar: Bar, index: number) =>
    valueInWords(dimensions[index] as Dimension, bar.values[index] ?? null, words);
  const stack = fewest(groups);
  const laneOf = (bar: Bar) => dimensions.flatMap((_, index) => (index === stack ? [] : [part(bar, index)])).join(', ');
  const stackOf = (bar: Bar) => (stack < 0 ? '' : part(bar, stack));
  const lanes = [...new Set(inTime(groups, stack).map(laneOf))];
  const stacks = [...new Map(bars.map(bar => [stackOf(bar), bar.values[stack]]))];
  const color = new Map(stacks.map(([label, value], index) => [label, colorOf(palette, value, index)]));
  const order = new Map(stacks.map(([label], index) => [label, index]));
  const say = (bar: Bar) =>
    [laneOf(bar), stackOf(bar), `${axis}: ${bar.measures[measure] ?? 0}`].filter(Boolean).join(', ');
  const { left, cut } = laneNames(lanes, width);
  const height = lanes.length * LANE + 64;
  return {
    height,
    say,
    legend: stack < 0 ? [] : stacks.map(([label]) => ({ label, color: color.get(label) ?? palette.ink, shape: 'box' })),
    options: {
      width,
      height,
      marginLeft: left,
      marginTop: 44,
      marginBottom: 10,
      marginRight: 24,
      x: { nice: true },
      y: { domain: lanes, label: null, tickSize: 0, tickFormat: cut, padding: 0.25 },
      color: { type: 'identity' },
      marks: [
        gridX({ strokeOpacity: 0.2 }),
        axisX({ anchor: 'top', label: axis, labelAnchor: 'left', labelArrow: 'none', tickSize: 0, tickFormat: 'd' }),
        barX(bars, {
          x: (bar: Bar) => bar.measures[measure] ?? 0,
          y: laneOf,
          fill: (bar: Bar) => color.get(stackOf(bar)),
          order: (bar: Bar) => order.get(stackOf(bar)) ?? 0,
          insetRight: 1,
          rx: 1,
          ariaLabel: say,
          className: BARS,
        }),
      ],
    },
  };
}

/** Groups along years or decades in their order, the unknown last; all others as the answer has them. */
function inTime({ dimensions, bars }: Groups, stack: number): readonly Bar[] {
  const lane = dimensions.findIndex((_, index) => index !== stack);
  if (!/^started(?:Year|Decade)$/.test(dimensions[lane]?.field ?? '')) return bars;
  const year = ({ values }: Bar) => Number(values[lane] ?? Number.POSITIVE_INFINITY);
  return bars.toSorted((a, b) => (year(a) === year(b) ? 0 : year(a) - year(b)));
}

/** Which of the things grouped by has the fewest values; -1 where there is but one. */
function fewest({ dimensions, bars }: Groups): number {
  if (dimensions.length < 2) return -1;
  const sizes = dimensions.map((_, index) => new Set(bars.map(({ values }) => values[index])).size);
  return sizes.lastIndexOf(Math.min(...sizes));
}

function valueInWords({ field, type }: Dimension, value: string | number | null, words: Words): string {
  if (value === null) return words.unknown;
  if (field === 'startedDecade') return words.decade(Number(value));
  return typeof value === 'string' && /^[A-Z_]+$/.test(value) ? words.enumWords(type, value) : String(value);
}

function colorOf(palette: Palette, value: string | number | null | undefined, index: number): string {
  const own = typeof value === 'string' ? palette.status[value] : undefined;
  return own ?? palette.series[index % palette.series.length] ?? palette.ink;
}
