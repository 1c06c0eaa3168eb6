import { textWidth, truncateToWidth } from './figure.js';

/** Share of the width of a picture that lane names may take. */
const MAX_LABEL_SHARE = 0.4;

/** Returns the left margin for lane names, and a function that truncates a name to it. */
export function laneNames(
  lanes: readonly string[],
  width: number,
): { left: number; truncate: (lane: string) => string } {
  const left = Math.min(Math.max(...lanes.map(lane => textWidth(lane))) + 18, width * MAX_LABEL_SHARE);
  return { left, truncate: lane => truncateToWidth(lane, left - 12) };
}
