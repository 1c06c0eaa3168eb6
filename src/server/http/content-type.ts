import Negotiator from 'negotiator';
import { headerCache } from './header-cache.js';

export const JSON_TYPE = 'application/json; charset=utf-8';
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';
const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'];

/** Returns true if a client accepts the newer media type, in which the status of a response reports its errors. */
export function acceptsResponseType(accept: string): boolean {
  return new Negotiator({ headers: { accept } }).mediaType([MEDIA_TYPES[1] as string]) !== undefined;
}

const negotiated = headerCache<string>();

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
