import { type GeoPermissibleObjects, type GeoProjection, geoConicEqualArea, geoMercator, geoPath } from 'd3-geo';
import type { Place } from '../result/ties.js';
import { widthOf } from './figure.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a name stands beside its place, and to which side of it. */
export interface Label extends Point {
  readonly text: string;
  readonly anchor: 'start' | 'end' | 'middle';
}

export interface MapLayout {
  readonly height: number;
  readonly outlines: Readonly<Record<'NL' | 'CN', string>>;
  /** Above each country. */
  readonly titles: Readonly<Record<'NL' | 'CN', Point>>;
  readonly at: (place: Place) => Point;
  /** A line from one place to the other that leaves and arrives straight. */
  readonly arc: (from: Point, to: Point) => string;
}

/** Below this width the countries stand above each other. */
const NARROW = 480;
const LABEL_SIZE = 11;
/** The room for the names of the countries. */
const TOP = 22;

type Corners = [[number, number], [number, number]];

/** The Netherlands to the left (or on top), China to the right, each as large as it can be; not to one scale. */
export function layMap(width: number, land: Record<'NL' | 'CN', GeoPermissibleObjects>): MapLayout {
  const narrow = width < NARROW;
  const height = narrow ? Math.min(820, width * 1.72) : Math.min(640, TOP + width * 0.43);
  const corners = (left: number, top: number, right: number, bottom: number): Corners => [
    [left, top],
    [right, bottom],
  ];
  const boxes = narrow
    ? {
        NL: corners(width * 0.24, TOP, width * 0.86, height * 0.42),
        CN: corners(14, height * 0.52, width - 30, height - 4),
      }
    : {
        NL: corners(width * 0.1, TOP, width * 0.46, height - 4),
        CN: corners(width * 0.51, TOP, width - 32, height - 4),
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
      CN: narrow ? { x: 14, y: height * 0.54 } : { x: width * 0.52, y: 14 },
    },
    at: ({ country, longitude, latitude }) => {
      const [x = 0, y = 0] = projections[country]([longitude, latitude]) ?? [];
      return { x, y };
    },
    arc: (from, to) => {
      const [dx, dy] = [(to.x - from.x) * 0.5, (to.y - from.y) * 0.5];
      const bend = narrow
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

/** Where a name may stand beside its place, away from the other country first, since lines run on that side. */
const STANDS: Readonly<Record<'NL' | 'CN', readonly [anchor: Label['anchor'], dx: number, dy: number][]>> = {
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
/** How far to the left of its point a name begins, as a share of its width. */
const BEFORE = { start: 0, middle: 0.5, end: 1 };

/** Names for as many places as have room, the first ones first. */
export function layLabels(
  places: readonly { text: string; country: 'NL' | 'CN'; point: Point }[],
  width: number,
): Label[] {
  const taken: Box[] = places.map(({ point: { x, y } }) => ({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 }));
  const labels: Label[] = [];
  for (const { text, country, point } of places) {
    const space = widthOf(text, LABEL_SIZE);
    for (const [anchor, dx, dy] of STANDS[country]) {
      const [x, y] = [point.x + dx, point.y + dy];
      const left = x - space * BEFORE[anchor];
      const box = { left, right: left + space, top: y - 5.5, bottom: y + 5.5 };
      if (box.left < 2 || box.right > width - 2 || taken.some(one => overlap(one, box))) continue;
      taken.push(box);
      labels.push({ text, x, y, anchor });
      break;
    }
  }
  return labels;
}
