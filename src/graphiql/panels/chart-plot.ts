import { axisFx, axisFy, axisX, axisY, barX, gridX, type Markish, type PlotOptions, text } from '@observablehq/plot';
import type { Arrangement } from '../result/arrangement.js';
import {
  type Dimension,
  type GroupBar,
  type Groups,
  type GroupValue,
  isAdditive,
  type Measure,
  totalOf,
  valuesOf,
} from '../result/chart-data.js';
import { keyOf, keysOf, valuesOfKey } from '../result/group-keys.js';
import { type ValueLabels, valueLabel } from '../result/value-label.js';
import { PADDING } from './figure-text.js';
import { laneNames } from './lane-names.js';
import type { LegendItem } from './legend.js';
import type { Palette } from './palette.js';
import { wholeTicks } from './ticks.js';

/** CSS class of the bars. */
export const GROUP_BARS = 'desk-groups';

/** Ways to draw groups of several dimensions. */
export const LAYOUTS = ['stacked', 'sideBySide', 'multiples'] as const;
export type ChartLayout = (typeof LAYOUTS)[number];

interface ChartPlot {
  readonly options: PlotOptions;
  readonly legend: readonly LegendItem[];
  readonly height: number;
  /** Bars in the order of their marks. */
  readonly bars: readonly GroupBar[];
  /** Returns the label of a bar for assistive technology and the details card. */
  readonly describe: (bar: GroupBar) => string;
}

interface Chart {
  readonly groups: Groups;
  readonly measure: Measure;
  readonly arrangement: Arrangement;
  readonly layout: ChartLayout;
  /** Label of the axis. */
  readonly axis: string;
  readonly labels: ValueLabels;
  readonly palette: Palette;
  readonly width: number;
}

const LANE_HEIGHT = 24;
/** Height of a bar beside others of its lane. */
const PART_HEIGHT = 15;
const AXIS_HEIGHT = 44;
const FACET_TITLE_HEIGHT = 20;
/** Room for the total at the end of the longest bar. */
const TOTAL_WIDTH = 38;
/** Below this width, small multiples are below each other. */
const MIN_FACET_WIDTH = 96;

/** Sum of the bars of one lane, in one facet. */
interface LaneTotal {
  readonly lane: string;
  readonly facet: string;
  readonly total: number;
}

