import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { changeCursor, type LogPosition } from '../../change/cursor.js';
import type { FeedPage } from '../../feed/feed-page.js';
import { lineStatements } from '../../feed/lines.js';
import type { Encoding } from '../http/content-encoding.js';
import { etagBy } from '../http/prepared-response.js';
import { readsAfter } from '../http/read-after.js';
import { FOREVER } from '../http/response.js';

/** A page that is not full is short-lived: caches answer those who ask for it at one time. */
const SHORT = 'max-age=5';

const STATEMENTS = hash('sha256', JSON.stringify(lineStatements), 'base64url');

/** Returns the headers that tell a client of Durable Streams where it is. */
export const streamHeaders = (end: LogPosition, isUpToDate: boolean): Record<string, string> => ({
  'stream-next-offset': changeCursor(end),
  'register-cursor': changeCursor(end),
  ...(isUpToDate && { 'stream-up-to-date': 'true' }),
});

/**
 * Returns the headers of a page, which a 304 has too. The strong ETag is a hash of what determines its bytes: the changes in
 * it, the newest redaction, and the statements by which lines are read.
 */
export function pageHeaders(
  request: IncomingMessage,
  after: LogPosition,
  { end, isFull, redactionId }: FeedPage,
  encoding: Encoding,
): Record<string, string> & { etag: string } {
  const isPublic = request.headers.authorization === undefined;
  const lifetime = readsAfter(request) ? 'no-cache' : isFull ? FOREVER : SHORT;
  return {
    etag: etagBy(encoding, [changeCursor(after), changeCursor(end), isFull, redactionId, STATEMENTS]),
    'cache-control': `${isPublic ? 'public' : 'private'}, ${lifetime}`,
    ...streamHeaders(end, !isFull),
  };
}
