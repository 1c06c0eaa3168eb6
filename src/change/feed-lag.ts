import { setTimeout as sleep } from 'node:timers/promises';
import type { Fork } from '../graph/sql/fork.js';
import { latestPosition } from './log-reader.js';
import type { ChangeStream } from './stream.js';

/** The change stream of an instance, and access to the log that it reads. */
export interface FeedState {
  changes: ChangeStream;
  fork: () => Fork;
}

/** Limits the wait for the newest change of the log: metrics are rendered without the lag after it. */
const FEED_LAG_TIMEOUT_MS = 1_000;

/**
 * Returns the number of changes in the log that this instance has not sent to its subscribers yet; undefined while the
 * database is unavailable.
 */
export async function feedLag({ changes, fork }: FeedState): Promise<number | undefined> {
  const newest = latestPosition(fork()).catch(() => undefined);
  const latest = await Promise.race([newest, sleep(FEED_LAG_TIMEOUT_MS, undefined, { ref: false })]);
  return latest && Math.max(0, latest.id - changes.newest.id);
}
