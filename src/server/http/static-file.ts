import { hash } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Encoding } from './content-encoding.js';
import { etagIn } from './prepared-response.js';
import { endResponse, matchesIfNoneMatch, varyOn } from './response.js';
import { selectEncoding } from './select-encoding.js';

/** A file whose compressed forms were made by the build. */
export interface StaticFile {
  contentType: string;
  /** By encoding, in the order of our preference. */
  forms: ReadonlyMap<Encoding, Buffer>;
  /** The strong ETag of the plain form. */
  etag: string;
}

/** Creates a file from its plain form and compressed ones, which must have the same content. */
export function staticFile(contentType: string, forms: ReadonlyMap<Encoding, Buffer>): StaticFile {
  const plain = forms.get('identity') as Buffer;
  return { contentType, forms, etag: `"${hash('sha256', plain, 'base64url').slice(0, 27)}"` };
}

/**
 * Sends a file in the encoding that the client prefers, or 304 if it has it already.
 *
 * @param vary The headers of the request that the response depends on, besides `Accept-Encoding`.
 * @throws RequestError 406 if the client accepts no form of it.
 */
export function sendFile(
  response: ServerResponse,
  { contentType, forms, etag: plainEtag }: StaticFile,
  headers: OutgoingHttpHeaders,
  ...vary: string[]
): void {
  const { req: request } = response;
  const encoding = selectEncoding(request, response, [...forms.keys()]);
  const etag = etagIn(encoding, plainEtag);
  const caching = { ...headers, ETag: etag, Vary: varyOn(response, [...vary, 'Accept-Encoding'].join(', ')) };
  if (matchesIfNoneMatch(request.headers['if-none-match'], etag)) {
    response.writeHead(304, caching).end();
    return;
  }
  const body = forms.get(encoding) as Buffer;
  response.writeHead(200, {
    ...caching,
    ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    'Content-Length': body.length,
    'Content-Type': contentType,
  });
  endResponse(response, body);
}
