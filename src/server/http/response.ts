import type { IncomingMessage, ServerResponse } from 'node:http';
import { routerHeader } from '../../access/router.js';
import { encodingFor } from './content-encoding.js';
import { isMomentInHeaderOnly } from './known-at.js';
import { etagOf, lengthOf, type PreparedResponse, representationOf, staticHeadersOf } from './prepared-response.js';
import { SECURITY_HEADER_LIST } from './security-headers.js';

/** Writes the head of a response with the security headers: of every response but those of `sendResponse`, and files. */
export function writeHead(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | number>>,
): ServerResponse {
  const list = Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
  return response.writeHead(status, [...SECURITY_HEADER_LIST, ...list]);
}

/** Disconnects a client that reads nothing of a response for this long: its memory is freed only then. */
const STALLED_MS = 30_000;
/** A smaller body, which the buffers of the system hold, has no time-out: to set one takes time. */
const MAX_UNTIMED_LENGTH = 16_384;

/** Ends a response with its body, or with the last part of it. */
export function endResponse(response: ServerResponse, body: string | Buffer, encoding: BufferEncoding = 'utf8'): void {
  if (body.length > MAX_UNTIMED_LENGTH) response.setTimeout(STALLED_MS);
  response.end(body, encoding);
}

/** The headers of a request that its response depends on. */
const VARY = 'Accept, Authorization, Router-Authorization, Accept-Encoding, Register-Known-At';

/** A year: an answer about a past moment never changes. */
export const FOREVER = 'max-age=31536000, immutable';

/** Returns `Vary` with these headers of the request, and those that were set before. */
export function varyOn(response: ServerResponse, names: string): string {
  const present = response.getHeader('vary');
  return present ? `${names}, ${present}` : names;
}

/**
 * Sends a prepared response in the encoding that the client prefers. The response to a GET or HEAD can be stored by
 * caches: it has a strong ETag, and must be revalidated before each use, because a change can come at any moment; one about a past
 * moment is valid for ever, unless it has texts of this release. A client that has it already gets 304.
 *
 * @param clientHeaders Headers of this client only.
 * @param cursor The response has all changes up to this one. Undefined if it is none of the register's content.
 * @returns A promise if a compressed form has to be made first.
 */
export function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  prepared: PreparedResponse,
  clientHeaders: Readonly<Record<string, string>>,
  cursor?: string,
): Promise<void> | undefined {
  const encoding = encodingOf(request, prepared);
  // Node writes a list of names and values faster than an object.
  const own: string[] = ['vary', varyOn(response, VARY)];
  for (const name in clientHeaders) own.push(name, clientHeaders[name] as string);
  const { knownAt } = prepared;
  if (knownAt) own.push('register-cursor', knownAt.cursor, 'register-known-at', knownAt.text);
  else if (cursor !== undefined) own.push('register-cursor', cursor);
  if (request.method !== 'POST' && prepared.isCacheable) {
    const etag = etagOf(prepared, encoding);
    const isPublic = request.headers.authorization === undefined && routerHeader(request.headers) === undefined;
    // Not every shared cache tells requests apart by a header of ours.
    const cacheScope = isPublic && !(knownAt && isMomentInHeaderOnly(request)) ? 'public' : 'private';
    own.push('etag', etag, 'cache-control', `${cacheScope}, ${prepared.isForever ? FOREVER : 'no-cache'}`);
    if (prepared.cacheTags && isPublic) own.push(...prepared.cacheTags);
    if (matchesIfNoneMatch(request.headers['if-none-match'], etag)) {
      // The client has the other headers with its copy: RFC 9110, 15.4.5.
      response.writeHead(304, own).end();
      return undefined;
    }
  }
  const send = (representation: PreparedResponse): void => {
    response.writeHead(representation.status, [...staticHeadersOf(representation), ...own]);
    endResponse(response, representation.body, representation.encoding);
  };
  const representation = representationOf(prepared, encoding);
  if (representation instanceof Promise) return representation.then(send);
  send(representation);
  return undefined;
}

/** A client that accepts no encoding was refused before. */
const encodingOf = (request: IncomingMessage, prepared: PreparedResponse) =>
  request.headers['accept-encoding'] === undefined
    ? 'identity'
    : (encodingFor(request, lengthOf(prepared)) ?? 'identity');

/** Checks whether the client has this representation: `If-None-Match` compares without regard to `W/` (RFC 9110, 13.1.2). */
export function matchesIfNoneMatch(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === etag) return true;
  const tags = ifNoneMatch?.split(',').map(tag => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}
