import type { Server, ServerOptions } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a client may take over its headers and over its whole request, and how long its headers may be. */
export const HTTP_LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Node looks for slow clients this often.
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
  // Refused by us, in JSON.
  requireHostHeader: false,
} satisfies ServerOptions;

/** Connections of all clients together; one more is told to come back. */
const MAX_CONNECTIONS = 12_000;

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};

/** Answers on a connection that no request was read from, and closes it. */
export function writeRawResponse(
  socket: Duplex,
  status: number,
  code: string,
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

/** Keeps connections within their number, and answers in JSON what Node cannot read as a request. */
export function limitConnections(server: Server): void {
  let open = 0;
  server.on('connection', socket => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
    if (open > MAX_CONNECTIONS) {
      writeRawResponse(
        socket,
        503,
        'SERVICE_UNAVAILABLE',
        'The server has too many connections; come back.',
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
        `Headers are at most ${HTTP_LIMITS.maxHeaderSize} bytes together.`,
      );
    }
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
      const { headersTimeout, requestTimeout } = HTTP_LIMITS;
      const message = `Headers are sent within ${headersTimeout / 1_000} s, a request within ${requestTimeout / 1_000} s.`;
      return writeRawResponse(socket, 408, 'BAD_REQUEST', message);
    }
    writeRawResponse(socket, 400, 'BAD_REQUEST', 'That is no request of HTTP.');
  });
}
