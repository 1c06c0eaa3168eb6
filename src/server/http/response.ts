import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RETRY_AFTER_SECONDS } from '../../graph/sql/unavailable.js';
import type { OperationSummary } from '../observability/operation-record.js';
import { matchesIfNoneMatch } from './etag.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** An answer to a request, as it is sent. */
export interface PreparedResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** `latin1` where each character of a text stands for a byte: so it goes out as it is. */
  encoding: 'utf8' | 'latin1';
  /** Whether it is a query's, without errors: the same request may be given it again. */
  isCacheable: boolean;
  /** What was asked, for the log line of who is given it again. */
  operation?: OperationSummary | undefined;
  /** What it takes from the budget of whoever is given it, in points. */
  cost: number;
  /** Made when it is first needed: a strong one, of the bytes. */
  etag?: string;
  /** Made when it is first needed: names and values of all headers that are the same whoever is given it. */
  staticHeaders?: readonly string[];
}

/** Bodies up to this many bytes are kept as text, which goes out in one piece with the head; longer ones as bytes. */
const INLINE_BODY_BYTES = 4_096;

/** The same answer, to be given again. */
export function toCacheable(answer: PreparedResponse): PreparedResponse {
  const bytes = bytesOf(answer);
  const body = bytes.length <= INLINE_BODY_BYTES ? bytes.toString('latin1') : bytes;
  return { ...answer, body, encoding: 'latin1' };
}

const bytesOf = ({ body, encoding }: PreparedResponse) =>
  typeof body === 'string' ? Buffer.from(body, encoding) : body;

function etagOf(answer: PreparedResponse): string {
  answer.etag ??= `"${createHash('sha256').update(bytesOf(answer)).digest('base64url').slice(0, 27)}"`;
  return answer.etag;
}

const SECURITY = Object.entries(SECURITY_HEADERS).flat();

function staticHeadersOf(answer: PreparedResponse): readonly string[] {
  answer.staticHeaders ??= [
    ...SECURITY,
    ...Object.entries(answer.headers).flat(),
    'content-length',
    String(Buffer.byteLength(answer.body, answer.encoding)),
  ];
  return answer.staticHeaders;
}

/**
 * Sends an answer. What a GET gets can be kept by others: it carries a strong ETag, so that whoever has it already is
 * told 304 instead, and must be asked for again before it is used, since a change may come at any moment.
 *
 * @param more Headers that are this client's own.
 */
export function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: PreparedResponse,
  more: Readonly<Record<string, string>>,
): void {
  const { status, body, encoding, isCacheable } = answer;
  if (status === 503) response.setHeader('retry-after', RETRY_AFTER_SECONDS);
  // Node takes headers as a list of names and values with the least ado.
  const own: string[] = [];
  for (const name in more) own.push(name, more[name] as string);
  if (request.method === 'GET' && isCacheable) {
    const etag = etagOf(answer);
    const cacheScope = request.headers.authorization === undefined ? 'public' : 'private';
    const vary = response.hasHeader('vary') ? 'Accept, Authorization, Origin' : 'Accept, Authorization';
    own.push('etag', etag, 'cache-control', `${cacheScope}, no-cache`, 'vary', vary);
    if (matchesIfNoneMatch(request.headers['if-none-match'], etag)) {
      // What else belongs to it is kept with the answer that the client has: RFC 9110, 15.4.5.
      response.writeHead(304, own).end();
      return;
    }
  }
  response.writeHead(status, [...staticHeadersOf(answer), ...own]);
  response.end(body, encoding);
}
