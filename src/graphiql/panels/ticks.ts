/** Width of a tick and the space beside it. */
const TICK_WIDTH = 48;

/** Returns whole, different ticks from 0 up to the first that is not below a maximum, as many as fit. */
export function wholeTicks(max: number, width: number): number[] {
  const most = Math.max(1, Math.floor(width / TICK_WIDTH));
  let step = 1;
  for (let power = 1; Math.ceil(max / step) > most; power *= 10) {
    step = [1, 2, 5, 10].map(factor => factor * power).find(size => Math.ceil(max / size) <= most) ?? 10 * power;
  }
  return Array.from({ length: Math.max(1, Math.ceil(max / step)) + 1 }, (_, index) => index * step);
}
