import type { ServerResponse } from 'node:http';
import { message } from '../../messages/message.js';
import { allowMethods } from './cors.js';
import { sendGraphqlError } from './error-response.js';
import { pathnameOf } from './request-target.js';
import { writeHead } from './response.js';

const allowHeader = (methods: readonly string[]) => ({ allow: [...methods, 'OPTIONS'].join(', ') });

/**
 * Responds to OPTIONS with the methods of a path (RFC 9110, 9.3.7), also to the preflight request of a page.
 *
 * @returns True if the request was one, and its response is sent.
 */
export function answerOptions(response: ServerResponse, ...methods: string[]): boolean {
  if (response.req.method !== 'OPTIONS') return false;
  allowMethods(response, methods);
  writeHead(response, 204, allowHeader(methods)).end();
  return true;
}

/**
 * Responds with 405 to a request with another method than these, and to OPTIONS with these.
 *
 * @returns True if the response is sent.
 */
export function refuseOtherMethods(response: ServerResponse, ...allowed: string[]): boolean {
  const { method = 'GET' } = response.req;
  if (allowed.includes(method)) return false;
  if (answerOptions(response, ...allowed)) return true;
  const params = { path: pathnameOf(response.req), methods: allowed.join(', '), method };
  sendGraphqlError(response, 405, 'BAD_REQUEST', message('METHOD_NOT_ALLOWED', params), allowHeader(allowed));
  return true;
}

/**
 * Responds that nothing is at the path of a request. A preflight request passes, so that a page can read this of its next
 * one, and `OPTIONS *` asks for the server as a whole.
 */
export function sendNotFound(response: ServerResponse): void {
  const path = pathnameOf(response.req);
  const isOfAnyPath = path === '*' || response.req.headers['access-control-request-method'] !== undefined;
  if (isOfAnyPath && answerOptions(response, 'GET', 'HEAD', 'POST')) return;
  sendGraphqlError(response, 404, 'NOT_FOUND', message('NOTHING_AT_PATH', { path }));
}
