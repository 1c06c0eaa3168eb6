import { type GeoPermissibleObjects, type GeoProjection, geoConicEqualArea, geoMercator, geoPath } from 'd3-geo';
import type { Place } from '../answer/ties.js';
import { widthOf } from './figure.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a name stands beside its place, and to which side of it. */
export interface Label extends Point {
  readonly text: string;
  readonly anchor: 'start' | 'end';
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
const NARROW = 620;
const LABEL_SIZE = 11;

/** The Netherlands to the left (or on top), China to the right, each as large as it can be; not to one scale. */
export function layMap(width: number, land: Record<'NL' | 'CN', GeoPermissibleObjects>): MapLayout {
  const narrow = width < NARROW;
  const height = narrow ? Math.min(760, width * 1.75) : Math.min(620, Math.max(400, width * 0.58));
  const boxes: Record<'NL' | 'CN', [[number, number], [number, number]]> = narrow
    ? {
        NL: [
          [width * 0.22, 24],
          [width * 0.86, height * 0.42],
        ],
        CN: [
          [14, height * 0.56],
          [width - 14, height - 6],
        ],
      }
    : {
        NL: [
          [78, 28],
          [width * 0.38, height - 8],
        ],
        CN: [
          [width * 0.47, 28],
          [width - 14, height - 8],
        ],
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
      NL: narrow ? { x: 14, y: 14 } : { x: 14, y: 14 },
      CN: narrow ? { x: 14, y: height * 0.56 } : { x: width * 0.5, y: 14 },
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

/**
 * Names for as many places as have room, the first ones first; away from the other country, where no lines run, or
 * else to the other side.
 */
export function layLabels(
  places: readonly { text: string; country: 'NL' | 'CN'; point: Point }[],
  width: number,
): Label[] {
  const taken: Box[] = [];
  const labels: Label[] = [];
  for (const { text, country, point } of places) {
    const space = widthOf(text, LABEL_SIZE);
    for (const anchor of country === 'NL' ? (['end', 'start'] as const) : (['start', 'end'] as const)) {
      const x = point.x + (anchor === 'start' ? 7 : -7);
      const left = anchor === 'start' ? x : x - space;
      const box = { left, right: left + space, top: point.y - 6, bottom: point.y + 6 };
      if (box.left < 2 || box.right > width - 2 || taken.some(one => overlap(one, box))) continue;
      taken.push(box);
      labels.push({ text, x, y: point.y, anchor });
      break;
    }
  }
  return labels;
}
