import type { IncomingMessage, ServerResponse } from 'node:http';

/** The headers that a page of another origin may send: those that the API reads, and those that clients and tracing add. */
const ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  'if-none-match',
  'last-event-id',
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
  'x-apollo-operation-name',
  'x-request-id',
  'traceparent',
  'tracestate',
  'baggage',
  'register-read-after',
  'register-known-at',
];

/** The headers of the response to OPTIONS, beside the methods of the path. */
const PREFLIGHT = {
  'access-control-allow-headers': ALLOWED_HEADERS.join(', '),
  'access-control-max-age': '86400',
};

function setPreflightHeaders(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'OPTIONS') return;
  for (const [name, value] of Object.entries(PREFLIGHT)) response.setHeader(name, value);
}

/** Names the methods of a path to a page of an origin that may use it. */
export function allowMethods(response: ServerResponse, methods: readonly string[]): void {
  if (response.hasHeader('access-control-allow-headers'))
    response.setHeader('access-control-allow-methods', methods.join(', '));
}

/** The response headers that a page of another origin may read. */
const EXPOSED_HEADERS = [
  'cache-status',
  'content-disposition',
  'etag',
  'ratelimit-limit',
  'ratelimit-policy',
  'ratelimit-remaining',
  'ratelimit-reset',
  'register-cursor',
  'register-known-at',
  'retry-after',
  'stream-cursor',
  'stream-next-offset',
  'stream-up-to-date',
  'x-graphql-cost',
].join(', ');

/** The item of the allowed origins that stands for all pages of this machine, at any port. */
const LOCALHOST = 'localhost';
const LOCAL_ORIGIN = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * Sets the CORS headers for the pages of all origins, which the Reconciliation Service API requires of every service. What
 * it gives is public, and no page sends a key of its visitor.
 */
export function allowAnyOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
  setPreflightHeaders(request, response);
}

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
  readonly #local: boolean;
  readonly #allowed: ReadonlySet<string>;
  readonly #onRefused: (origin: string) => void;

  /**
   * @param allowed Origins such as `https://example.org`, `localhost` for all pages of this machine, or `*` for all; the
   * own origin is always allowed.
   * @param onRefused Called for each request of another origin.
   */
  constructor(allowed: readonly string[], onRefused: (origin: string) => void) {
    this.#all = allowed.includes('*');
    this.#local = allowed.includes(LOCALHOST);
    this.#allowed = new Set(allowed);
    this.#onRefused = onRefused;
  }

  /** Returns true for a request without `Origin`, of the own origin, or of an allowed one. For WebSockets and SSE. */
  isAllowed(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    if (origin === undefined || this.#isListed(origin) || isOwnOrigin(origin, request)) return true;
    this.#onRefused(origin);
    return false;
  }

  #isListed(origin: string): boolean {
    return this.#all || this.#allowed.has(origin) || (this.#local && LOCAL_ORIGIN.test(origin));
  }

  /** Sets the CORS headers for an allowed origin. Credentials are not: keys are set by scripts, never by the browser itself. */
  applyHeaders(request: IncomingMessage, response: ServerResponse): void {
    const { origin } = request.headers;
    if (origin !== undefined && this.#isListed(origin)) {
      response.setHeader('access-control-allow-origin', this.#all ? '*' : origin);
      response.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
      setPreflightHeaders(request, response);
    } else this.isAllowed(request);
    if (this.#allowed.size) response.setHeader('vary', 'Origin');
  }
}

/** Checks whether a page was sent by this server. */
export function isOwnOrigin(origin: string, { headers: { host } }: IncomingMessage): boolean {
  if (origin === `https://${host}` || origin === `http://${host}`) return true;
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  // A host may name the default port, and be in capitals; an origin is not.
  const own = `${protocol}//${host}`;
  return URL.canParse(own) && new URL(own).host === originHost;
}
