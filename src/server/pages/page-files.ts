import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuseOtherMethods } from '../http/allowed-methods.js';
import { pathnameOf } from '../http/request-target.js';
import { sendFile } from '../http/static-file.js';
import { PAGE_HEADERS } from './page-response.js';
import { robots } from './sitemap.js';
import { STYLE_PATH, styleSheet } from './style.js';

const { 'content-type': _, ...POLICY } = PAGE_HEADERS;
const HEADERS = { ...POLICY, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' };

const style = styleSheet();

/**
 * Sends the style sheet of pages, or the rules for crawlers.
 *
 * @returns False, without a response, for any other address.
 */
export function sendPageFile(
  request: IncomingMessage,
  response: ServerResponse,
  originOf: (request: IncomingMessage) => string,
): boolean {
  const path = pathnameOf(request);
  if (path !== STYLE_PATH && path !== '/robots.txt') return false;
  if (refuseOtherMethods(response, 'GET', 'HEAD')) return true;
  if (path === STYLE_PATH) sendFile(response, style, { ...HEADERS });
  else
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(robots(originOf(request)));
  return true;
}
