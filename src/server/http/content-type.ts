import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

export const JSON_TYPE = 'application/json; charset=utf-8';
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';
const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'];

/** Returns true if a client accepts the newer media type, in which the status of a response reports its errors. */
export function acceptsResponseType(accept: string): boolean {
  return new Negotiator({ headers: { accept } }).mediaType([MEDIA_TYPES[1] as string]) !== undefined;
}

/** Limits the memory of cached headers. Most clients send one of a few. */
const MAX_HEADERS_BYTES = 100_000;
const HEADER_OVERHEAD_BYTES = 200;
const negotiated = new LRUCache<string, string>({
  maxSize: MAX_HEADERS_BYTES,
  sizeCalculation: (_, accept) => accept.length + HEADER_OVERHEAD_BYTES,
});

/** Returns the preferred media type of a response, as Apollo Server negotiates it; undefined if the client accepts none. */
export function negotiateContentType(accept: string | undefined): string | undefined {
  if (!accept || accept === '*/*') return JSON_TYPE;
  let type = negotiated.get(accept);
  if (type === undefined) {
    const preferred = new Negotiator({ headers: { accept } }).mediaType(MEDIA_TYPES);
    type = preferred === MEDIA_TYPES[0] ? JSON_TYPE : preferred === MEDIA_TYPES[1] ? RESPONSE_TYPE : '';
    negotiated.set(accept, type);
  }
  return type || undefined;
}
