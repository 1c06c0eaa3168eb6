import { PADDING, textWidth, truncateToWidth } from './figure-text.js';

/** Share of the width of a picture that lane names may take. */
const MAX_LABEL_SHARE = 0.4;
/** Space between a lane name and its lane. */
const GAP = 8;

/** Returns the left margin for lane names, and a function that truncates a name to it. Names begin below the title. */
export function laneNames(
  lanes: readonly string[],
  width: number,
): { left: number; truncate: (lane: string) => string } {
  const widest = Math.max(...lanes.map(lane => textWidth(lane)));
  const left = Math.min(widest + PADDING + GAP, width * MAX_LABEL_SHARE);
  return { left, truncate: lane => truncateToWidth(lane, left - PADDING - GAP) };
}
