import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { routerHeader } from '../access/router.js';
import { StartError } from '../config.js';
import type { Database } from '../database/open.js';
import { exportTransport } from './export.js';
import { loadGraphiql } from './graphiql.js';
import { answerGraphql } from './graphql.js';
import type { Log } from './mask.js';
import { begin, end, noteRequest, type Observed, within } from './observe.js';
import { operatorRoutes } from './operators.js';
import { fail, refuse } from './refusal.js';
import { openService, type ServiceOptions } from './service.js';
import { Sessions } from './sessions.js';
import { eventTransport } from './sse.js';
import { webSocketTransport } from './websocket.js';

/** How long requests under way may take to finish when the server closes, in milliseconds. */
const GRACE = 5_000;

/** What operators may set, besides the address. */
export interface Operation {
  /** Opens `/metrics` to other machines. */
  metricsKey?: string | undefined;
  /** How long to go on accepting while `/health/ready` says no already, in milliseconds. */
  shutdownDelay?: number;
}

/** A server that accepts requests. */
export interface Serving {
  /** Where, without a path: `http://127.0.0.1:4000`. */
  url: string;
  /** Stops accepting, lets requests under way finish, cuts off what takes longer than five seconds. The database stays open. */
  close(): Promise<void>;
}

const wantsPage = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');

const pathOf = ({ url = '/' }: IncomingMessage) => url.split('?', 1)[0] ?? '/';

/** What a path is, when it is one whose requests are counted and logged. */
function transportOf(path: string): Observed['transport'] | undefined {
  if (path === '/graphql') return 'http';
  if (path === '/graphql/stream') return 'stream';
  return path.startsWith('/export') ? 'export' : undefined;
}

/** Answers as the route does, and in JSON what it throws; what is an operation is counted and logged. */
export function answering(
  route: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  log: Log,
): RequestListener {
  return (request, response) => {
    const answer = () => route(request, response).catch((error: unknown) => fail(request, response, error, log));
    const path = pathOf(request);
    const transport = wantsPage(request) ? undefined : transportOf(path);
    if (!transport) return void answer();
    const observed = begin(transport, request.headers.traceparent?.toString());
    if (transport === 'export') noteRequest(undefined, path, observed);
    void within(observed, answer).then(() => end(observed, response.destroyed ? 499 : response.statusCode, log));
  };
}

/**
 * Serves the register over HTTP.
 *
 * @param port 0 takes a free one.
 * @throws StartError when the address cannot be listened on.
 */
export async function serve(
  database: Database,
  host: string,
  port: number,
  log: Log,
  options: ServiceOptions & Operation = {},
): Promise<Serving> {
  const { metricsKey, shutdownDelay = 0 } = options;
  const [service, graphiql] = await Promise.all([openService(database, log, options), loadGraphiql()]);
  const sessions = new Sessions(service.authenticator);
  const events = eventTransport(service, sessions);
  const exports = exportTransport(service);

  let closing = false;
  const operators = operatorRoutes(database, service, () => closing, metricsKey);

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Clients that keep their connection are sent elsewhere before it is cut.
    if (closing) response.setHeader('connection', 'close');
    const path = pathOf(request);
    if (path === '/graphql') {
      if (wantsPage(request)) return graphiql.page(response);
      return answerGraphql(service, request, response);
    }
    if (path === '/graphql/stream') {
      const { authorization } = request.headers;
      const identity = await service.authenticator.identify(authorization, routerHeader(request.headers));
      return events.answer(request, response, identity);
    }
    if (/^\/export(?:$|\/)/.test(path)) return exports.answer(request, response);
    if (await operators.answer(path, request, response)) return;
    if (path === '/') {
      response.writeHead(302, { location: 'graphql' }).end();
      return;
    }
    if (request.method === 'GET' && graphiql.asset(path, response)) return;
    refuse(response, 404, 'NOT_FOUND', `Nothing is at ${path}; the API is at /graphql.`);
  };

  const server = createServer(answering(route, log));
  const sockets = webSocketTransport(service, sessions);
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?', 1)[0] === '/graphql') sockets.handleUpgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });
  const address = await listen(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: async () => {
      closing = true;
      if (shutdownDelay) await sleep(shutdownDelay);
      // A connection that falls idle while the server closes is not waited for.
      const idle = setInterval(() => server.closeIdleConnections(), 20);
      // A closing server no longer times out clients: one that sent half a request would hold it for ever.
      const late = setTimeout(() => server.closeAllConnections(), GRACE);
      const closed = new Promise(resolve => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      sessions.stop();
      events.close();
      await Promise.all([closed, sockets.close()]);
      await exports.close();
      clearTimeout(late);
      clearInterval(idle);
      await service.close();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'that port is in use; set PORT to another' : error.message;
      reject(new StartError(`The server cannot listen on ${host}:${port}: ${why}.`));
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}
