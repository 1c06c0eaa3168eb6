import type { ServerResponse } from 'node:http';
import { message } from '../../messages/message.js';
import { RequestError } from './body.js';
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
  const problem = methodProblem(response, allowed);
  sendGraphqlError(response, 405, 'BAD_REQUEST', problem, allowHeader(allowed));
  return true;
}

const methodProblem = ({ req }: ServerResponse, allowed: readonly string[]) => {
  const { method = 'GET' } = req;
  return message('METHOD_NOT_ALLOWED', { path: pathnameOf(req), methods: allowed.join(', '), method });
};

/**
 * Refuses a request with another method than these, for a caller that charges what it refuses.
 *
 * @throws RequestError 405.
 */
export function checkMethod(response: ServerResponse, ...allowed: string[]): void {
  if (allowed.includes(response.req.method ?? 'GET')) return;
  // Without OPTIONS, as the integration tests of Apollo Server require it.
  response.setHeader('allow', allowed.join(', '));
  throw new RequestError(405, methodProblem(response, allowed));
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
