import { isReadOnlyError } from '../../graph/sql/read-only.js';
import { isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import type { Logger } from './logger.js';
import { oncePer } from './once-per.js';

/** Limits the log lines of work that fails each time it is tried again. */
const INTERVAL_MS = 60_000;

/**
 * Returns a function that logs failures of work in the background, which is tried again: once per interval. An unavailable
 * database is left out: it is the error of each request, and of the readiness. So is one that accepts no writes.
 *
 * @param work The work, as the log names it.
 */
export function failureLog(logger: Logger, work: string): (error: unknown) => void {
  const isDue = oncePer(INTERVAL_MS);
  return error => {
    if (isDatabaseUnavailable(error) || isReadOnlyError(error)) return;
    if (isDue()) logger(`${work} failed, and is tried again`, error);
  };
}
