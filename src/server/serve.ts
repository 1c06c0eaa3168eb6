import { createServer } from 'node:http';
import type { ConfiguredSecret } from '../access/key.js';
import { defaultProtection } from '../config/protection.js';
import type { Database } from '../database/open.js';
import { serveFromCache } from './cache/cached-response.js';
import { loadEmbeddedViews } from './embed.js';
import { exportTransport } from './export/http-handler.js';
import { feedTransport } from './feed/http-handler.js';
import { loadGraphiql } from './graphiql.js';
import { tlsReader } from './http/client-address.js';
import { HTTP_LIMITS, limitConnections, writeRawResponse } from './http/connection-limits.js';
import { ConnectionQuota } from './http/connection-quota.js';
import { CorsPolicy } from './http/cors.js';
import { sendGraphqlError } from './http/error-response.js';
import { instrument } from './http/instrument.js';
import { listenOn } from './http/listen.js';
import { RefusedOrigins } from './http/refused-origins.js';
import { isWebSocketUpgrade, normalizeTarget } from './http/request-target.js';
import { TRANSPORT_SECURITY } from './http/security-headers.js';
import { linkTransport } from './links/http-handler.js';
import type { Logger } from './observability/logger.js';
import type { RenderedMetrics } from './observability/render-metrics.js';
import { operationsRoutes } from './operations-routes.js';
import { pageTransport } from './pages/http-handler.js';
import { loadQuestions } from './pages/questions.js';
import { proposalTransport } from './proposals/http-handler.js';
import { reconcileTransport } from './reconcile/http-handler.js';
import { ORIGIN_NOT_ALLOWED, routes } from './routes.js';
import { createService, type ServiceOptions } from './service.js';
import { Shutdown } from './shutdown.js';
import { Sessions } from './subscriptions/sessions.js';
import { eventTransport } from './subscriptions/sse.js';
import { webSocketTransport } from './subscriptions/websocket.js';
import { startWebhooks } from './webhooks/start-webhooks.js';

/** The options of an operator, besides the address. */
export interface OperationsOptions {
  /** Permits other machines to read `/metrics`. */
  metricsKey?: ConfiguredSecret | undefined;
  /** The time in milliseconds for which the server still accepts requests while `/health/ready` reports that it stops. */
  shutdownDelay?: number;
  /** Returns the metrics of all workers; those of this process if omitted. */
  renderMetrics?: () => Promise<RenderedMetrics>;
}

/** A server that accepts requests. */
export interface RunningServer {
  /** The address without a path: `http://127.0.0.1:4000`. */
  url: string;
  /** Stops accepting connections, waits for requests in flight, and cuts off the rest after five seconds. The database stays open. */
  close(): Promise<void>;
  /** Ends a worker that another one has replaced: no request fails. `close` may be called meanwhile. */
  drain(): Promise<void>;
}

/**
 * Serves the register over HTTP.
 *
 * @param port 0 for a free one.
 * @throws StartError if the address cannot be listened on.
 */
export async function serve(
  database: Database,
  host: string,
  port: number,
  logger: Logger,
  options: ServiceOptions & OperationsOptions = {},
): Promise<RunningServer> {
  const { metricsKey, shutdownDelay = 0, renderMetrics } = options;
  const protection = options.protection ?? defaultProtection();
  const [service, graphiql, embedded] = await Promise.all([
    createService(database, logger, options),
    loadGraphiql(),
    loadEmbeddedViews(protection.embedOrigins),
  ]);
  const sessions = new Sessions(service.authenticator);
  const connectionQuota = new ConnectionQuota(service.counters, protection.socketsPerAddress);
  const refusedOrigins = new RefusedOrigins(logger);
  const cors = new CorsPolicy(protection.allowedOrigins, origin => refusedOrigins.log(origin));
  const sse = eventTransport(service, sessions, connectionQuota);
  const exports = exportTransport({ ...service, clientShare: protection.clientShare });
  const feed = feedTransport({ ...service, exports, sessions, quota: connectionQuota });

  const operations = operationsRoutes(database, service, () => shutdown.isStopping, metricsKey, renderMetrics);

  const isTls = tlsReader(protection.trustedProxies);
  const reconcile = reconcileTransport({ ...service, isTls });
  const route = routes({
    service,
    cors,
    exports,
    feed,
    reconcile,
    sse,
    proposals: proposalTransport(service),
    operations,
    graphiql,
    embedded,
    links: linkTransport(service),
    pages: pageTransport({ ...service, questions: loadQuestions(), isTls }),
    isClosing: () => shutdown.isClosing,
  });
  const handler = instrument(route, logger);
  const cachedHandler = serveFromCache(service, cors, handler);
  const server = createServer({ ...HTTP_LIMITS, shouldUpgradeCallback: isWebSocketUpgrade }, (request, response) => {
    if (isTls?.(request)) response.setHeader(TRANSPORT_SECURITY.name, TRANSPORT_SECURITY.value);
    const problem = normalizeTarget(request);
    if (problem !== undefined) return sendGraphqlError(response, 400, 'BAD_REQUEST', problem, { connection: 'close' });
    // While the server closes, every response says so.
    (shutdown.isClosing ? handler : cachedHandler)(request, response);
  });
  limitConnections(server, protection, service.counters.workers);
  const sockets = webSocketTransport(service, sessions);
  server.on('upgrade', (request, socket, head) => {
    if (!cors.isAllowed(request)) return writeRawResponse(socket, 403, 'FORBIDDEN', ORIGIN_NOT_ALLOWED, request);
    // Until the transport has the socket, an error of it would end the process.
    socket.on('error', () => undefined);
    const upgrade = async () => {
      if (await connectionQuota.admits(service.clientAddress(request), socket))
        sockets.handleUpgrade(request, socket, head);
      else writeRawResponse(socket, 429, 'RATE_LIMITED', connectionQuota.problem, request);
    };
    upgrade().catch(error => {
      logger('upgrade failed', error);
      socket.destroy();
    });
  });
  let stopWebhooks: (() => Promise<void>) | undefined;
  const shutdown = new Shutdown(server, shutdownDelay, {
    endStreams: () => {
      sessions.stop();
      sse.close();
      feed.close();
      return Promise.all([sockets.close(), stopWebhooks?.()]);
    },
    release: async () => {
      await exports.close();
      await service.close();
    },
  });
  const address = await listenOn(server, host, port);
  stopWebhooks = options.webhooks && startWebhooks(service, options.webhooks);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () => shutdown.close(),
    drain: () => shutdown.drain(),
  };
}
