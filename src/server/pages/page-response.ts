import type { Context } from '../../context.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { currentSummary } from '../observability/operation-context.js';
import { htmlLang, type Reader } from './reader.js';

/** Nothing is executed, framed or loaded but the style sheet; forms are sent to this server. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // A form of the page has an Origin.
  'referrer-policy': 'same-origin',
};

/** The forms of an answer. */
export type PageForm = 'text/html' | 'application/ld+json' | 'application/json';

/** Creates the response with a page, or with data. It can be cached if its operation can, and its status is 200. */
export function pageResponse(
  { language }: Pick<Reader, 'language'>,
  { knownAt, operationState }: Context,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): PreparedResponse {
  const isCacheable = status === 200 && operationState.isCacheable;
  return {
    status,
    headers: {
      ...PAGE_HEADERS,
      'content-language': htmlLang(language),
      ...headers,
      ...(!isCacheable && { 'cache-control': 'no-store' }),
    },
    body,
    encoding: 'utf8',
    isCacheable,
    isForever: knownAt !== undefined,
    operation: currentSummary(),
    cost: operationState.admission?.estimated ?? 0,
    knownAt,
  };
}
