import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeHead } from './response.js';

/** What a page of another site may send, and read of an answer. */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, apollo-require-preflight, last-event-id',
  'access-control-max-age': '86400',
};
const EXPOSED_HEADERS =
  'ratelimit-limit, ratelimit-remaining, ratelimit-reset, ratelimit-policy, retry-after, x-graphql-cost';

/** Which pages of which sites may use the API from a browser. */
export class CorsPolicy {
  readonly #all: boolean;
  readonly #allowed: ReadonlySet<string>;

  /** @param allowed Origins such as `https://example.org`, or `*` for every one; our own pages need none. */
  constructor(allowed: readonly string[]) {
    this.#all = allowed.includes('*');
    this.#allowed = new Set(allowed);
  }

  /** Whether a request may be answered: no browser sent it, or a page of ours, or one of a site on the list. */
  isAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || this.#all || this.#allowed.has(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  /**
   * Says to a browser that a page of a site on the list may read the answer, and answers the question that it sends
   * before. Keys are sent by hand and never by the browser itself, so none is let in by itself.
   *
   * @returns Whether the request was that question, and is answered.
   */
  applyHeaders(request: IncomingMessage, response: ServerResponse): boolean {
    const { origin } = request.headers;
    if (origin !== undefined && (this.#all || this.#allowed.has(origin))) {
      response.setHeader('access-control-allow-origin', this.#all ? '*' : origin);
      response.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
      if (request.method === 'OPTIONS')
        for (const [name, value] of Object.entries(PREFLIGHT)) response.setHeader(name, value);
    }
    if (this.#allowed.size) response.setHeader('vary', 'Origin');
    if (request.method !== 'OPTIONS') return false;
    writeHead(response, 204, { allow: 'GET, POST, OPTIONS' }).end();
    return true;
  }
}
