import type { Server, ServerOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Protection } from '../../config/protection.js';
import type { ErrorCode } from '../../graph/errors.js';
import { ClientQuota } from '../../limits/client-quota.js';
import { rateLimitNetwork } from '../../limits/rate-limit.js';
import { message, renderMessage } from '../../messages/message.js';
import { trustedProxiesTest } from './client-address.js';

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

/** Writes a JSON error as an HTTP/1.1 response to a socket that has no `ServerResponse`, and closes the socket. */
export function writeRawResponse(
  socket: Duplex,
  status: number,
  code: ErrorCode,
  message: string,
  ...headers: string[]
): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const lines = [
    `HTTP/1.1 ${status} ${REASONS[status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  socket.on('error', () => undefined);
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

/**
 * Limits the connections of a server, and responds in JSON to requests that Node cannot parse.
 *
 * @param protection The sockets of an address come on top of its other connections. Trusted proxies have no limit of
 * their own: they connect for all their clients.
 */
export function limitConnections(
  server: Server,
  { socketsPerAddress, trustedProxies }: Pick<Protection, 'socketsPerAddress' | 'trustedProxies'>,
): void {
  const quota = new ClientQuota(MAX_CONNECTIONS_PER_ADDRESS + socketsPerAddress);
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
      const text = renderMessage(message('TOO_MANY_CONNECTIONS_OF_ADDRESS', { limit: quota.max }), 'en');
      return writeRawResponse(socket, 429, 'RATE_LIMITED', text, 'Retry-After: 5');
    }
    if (open > MAX_CONNECTIONS) {
      writeRawResponse(
        socket,
        503,
        'SERVICE_UNAVAILABLE',
        'The server has too many connections; try again later.',
        'Retry-After: 5',
      );
    }
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    if (error.code === 'HPE_HEADER_OVERFLOW') {
      return writeRawResponse(
        socket,
        431,
        'BAD_REQUEST',
        `The headers of a request are at most ${HTTP_LIMITS.maxHeaderSize} bytes.`,
      );
    }
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
      const { headersTimeout, requestTimeout } = HTTP_LIMITS;
      const message = `Headers must arrive within ${headersTimeout / 1_000} s, a request within ${requestTimeout / 1_000} s.`;
      return writeRawResponse(socket, 408, 'BAD_REQUEST', message);
    }
    writeRawResponse(socket, 400, 'BAD_REQUEST', 'The request is not valid HTTP.');
  });
}
