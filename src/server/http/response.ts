import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { routerHeader } from '../../access/router.js';
import type { OperationSummary } from '../observability/operation-record.js';
import { SECURITY_HEADER_LIST } from './security-headers.js';

/** A response before it is sent. */
export interface PreparedResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** `latin1` if each character of a text is one byte of the body: it is written without encoding. */
  encoding: 'utf8' | 'latin1';
  /** True for the result of a query without errors, which can be sent to the same request again. */
  isCacheable: boolean;
  /** The operation, for the log line of requests that are served from cache. */
  operation?: OperationSummary | undefined;
  /** True if its text depends on the language of the client: that of errors, and of a mutation. Never of a cached one. */
  variesByLanguage?: boolean;
  /** The points that are charged to the client. */
  cost: number;
  /** A strong ETag of the bytes; computed when it is first needed. */
  etag?: string;
  /** The headers that do not depend on the client, as a list; computed when they are first needed. */
  staticHeaders?: readonly string[];
}

/** Limits bodies that are cached as text, which Node writes in one piece with the head. Longer ones are cached as bytes. */
const INLINE_BODY_BYTES = 4_096;

/** Returns a response in the form in which it is cached. */
export function toCacheable(response: PreparedResponse): PreparedResponse {
  const bytes = bytesOf(response);
  const body = bytes.length <= INLINE_BODY_BYTES ? bytes.toString('latin1') : bytes;
  return { ...response, body, encoding: 'latin1', operation: detached(response.operation) };
}

/** Copies the name of an operation: as a part of its document, it would hold the whole text in memory. */
const detached = (operation: OperationSummary | undefined): OperationSummary | undefined =>
  operation?.operationName === undefined
    ? operation
    : { ...operation, operationName: Buffer.from(operation.operationName).toString() };

const bytesOf = ({ body, encoding }: PreparedResponse) =>
  typeof body === 'string' ? Buffer.from(body, encoding) : body;

function etagOf(prepared: PreparedResponse): string {
  prepared.etag ??= `"${createHash('sha256').update(bytesOf(prepared)).digest('base64url').slice(0, 27)}"`;
  return prepared.etag;
}

function staticHeadersOf(prepared: PreparedResponse): readonly string[] {
  prepared.staticHeaders ??= [
    ...SECURITY_HEADER_LIST,
    ...Object.entries(prepared.headers).flat(),
    'content-length',
    String(Buffer.byteLength(prepared.body, prepared.encoding)),
  ];
  return prepared.staticHeaders;
}

/** Writes the head of a response with the security headers: of every response but those of `sendResponse`, and files. */
export function writeHead(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | number>>,
): ServerResponse {
  const list = Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
  return response.writeHead(status, [...SECURITY_HEADER_LIST, ...list]);
}

/** The headers of a request that its response depends on. */
const VARY = 'Accept, Authorization, Router-Authorization';

/**
 * Sends a prepared response. The response to a GET can be stored by caches: it has a strong ETag, and must be revalidated
 * before each use, because a change can come at any moment. A client that has it already gets 304.
 *
 * @param clientHeaders Headers of this client only.
 */
export function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  prepared: PreparedResponse,
  clientHeaders: Readonly<Record<string, string>>,
): void {
  const { status, body, encoding, isCacheable } = prepared;
  // Node writes a list of names and values faster than an object.
  const own: string[] = [];
  for (const name in clientHeaders) own.push(name, clientHeaders[name] as string);
  if (request.method === 'GET' && isCacheable) {
    const etag = etagOf(prepared);
    const isPublic = request.headers.authorization === undefined && routerHeader(request.headers) === undefined;
    const cacheScope = isPublic ? 'public' : 'private';
    const vary = response.hasHeader('vary') ? `${VARY}, Origin` : VARY;
    own.push('etag', etag, 'cache-control', `${cacheScope}, no-cache`, 'vary', vary);
    if (matchesIfNoneMatch(request.headers['if-none-match'], etag)) {
      // The client has the other headers with its copy: RFC 9110, 15.4.5.
      response.writeHead(304, own).end();
      return;
    }
  }
  response.writeHead(status, [...staticHeadersOf(prepared), ...own]);
  response.end(body, encoding);
}

/** Checks whether the client has this representation: `If-None-Match` compares without regard to `W/` (RFC 9110, 13.1.2). */
export function matchesIfNoneMatch(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === etag) return true;
  const tags = ifNoneMatch?.split(',').map(tag => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}
