import type { IncomingMessage, ServerResponse } from 'node:http';
import { sameSecret } from '../access/key.js';
import type { Database } from '../database/open.js';
import { sendGraphqlError, sendJson } from './http/error-response.js';
import { type Health, live, ready } from './observability/health.js';
import { renderMetrics } from './observability/metrics.js';
import type { Service } from './service.js';

/** Serves the endpoints for operators: health and metrics. */
export interface OperationsRoutes {
  /** Responds to a request. Returns false, without a response, for any other path. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/**
 * @param isClosing Called for each request of `/health/ready`, which is 503 from the moment it returns true.
 * @param metricsKey Gives other machines access to the metrics; without it only this machine has access.
 */
export function operationsRoutes(
  database: Database,
  service: Service,
  isClosing: () => boolean,
  metricsKey?: string,
): OperationsRoutes {
  return {
    async answer(path, request, response) {
      if (path === '/health/live') sendHealth(response, live());
      else if (path === '/health/ready') sendHealth(response, await ready(database, service, isClosing()));
      else if (path !== '/metrics') return false;
      else if (mayReadMetrics(request, metricsKey)) {
        const { type, text } = await renderMetrics();
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
      } else {
        sendGraphqlError(
          response,
          403,
          'FORBIDDEN',
          'Metrics are available on this machine, and to clients that send METRICS_KEY as a Bearer token.',
        );
      }
      return true;
    },
  };
}

const sendHealth = (response: ServerResponse, { status, body }: Health) => sendJson(response, status, body);

/** Returns true for the metrics key or, if none is set, for a local client. A local proxy adds a forwarding header. */
function mayReadMetrics({ headers, socket }: IncomingMessage, metricsKey: string | undefined): boolean {
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (metricsKey) return token !== undefined && sameSecret(token, metricsKey);
  const isForwarded = 'forwarded' in headers || 'x-forwarded-for' in headers || 'via' in headers;
  return !isForwarded && /^(?:::1|(?:::ffff:)?127\.[\d.]+)$/.test(socket.remoteAddress ?? '');
}
