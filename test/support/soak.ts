import { availableParallelism, loadavg } from 'node:os';

/** True under `npm run soak`, which may take hours to find rare failures. */
export const isSoak = process.env.SOAK !== undefined;

/** Returns the number of repetitions: the first in `npm test`, the second in `npm run soak`. */
export const times = (seldom: number, often: number): number => (isSoak ? often : seldom);

/**
 * A bound in milliseconds for a machine that has nothing else to do, as it is to be held by this one: what runs beside
 * the test, by the load of the last minute, takes its share.
 */
export function inQuiet(milliseconds: number): number {
  const share = (loadavg()[0] as number) / availableParallelism();
  return milliseconds * Math.max(1, share);
}
