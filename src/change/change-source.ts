import type { ErrorCode } from '../graph/errors.js';
import type { ChangePage } from './catch-up.js';
import type { Change } from './change.js';
import type { LogPosition } from './cursor.js';
import type { ChangeSelection } from './log-reader.js';

/** The reason why the server ends a subscription. */
export interface SubscriptionEnd {
  code: Extract<ErrorCode, 'TOO_SLOW' | 'HISTORY_CHANGED'>;
  /**
   * The position to resume after. For `HISTORY_CHANGED` the newest one that the two histories are certain to have in
   * common, and undefined if none is certain.
   */
  position: LogPosition | undefined;
}

/** The part of the stream that a subscriber reads. */
export interface ChangeSource {
  readonly newest: LogPosition;
  /** Returns changes after a position, oldest first, as far as they are in memory; undefined if some are no longer. */
  inMemoryAfter(position: LogPosition): readonly Change[] | undefined;
  /** Undefined if the position is not in the log. */
  pageAfter(position: LogPosition, selection: ChangeSelection): Promise<ChangePage | undefined>;
  /** Returns the newest position that one which is not in the log is certain to have in common with it. */
  lastCommonWith(position: LogPosition): LogPosition | undefined;
  /** Called once, when the subscriber has ended. */
  onEnded(subscriber: object): void;
}
