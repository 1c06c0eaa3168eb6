import { cutTo, widthOf } from './figure.js';

/** The most of a picture's width that the names of its lanes take. */
const MAX_LABEL_SHARE = 0.4;

/** The room that names on the left take, and the names cut to it. */
export function laneNames(lanes: readonly string[], width: number): { left: number; cut: (lane: string) => string } {
  const left = Math.min(Math.max(...lanes.map(lane => widthOf(lane))) + 18, width * MAX_LABEL_SHARE);
  return { left, cut: lane => cutTo(lane, left - 12) };
}
