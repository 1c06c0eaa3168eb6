import type { IncomingMessage } from 'node:http';
import { graphqlError } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { isOwnOrigin } from '../http/cors.js';

/**
 * Refuses a form that a page of another site sends, in the name of its visitor: browsers tell by `Sec-Fetch-Site`, and all
 * others by `Origin`. Clients other than browsers send neither.
 *
 * @throws GraphQLError FORBIDDEN.
 */
export function checkSameOrigin(request: IncomingMessage): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isOwn = site === undefined ? origin === undefined || isOwnOrigin(origin, request) : site === 'same-origin';
  if (isOwn) return;
  request.resume();
  throw graphqlError('FORBIDDEN', message('ORIGIN_NOT_ALLOWED', {}));
}
