import type { Timeline, TimelinePoint } from '../result/timeline-data.js';

export const BAR_HEIGHT = 11;
export const POINT_RADIUS = 3.4;
/** Space around the bar of a lane. */
const LANE_GAP = 6;
const POINT_ROW_HEIGHT = 9;
/** Distance at which two points of a row do not touch. */
const MIN_POINT_DISTANCE = 9;

interface LaneLayout {
  /** Height of all lanes. */
  readonly height: number;
  /** Returns the top of the bars of a lane. */
  readonly barAt: (lane: string) => number;
  /** Returns the middle of a point. */
  readonly pointAt: (point: TimelinePoint) => number;
}

/** Lays out lanes below each other: the bars, and below them the points, in as many rows as keep them apart. */
export function layOutLanes({ lanes, points }: Timeline, pixelOf: (date: string) => number): LaneLayout {
  const byLane = Map.groupBy(points, ({ lane }) => lane);
  const tops = new Map<string, number>();
  const rows = new Map<TimelinePoint, number>();
  let height = 0;
  for (const lane of lanes) {
    tops.set(lane, height + LANE_GAP / 2);
    // Position of the last point of each row.
    const ends: number[] = [];
    for (const point of (byLane.get(lane) ?? []).toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
      const x = pixelOf(point.on);
      const free = ends.findIndex(end => x - end >= MIN_POINT_DISTANCE);
      const row = free === -1 ? ends.length : free;
      ends[row] = x;
      rows.set(point, height + LANE_GAP + BAR_HEIGHT + row * POINT_ROW_HEIGHT + POINT_ROW_HEIGHT / 2 - 1);
    }
    height += BAR_HEIGHT + LANE_GAP + ends.length * POINT_ROW_HEIGHT;
  }
  return { height, barAt: lane => tops.get(lane) ?? 0, pointAt: point => rows.get(point) ?? 0 };
}
