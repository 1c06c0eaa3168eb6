import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Protection } from '../../config/protection.js';
import { type ErrorCode, graphqlError } from '../../graph/errors.js';
import { ClientQuota } from '../../limits/client-quota.js';
import { rateLimitNetwork } from '../../limits/rate-limit.js';
import { type Message, message } from '../../messages/message.js';
import { trustedProxiesTest } from './client-address.js';
import { languageOf } from './language.js';
import { contentLanguage, localizeResult } from './localize.js';
import { formatError } from './mask-errors.js';

/** Limits the time and the size of the headers, and the time of a whole request. */
export const HTTP_LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // The interval at which Node checks these timeouts.
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
  // Rejected in `serve.ts` instead, with a JSON body.
  requireHostHeader: false,
} satisfies ServerOptions;

/** Limits the open connections of all clients together. Further connections get a 503. */
const MAX_CONNECTIONS = 12_000;

/** Limits the open connections of one address besides its WebSockets and streams: a hundred browsers open 600. */
const MAX_CONNECTIONS_PER_ADDRESS = 1_000;

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};

/**
 * Writes a JSON error as an HTTP/1.1 response to a socket that has no `ServerResponse`, and closes the socket.
 *
 * @param request Its language is that of the message; undefined for a request that Node could not parse.
 */
export function writeRawResponse(
  socket: Duplex,
  status: number,
  code: ErrorCode,
  problem: Message,
  request: IncomingMessage | undefined,
): void {
  const errors = [formatError(graphqlError(code, problem))];
  const language = request ? languageOf(request) : 'en';
  const body = JSON.stringify(localizeResult({ errors }, language));
  const lines = [
    `HTTP/1.1 ${status} ${REASONS[status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Language: ${contentLanguage(errors, language)}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Vary: Accept-Language',
    ...(status === 429 || status === 503 ? ['Retry-After: 5'] : []),
  ];
  socket.on('error', () => undefined);
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

/**
 * Calls a function once a socket has sent the responses to whole requests: a client would take what is written before for one
 * of them, or for a part of it (RFC 9112, 9.3.2). Never, if the socket is closed meanwhile.
 */
function afterResponses(socket: Duplex, write: () => void): void {
  if (!socket.writable) return;
  // The response that Node sends now. That to a request of which a part is missing is the one that is refused.
  const { _httpMessage: current } = socket as { _httpMessage?: ServerResponse | null };
  if (current?.req.complete) current.once('close', () => afterResponses(socket, write));
  else write();
}

/**
 * Limits the connections of a server, and responds in JSON to requests that Node cannot parse.
 *
 * @param protection The sockets of an address come on top of its other connections. Trusted proxies have no limit of
 * their own: they connect for all their clients.
 * @param workers The number of processes that the connections are dealt out to in turn: each has its part of the limits.
 */
export function limitConnections(
  server: Server,
  { socketsPerAddress, trustedProxies }: Pick<Protection, 'socketsPerAddress' | 'trustedProxies'>,
  workers: number,
): void {
  const limit = MAX_CONNECTIONS_PER_ADDRESS + socketsPerAddress;
  const quota = new ClientQuota(Math.ceil(limit / workers));
  const isTrusted = trustedProxiesTest(trustedProxies);
  let open = 0;
  server.on('connection', socket => {
    open += 1;
    const address = socket.remoteAddress ?? '';
    const release = isTrusted(address) ? () => {} : quota.acquire(rateLimitNetwork(address));
    socket.once('close', () => {
      open -= 1;
      release?.();
    });
    if (!release) {
      const problem = message('TOO_MANY_CONNECTIONS_OF_ADDRESS', { limit });
      return writeRawResponse(socket, 429, 'RATE_LIMITED', problem, undefined);
    }
    if (open > MAX_CONNECTIONS / workers) {
      writeRawResponse(socket, 503, 'SERVICE_UNAVAILABLE', message('TOO_MANY_CONNECTIONS', {}), undefined);
    }
  });
  const refused = new WeakSet<Duplex>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    // Node reports each further piece of what it cannot parse.
    if (refused.has(socket)) return;
    refused.add(socket);
    const [status, problem] = refusalOf(error);
    afterResponses(socket, () => writeRawResponse(socket, status, 'BAD_REQUEST', problem, undefined));
  });
}

/** Returns the status and the problem of a request that Node could not parse, or did not receive in time. */
function refusalOf({ code }: NodeJS.ErrnoException): [status: number, problem: Message] {
  if (code === 'HPE_HEADER_OVERFLOW') return [431, message('HEADERS_TOO_LONG', { limit: HTTP_LIMITS.maxHeaderSize })];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const { headersTimeout, requestTimeout } = HTTP_LIMITS;
    const params = { headerSeconds: headersTimeout / 1_000, requestSeconds: requestTimeout / 1_000 };
    return [408, message('REQUEST_TOO_SLOW', params)];
  }
  return [400, message('NOT_HTTP', {})];
}
