import { type GeoPermissibleObjects, type GeoProjection, geoConicEqualArea, geoMercator, geoPath } from 'd3-geo';
import type { Place } from '../result/map-data.js';
import { textWidth } from './figure.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Text of a label with its position and anchor. */
export interface Label extends Point {
  readonly text: string;
  readonly anchor: 'start' | 'end' | 'middle';
}

export interface MapLayout {
  readonly height: number;
  readonly outlines: Readonly<Record<'NL' | 'CN', string>>;
  /** Positions of the names of the countries. */
  readonly titles: Readonly<Record<'NL' | 'CN', Point>>;
  readonly project: (place: Place) => Point;
  /** Returns the path of a curve between two points, tangent to the axis between the countries at both ends. */
  readonly arc: (from: Point, to: Point) => string;
}

/** Below this width, the countries are stacked. */
const MIN_WIDE_WIDTH = 480;
const LABEL_SIZE = 11;
/** Height reserved for the names of the countries. */
const TITLE_HEIGHT = 22;

type Corners = [[number, number], [number, number]];

/** Lays out the Netherlands left (or on top) and China right, each as large as possible; the scales differ. */
export function layOutMap(width: number, land: Record<'NL' | 'CN', GeoPermissibleObjects>): MapLayout {
  const stacked = width < MIN_WIDE_WIDTH;
  const height = stacked ? Math.min(820, width * 1.72) : Math.min(820, TITLE_HEIGHT + width * 0.43);
  const corners = (left: number, top: number, right: number, bottom: number): Corners => [
    [left, top],
    [right, bottom],
  ];
  const boxes = stacked
    ? {
        NL: corners(width * 0.24, TITLE_HEIGHT, width * 0.86, height * 0.42),
        CN: corners(14, height * 0.52, width - 30, height - 4),
      }
    : {
        NL: corners(width * 0.1, TITLE_HEIGHT, width * 0.46, height - 4),
        CN: corners(width * 0.51, TITLE_HEIGHT, width - 32, height - 4),
      };
  const projections: Record<'NL' | 'CN', GeoProjection> = {
    NL: geoMercator().fitExtent(boxes.NL, land.NL),
    CN: geoConicEqualArea().parallels([25, 47]).rotate([-105, 0]).fitExtent(boxes.CN, land.CN),
  };
  return {
    height,
    outlines: {
      NL: geoPath(projections.NL).digits(1)(land.NL) ?? '',
      CN: geoPath(projections.CN).digits(1)(land.CN) ?? '',
    },
    titles: {
      NL: { x: 14, y: 14 },
      CN: stacked ? { x: 14, y: height * 0.54 } : { x: width * 0.52, y: 14 },
    },
    project: ({ country, longitude, latitude }) => {
      const [x = 0, y = 0] = projections[country]([longitude, latitude]) ?? [];
      return { x, y };
    },
    arc: (from, to) => {
      const [dx, dy] = [(to.x - from.x) * 0.5, (to.y - from.y) * 0.5];
      const bend = stacked
        ? `${from.x} ${from.y + dy} ${to.x} ${to.y - dy}`
        : `${from.x + dx} ${from.y} ${to.x - dx} ${to.y}`;
      return `M${from.x} ${from.y}C${bend} ${to.x} ${to.y}`;
    },
  };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Candidate positions of a label, in order of preference: first the side away from the other country, where no arcs run. */
const LABEL_POSITIONS: Readonly<Record<'NL' | 'CN', readonly [anchor: Label['anchor'], dx: number, dy: number][]>> = {
  NL: [
    ['end', -7, 0],
    ['start', 7, 0],
    ['middle', 0, -10],
    ['middle', 0, 10],
  ],
  CN: [
    ['start', 7, 0],
    ['end', -7, 0],
    ['middle', 0, -10],
    ['middle', 0, 10],
  ],
};
/** Share of the width of a label that lies left of its anchor point. */
const ANCHOR_OFFSET = { start: 0, middle: 0.5, end: 1 };

/** Places labels without overlap; earlier places take precedence, and labels without room are omitted. */
export function layOutLabels(
  places: readonly { text: string; country: 'NL' | 'CN'; point: Point }[],
  width: number,
): Label[] {
  const taken: Box[] = places.map(({ point: { x, y } }) => ({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 }));
  const labels: Label[] = [];
  for (const { text, country, point } of places) {
    const space = textWidth(text, LABEL_SIZE);
    for (const [anchor, dx, dy] of LABEL_POSITIONS[country]) {
      const [x, y] = [point.x + dx, point.y + dy];
      const left = x - space * ANCHOR_OFFSET[anchor];
      const box = { left, right: left + space, top: y - 5.5, bottom: y + 5.5 };
      if (box.left < 2 || box.right > width - 2 || taken.some(other => overlap(other, box))) continue;
      taken.push(box);
      labels.push({ text, x, y, anchor });
      break;
    }
  }
  return labels;
}