/** Draws groups as bars. With several dimensions, a lane has a part per value of the last dimension. */
export function chartPlot(chart: Chart): ChartPlot {
  const { groups, measure, arrangement, layout, axis, labels, palette, width } = chart;
  const { dimensions } = groups;
  const { rows, columns, split } = arrangement;
  const stack = split ?? columns;
  const labelOf = (key: string, indexes: readonly number[]) =>
    valuesOfKey(key)
      .map((value, place) => valueLabel(dimensions[indexes[place] as number] as Dimension, value, labels))
      .join(', ');
  const lengthOf = (bar: GroupBar) => bar.measures[measure] ?? 0;

  // Small multiples have a facet per value; the other layouts put all other dimensions into the name of the lane.
  const facet = layout === 'multiples' ? columns : undefined;
  const inLane = split !== undefined && facet === undefined ? [rows, columns as number] : [rows];
  const inFacet = facet === undefined ? [] : [facet];
  const inPart = stack === undefined ? [] : [stack];
  const laneOf = (bar: GroupBar) => keyOf(bar, inLane);
  const facetOf = (bar: GroupBar) => keyOf(bar, inFacet);
  const partOf = (bar: GroupBar) => keyOf(bar, inPart);
  const [lanes = [], facets = [], parts = []] = [inLane, inFacet, inPart].map(of => keysOf(groups, of, measure));
  const stackValues = stack === undefined ? [] : valuesOf(groups, stack, measure);
  // In the order of reading, which is the order of the arrow keys.
  const rank = (bar: GroupBar) =>
    (facets.indexOf(facetOf(bar)) * lanes.length + lanes.indexOf(laneOf(bar))) * parts.length +
    parts.indexOf(partOf(bar));
  const bars = groups.bars.toSorted((a, b) => rank(a) - rank(b));
  const color = new Map(parts.map((part, index) => [part, colorOf(palette, stackValues[index], index)]));
  const order = new Map(parts.map((part, index) => [part, index]));
  const laneLabel = (key: string) => labelOf(key, inLane);
  const facetLabel = (key: string) => labelOf(key, inFacet);
  const describe = (bar: GroupBar) =>
    [
      laneLabel(laneOf(bar)),
      facetLabel(facetOf(bar)),
      facet === stack ? '' : labelOf(partOf(bar), inPart),
      `${axis}: ${lengthOf(bar)}`,
    ]
      .filter(Boolean)
      .join(', ');

  const isBeside = layout === 'sideBySide' && stack !== undefined;
  const totals: LaneTotal[] = [...Map.groupBy(bars, bar => `${facetOf(bar)}\n${laneOf(bar)}`).values()].map(
    members => ({
      lane: laneOf(members[0] as GroupBar),
      facet: facetOf(members[0] as GroupBar),
      total: totalOf(members, measure),
    }),
  );
  const longest = Math.max(0, ...(isBeside ? bars.map(lengthOf) : totals.map(({ total }) => total)));
  const { left, truncate } = laneNames(lanes.map(laneLabel), width);
  const laneTick = (key: string) => truncate(laneLabel(key));
  const plotWidth = width - left - TOTAL_WIDTH;
  const isBelow = facets.length > 1 && plotWidth / facets.length < MIN_FACET_WIDTH;
  const ticks = wholeTicks(longest, isBelow || facets.length === 1 ? plotWidth : plotWidth / facets.length);
  const facetHeight = lanes.length * (isBeside ? parts.length * PART_HEIGHT + 8 : LANE_HEIGHT);
  const height =
    (isBelow ? facets.length * (facetHeight + FACET_TITLE_HEIGHT) : facetHeight) +
    AXIS_HEIGHT +
    (facets.length > 1 ? FACET_TITLE_HEIGHT + AXIS_HEIGHT - 14 : 10);
  const facetChannel = facet === undefined ? {} : isBelow ? { fy: facetOf } : { fx: facetOf };
  const totalChannel = facet === undefined ? {} : { [isBelow ? 'fy' : 'fx']: ({ facet: name }: LaneTotal) => name };
  const names = { label: null, tickSize: 0, tickPadding: 0, textAnchor: 'start', dx: PADDING - left } as const;
  const facetNames = { label: null, tickSize: 0, tickFormat: facetLabel } as const;
  const besideMarks: Markish[] = [
    axisFy({ ...names, anchor: 'left', tickFormat: laneTick }),
    text(bars, {
      filter: lengthOf,
      x: lengthOf,
      y: partOf,
      fy: laneOf,
      text: (bar: GroupBar) => String(lengthOf(bar)),
      textAnchor: 'start',
      dx: 5,
      fill: palette.ink,
    }),
  ];
  const laneMarks: Markish[] = [
    axisY({ ...names, anchor: 'left', tickFormat: laneTick }),
    ...(isAdditive(groups, measure) || stack === undefined
      ? [
          text(totals, {
            filter: 'total',
            x: 'total',
            y: 'lane',
            ...totalChannel,
            text: ({ total }: LaneTotal) => String(total),
            textAnchor: 'start',
            dx: 5,
            fill: palette.ink,
            className: 'desk-totals',
          }),
        ]
      : []),
  ];
  return {
    height,
    bars,
    describe,
    legend:
      stack === undefined || facet === stack
        ? []
        : parts.map(part => ({
            key: part,
            label: labelOf(part, inPart),
            color: color.get(part) ?? palette.ink,
            shape: 'box',
          })),
    options: {
      width,
      height,
      marginLeft: left,
      marginTop: facets.length > 1 ? FACET_TITLE_HEIGHT + 8 : AXIS_HEIGHT,
      marginBottom: facets.length > 1 ? AXIS_HEIGHT : 10,
      marginRight: TOTAL_WIDTH,
      x: { domain: [0, Math.max(longest, ticks.at(-1) ?? 1)] },
      y: { domain: isBeside ? parts : lanes, axis: null, padding: isBeside ? 0.1 : 0.25 },
      ...(isBeside && { fy: { domain: lanes, padding: 0.14, axis: null } }),
      ...(facet !== undefined && {
        [isBelow ? 'fy' : 'fx']: { domain: facets, axis: null, padding: isBelow ? 0.12 : 0.22 },
      }),
      color: { type: 'identity' },
      marks: [
        gridX(ticks, { strokeOpacity: 0.2 }),
        axisX(ticks, {
          anchor: facets.length > 1 ? 'bottom' : 'top',
          label: null,
          tickSize: 0,
          tickFormat: 'd',
        }),
        text([axis], {
          facet: 'super',
          frameAnchor: facets.length > 1 ? 'bottom-left' : 'top-left',
          textAnchor: 'start',
          dx: PADDING - left,
          dy: facets.length > 1 ? AXIS_HEIGHT - 10 : 12 - AXIS_HEIGHT,
          fill: palette.ink,
        }),
        ...(facet === undefined
          ? []
          : [
              isBelow
                ? axisFy({ ...facetNames, anchor: 'right', textAnchor: 'end', frameAnchor: 'top', dy: -8 })
                : axisFx({ ...facetNames, anchor: 'top' }),
            ]),
        ...(isBeside ? besideMarks : laneMarks),
        barX(bars, {
          // A bar without a length cannot be pointed at.
          filter: lengthOf,
          x: lengthOf,
          ...(isBeside ? { y: partOf, fy: laneOf } : { y: laneOf, ...facetChannel }),
          fill: (bar: GroupBar) => color.get(partOf(bar)),
          order: (bar: GroupBar) => order.get(partOf(bar)) ?? 0,
          stroke: palette.paper,
          strokeWidth: 1,
          rx: 1,
          ariaLabel: describe,
          className: GROUP_BARS,
        }),
      ],
    },
  };
}

function colorOf(palette: Palette, value: GroupValue | undefined, index: number): string {
  const statusColor = typeof value === 'string' ? palette.status[value] : undefined;
  return statusColor ?? palette.series[index % palette.series.length] ?? palette.ink;
}
