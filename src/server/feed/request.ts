import type { IncomingMessage } from 'node:http';
import { decodeChangeCursor, LOG_START, type LogPosition } from '../../change/cursor.js';
import { exportError } from '../../export/export-error.js';
import { enumerate, quote, uniqueParameters } from '../../export/parameters.js';
import { message } from '../../messages/message.js';
import { requestedMoment } from '../http/known-at.js';
import { searchOf } from '../http/request-target.js';

const LIVE_MODES = ['long-poll', 'sse'] as const;
type LiveMode = (typeof LIVE_MODES)[number];

/** The parameters of the feed, validated. */
export interface FeedRequest {
  /** The position after which it reads, or a word: all records, or only later changes. */
  offset: LogPosition | 'snapshot' | 'now';
  /** Undefined if the client does not wait. */
  live: LiveMode | undefined;
  /** `Stream-Cursor` of the answer before. */
  cursor: string | undefined;
}

/**
 * Reads the address of a request of the feed. A browser's `EventSource` that reconnects has the address of its first
 * request, and sends where it was in `Last-Event-ID`.
 *
 * @throws ExportError, GraphQLError for parameters that are unknown or make no sense.
 */
export function feedRequest(request: IncomingMessage): FeedRequest {
  const parameters = new URLSearchParams(searchOf(request));
  const values = uniqueParameters(parameters, ['offset', 'live', 'cursor'], 'FEED_PARAMETER_UNKNOWN');
  const moment = requestedMoment(request);
  if (moment !== undefined)
    throw exportError(400, 'PAST_READ_ONLY', message('FEED_KNOWN_AT', { value: quote(moment) }));
  const live = liveMode(values.get('live'));
  const cursor = values.get('cursor');
  const requested = values.get('offset');
  if (live !== undefined && requested === undefined)
    throw exportError(400, 'BAD_USER_INPUT', message('FEED_OFFSET_MISSING', {}));
  const resumed = live === 'sse' ? request.headers['last-event-id']?.toString() : undefined;
  const offset = resumed || (requested ?? '-1');
  if (offset === 'snapshot' && live === undefined) return { offset, live, cursor };
  if (offset === 'now') return { offset, live, cursor };
  return { offset: offset === '-1' ? LOG_START : decodeChangeCursor(offset), live, cursor };
}

function liveMode(value: string | undefined): LiveMode | undefined {
  if (value === undefined) return undefined;
  const mode = LIVE_MODES.find(name => name === value);
  if (mode) return mode;
  throw exportError(
    400,
    'BAD_USER_INPUT',
    message('FEED_LIVE_UNKNOWN', { names: enumerate(LIVE_MODES), value: quote(value) }),
  );
}
