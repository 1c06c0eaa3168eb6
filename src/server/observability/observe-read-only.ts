import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../database/open.js';
import { isReadOnly } from '../../database/read-only.js';
import { shareResult } from './health.js';
import { type Logger, logRecovery } from './logger.js';

/** The time for which a scrape and a check of health share a result. */
const TTL_MS = 100;
/** Limits the wait for the database. */
const TIMEOUT_MS = 1_000;

/**
 * Returns a check whether the database accepts no writes of this server; undefined while it is unavailable. Logs each change
 * that a check finds, but not the first result: an instance may be meant to be read-only.
 */
export function observeReadOnly(em: Database['em'], logger: Logger): () => Promise<boolean | undefined> {
  let last: boolean | undefined;
  return shareResult(async () => {
    const answer = isReadOnly(em).catch(() => undefined);
    const current = await Promise.race([answer, sleep(TIMEOUT_MS, undefined, { ref: false })]);
    if (current === undefined) return undefined;
    if (last === false && current) logger('the database accepts no writes: mutations get READ_ONLY');
    if (last === true && !current) logRecovery(logger, 'the database accepts writes again');
    last = current;
    return current;
  }, TTL_MS);
}
