import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { RETRY_AFTER } from '../graph/away.js';
import { isKnown } from './etag.js';
import type { Asked } from './observe.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** An answer to a request, as it is sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Bytes, where they are kept; text is sent in one piece with the head. */
  body: string | Buffer;
  /** Whether it is a query's, without errors: the same request may be given it again. */
  isWhole: boolean;
  /** What was asked, for the log line of who is given it again. */
  asked?: Asked | undefined;
  /** What it takes from the budget of whoever is given it, in points. */
  cost: number;
  /** Made when it is first needed: a strong one, of the bytes. */
  etag?: string;
}

function etagOf(answer: Answer): string {
  answer.etag ??= `"${createHash('sha256').update(answer.body).digest('base64url').slice(0, 27)}"`;
  return answer.etag;
}

/**
 * Sends an answer. What a GET gets can be kept by others: it carries a strong ETag, so that whoever has it already is
 * told 304 instead, and must be asked for again before it is used, since a change may come at any moment.
 *
 * @param more Headers that are this client's own.
 */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  more: OutgoingHttpHeaders,
): void {
  const { status, headers, body, isWhole } = answer;
  if (status === 503) response.setHeader('retry-after', RETRY_AFTER);
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  if (request.method === 'GET' && isWhole) {
    const etag = etagOf(answer);
    const shared = {
      etag,
      'cache-control': `${request.headers.authorization === undefined ? 'public' : 'private'}, no-cache`,
      vary: 'Accept, Authorization',
    };
    if (isKnown(request.headers['if-none-match'], etag)) {
      response.writeHead(304, { ...SECURITY_HEADERS, ...more, ...shared }).end();
      return;
    }
    response.writeHead(status, { ...SECURITY_HEADERS, ...headers, ...more, ...shared, 'content-length': length });
  } else {
    response.writeHead(status, { ...SECURITY_HEADERS, ...headers, ...more, 'content-length': length });
  }
  response.end(body);
}
