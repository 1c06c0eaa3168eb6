import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ConfiguredSecret, sameSecret } from '../access/key.js';
import type { Database } from '../database/open.js';
import { message } from '../messages/message.js';
import { refuseOtherMethods } from './http/allowed-methods.js';
import { sendGraphqlError, sendJson } from './http/error-response.js';
import { endResponse, writeHead } from './http/response.js';
import { type CheckedService, checkReadiness, type Health, live, ready, shareResult } from './observability/health.js';
import { type RenderedMetrics, renderMetrics } from './observability/render-metrics.js';

const PATHS: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics']);

/** The time for which calls of `/health/ready` share a check, which sends several statements. */
const READINESS_TTL_MS = 250;

/** Serves the endpoints for operators: health and metrics. */
export interface OperationsRoutes {
  /** Responds to a request. Returns false, without a response, for any other path. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/**
 * @param isClosing Called for each request of `/health/ready`, which is 503 from the moment it returns true.
 * @param metricsKey Gives other machines access to the metrics; without it only this machine has access.
 * @param render Returns the metrics: those of this process by default.
 */
export function operationsRoutes(
  database: Database,
  service: CheckedService,
  isClosing: () => boolean,
  metricsKey?: ConfiguredSecret,
  render: () => Promise<RenderedMetrics> = renderMetrics,
): OperationsRoutes {
  const check = shareResult(() => checkReadiness(database, service), READINESS_TTL_MS);
  return {
    async answer(path, request, response) {
      if (!PATHS.has(path)) return false;
      if (refuseOtherMethods(response, 'GET', 'HEAD')) return true;
      if (path === '/health/live') sendHealth(response, live());
      else if (path === '/health/ready') sendHealth(response, ready(await check(), isClosing()));
      else if (mayReadMetrics(request, metricsKey)) {
        const { type, text } = await render();
        endResponse(writeHead(response, 200, { 'content-type': type, 'cache-control': 'no-store' }), text);
      } else {
        sendGraphqlError(response, 403, 'FORBIDDEN', message('METRICS_FORBIDDEN', {}));
      }
      return true;
    },
  };
}

const sendHealth = (response: ServerResponse, { status, body }: Health) => sendJson(response, status, body);

/**
 * Returns true for the metrics key or, if none is set, for a client on this machine. The `Host` must be local, too: a
 * page in a browser here could have the name of its site resolve to 127.0.0.1. A proxy adds a forwarding header.
 */
function mayReadMetrics({ headers, socket }: IncomingMessage, metricsKey: ConfiguredSecret | undefined): boolean {
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (metricsKey) return token !== undefined && sameSecret(token, metricsKey);
  const isForwarded = Object.keys(headers).some(name => FORWARDING_HEADER.test(name));
  return !isForwarded && LOCAL_ADDRESS.test(socket.remoteAddress ?? '') && LOCAL_HOST.test(headers.host ?? '');
}

const FORWARDING_HEADER = /^(?:forwarded|via|x-real-ip|x-forwarded-.+)$/;
const LOCAL_ADDRESS = /^(?:::1|(?:::ffff:)?127\.[\d.]+)$/;
const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
