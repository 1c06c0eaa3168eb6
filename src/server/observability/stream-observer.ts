import type { StreamObserver } from '../../change/stream.js';
import { failureLog } from './failure-log.js';
import type { Logger } from './logger.js';
import { countHistoryChange } from './metrics.js';

/**
 * Returns the observer of an instance's change stream, which logs and counts.
 *
 * @param clearResults Called when no earlier result is valid. Drops cached responses and results of events.
 */
export function streamObserver(logger: Logger, clearResults: () => void): StreamObserver {
  return {
    onRedacted: clearResults,
    onHistoryChanged: lastCommon => {
      clearResults();
      countHistoryChange();
      const common = lastCommon ? `change ${lastCommon.id} is the last in common` : 'no change in memory is in common';
      logger(`the log has lost changes that this instance had read: ${common}; all subscriptions were ended`);
    },
    onUnmarkedCursor: () =>
      logger('a client resumed with a cursor of an older version, which the next version will refuse'),
    onReadFailed: failureLog(logger, 'reading the change log'),
  };
}
