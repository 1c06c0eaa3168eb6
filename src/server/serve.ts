import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../config.js';
import type { Database } from '../database/open.js';
import { DEFAULT_PROTECTION } from '../protection.js';
import { answering, type Listener, pathOf, wantsPage } from './answering.js';
import { exportTransport } from './export.js';
import { loadGraphiql } from './graphiql.js';
import { answerGraphql } from './graphql.js';
import { answerRaw, HTTP_LIMITS, limitConnections } from './http-limits.js';
import { keptFirst } from './kept.js';
import type { Log } from './mask.js';
import { OpenPerAddress } from './open-per-address.js';
import { operatorRoutes } from './operators.js';
import { Origins } from './origins.js';
import { refuse } from './refusal.js';
import { setSecurityHeaders } from './security-headers.js';
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

const FOREIGN = 'Pages of this site may not use the API here; its operator can add the site to ALLOWED_ORIGINS.';

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
  const protection = options.protection ?? DEFAULT_PROTECTION;
  const sessions = new Sessions(service.authenticator);
  const perAddress = new OpenPerAddress(protection.socketsPerAddress);
  const origins = new Origins(protection.allowedOrigins);
  const events = eventTransport(service, sessions, perAddress);
  const exports = exportTransport(service);

  let closing = false;
  const operators = operatorRoutes(database, service, () => closing, metricsKey);

  const route = async (...[request, response, reading]: Parameters<Listener>): Promise<void> => {
    // Clients that keep their connection are sent elsewhere before it is cut.
    if (closing) response.setHeader('connection', 'close');
    const path = pathOf(request);
    // What is sent most says it in one piece with everything else.
    if (path !== '/graphql') setSecurityHeaders(response);
    if (request.headers.host === undefined && request.httpVersion !== '1.0') {
      return refuse(response, 400, 'BAD_REQUEST', 'A request of HTTP/1.1 names its host.');
    }
    if (origins.share(request, response)) return;
    if (path === '/graphql') {
      if (wantsPage(request)) return graphiql.page(response);
      return answerGraphql(service, request, response, reading);
    }
    if (path === '/graphql/stream') {
      if (!origins.allows(request)) return refuse(response, 403, 'FORBIDDEN', FOREIGN);
      return events.answer(request, response);
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

  const answer = answering(route, log);
  const early = keptFirst(service, origins, answer);
  // While the server closes, the route says so to all.
  const server = createServer(HTTP_LIMITS, (request, response) => (closing ? answer : early)(request, response));
  limitConnections(server);
  const sockets = webSocketTransport(service, sessions);
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?', 1)[0] !== '/graphql') {
      return answerRaw(socket, 404, 'NOT_FOUND', 'WebSocket is spoken at /graphql.');
    }
    if (!origins.allows(request)) return answerRaw(socket, 403, 'FORBIDDEN', FOREIGN);
    const leave = perAddress.enter(service.addressOf(request));
    if (!leave) return answerRaw(socket, 429, 'RATE_LIMITED', perAddress.refusal, 'Retry-After: 5');
    socket.once('close', leave);
    sockets.handleUpgrade(request, socket, head);
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
