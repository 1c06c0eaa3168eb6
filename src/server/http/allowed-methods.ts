import type { ServerResponse } from 'node:http';
import { message } from '../../messages/message.js';
import { sendGraphqlError } from './error-response.js';
import { pathnameOf } from './request-target.js';

/**
 * Responds with 405 to a request with another method than these.
 *
 * @returns True if the request was refused, and its response is sent.
 */
export function refuseOtherMethods(response: ServerResponse, ...allowed: string[]): boolean {
  const { method = 'GET' } = response.req;
  if (allowed.includes(method)) return false;
  const params = { path: pathnameOf(response.req), methods: allowed.join(', '), method };
  sendGraphqlError(response, 405, 'BAD_REQUEST', message('METHOD_NOT_ALLOWED', params), {
    allow: [...allowed, 'OPTIONS'].join(', '),
  });
  return true;
}
