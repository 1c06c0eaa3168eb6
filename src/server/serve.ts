import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLError } from 'graphql';
import { AccessError } from '../access/identity.js';
import { routerHeader } from '../access/router.js';
import { StartError } from '../config.js';
import type { Database } from '../database/open.js';
import { Refusal } from '../export/argument.js';
import { RequestError } from './body.js';
import { exportTransport } from './export.js';
import { loadGraphiql } from './graphiql.js';
import { answerGraphql } from './graphql.js';
import { type Health, live, ready } from './health.js';
import type { Log } from './mask.js';
import { openService, type ServiceOptions } from './service.js';
import { Sessions } from './sessions.js';
import { eventTransport } from './sse.js';
import { webSocketTransport } from './websocket.js';

/** How long requests under way may take to finish when the server closes, in milliseconds. */
const GRACE = 5_000;

/** A server that accepts requests. */
export interface Serving {
  /** Where, without a path: `http://127.0.0.1:4000`. */
  url: string;
  /** Stops accepting, lets requests under way finish, cuts off what takes longer than five seconds. The database stays open. */
  close(): Promise<void>;
}

const wantsPage = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const answerHealth = (response: ServerResponse, { status, body }: Health) => answerJson(response, status, body);

const refuse = (response: ServerResponse, status: number, code: string, message: string) =>
  answerJson(response, status, { errors: [{ message, extensions: { code } }] });

/** Answers as the route does, and in JSON what it throws. */
export function answering(
  route: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  log: Log,
): RequestListener {
  return (request, response) => {
    route(request, response).catch((error: unknown) => {
      // A client that went away in the middle needs no answer.
      if (request.destroyed && !request.complete) return;
      if (error instanceof Refusal) return answerJson(response, error.status, { errors: error.errors });
      if (error instanceof RequestError) return refuse(response, error.status, 'BAD_REQUEST', error.message);
      if (error instanceof AccessError) return refuse(response, 401, error.code, error.message);
      if (error instanceof GraphQLError) return answerJson(response, 400, { errors: [error] });
      log('request failed', error);
      refuse(response, 500, 'INTERNAL_SERVER_ERROR', 'The server failed to answer.');
    });
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
  options: ServiceOptions = {},
): Promise<Serving> {
  const [service, graphiql] = await Promise.all([openService(database, log, options), loadGraphiql()]);
  const sessions = new Sessions(service.authenticator);
  const events = eventTransport(service, sessions);
  const exports = exportTransport(service);

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
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
    if (path === '/health/live') return answerHealth(response, live());
    if (path === '/health/ready') return answerHealth(response, await ready(database));
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
