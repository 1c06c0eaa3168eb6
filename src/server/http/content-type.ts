import { mediaTypeChoice } from './accept.js';

export const JSON_TYPE = 'application/json; charset=utf-8';
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

const chooseResponseType = mediaTypeChoice('application/graphql-response+json');
const chooseType = mediaTypeChoice('application/json', 'application/graphql-response+json');

/** Returns true if a client accepts the newer media type, in which the status of a response reports its errors. */
export const acceptsResponseType = (accept: string): boolean => chooseResponseType(accept) !== undefined;

/** Returns the preferred media type of a response, as Apollo Server negotiates it; undefined if the client accepts none. */
export function negotiateContentType(accept: string | undefined): string | undefined {
  if (!accept || accept === '*/*') return JSON_TYPE;
  const type = chooseType(accept);
  return type && (type === 'application/json' ? JSON_TYPE : RESPONSE_TYPE);
}
