import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeHead } from './response.js';

/** The methods and headers that a page of another origin may send. */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, apollo-require-preflight, last-event-id',
  'access-control-max-age': '86400',
};
/** The response headers that a page of another origin may read. */
const EXPOSED_HEADERS =
  'ratelimit-limit, ratelimit-remaining, ratelimit-reset, ratelimit-policy, retry-after, x-graphql-cost';

/**
 * Returns true if a page of another site embeds the response, in an `<img>` or a frame. It cannot read it, but it would
 * spend the budget of its visitor, and browsers send no `Origin` for it. Clients other than browsers send no `Sec-Fetch-*`.
 */
export const isEmbedded = ({ headers }: IncomingMessage): boolean =>
  headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'cors';

/** Returns true if a browser opens the address itself, from a link for example. */
export const isNavigation = ({ headers }: IncomingMessage): boolean =>
  headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';

/** Decides which origins may use the API from a browser. */
export class CorsPolicy {
  readonly #all: boolean;
  readonly #allowed: ReadonlySet<string>;

  /** @param allowed Origins such as `https://example.org`, or `*` for all; the own origin is always allowed. */
  constructor(allowed: readonly string[]) {
    this.#all = allowed.includes('*');
    this.#allowed = new Set(allowed);
  }

  /** Returns true for a request without `Origin`, of the own origin, or of an allowed one. For WebSockets and SSE. */
  isAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || this.#all || this.#allowed.has(origin)) return true;
    if (!URL.canParse(origin)) return false;
    const { protocol, host: originHost } = new URL(origin);
    // A host may name the default port, and be in capitals; an origin is not.
    const own = `${protocol}//${host}`;
    return URL.canParse(own) && new URL(own).host === originHost;
  }

  /**
   * Sets the CORS headers for an allowed origin, and responds to preflight requests. Credentials are not allowed: keys
   * are set by scripts, never by the browser itself.
   *
   * @returns True if the request was a preflight request, and its response is sent.
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
