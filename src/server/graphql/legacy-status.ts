import { acceptsResponseType } from '../http/content-type.js';

/**
 * Returns the status of a response to an invalid document. GraphQL over HTTP has two media types: with
 * `application/graphql-response+json` the status reports the error; with the older `application/json` only the body does,
 * because proxies send responses with status 400 of their own. A client that accepts only the older one gets 200, all
 * others get 400.
 *
 * @param accept The header of that name.
 */
export function invalidDocumentStatus(accept = ''): 200 | 400 {
  return /\bapplication\/json\b/i.test(accept) && !acceptsResponseType(accept) ? 200 : 400;
}
