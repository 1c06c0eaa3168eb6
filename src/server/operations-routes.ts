import type { IncomingMessage, ServerResponse } from 'node:http';
import { sameSecret } from '../access/key.js';
import type { FeedState } from '../change/feed-lag.js';
import type { Database } from '../database/open.js';
import { sendGraphqlError, sendJson } from './http/error-response.js';
import { writeHead } from './http/response.js';
import { type Health, live, ready } from './observability/health.js';
import { renderMetrics } from './observability/metrics.js';

/** Answers the addresses for operators: health and metrics. */
export interface OperationsRoutes {
  /** False when the path is none of them. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/**
 * @param isClosing Whether the server is about to stop: it is no longer ready then, so that no more is sent to it.
 * @param metricsKey Opens the metrics to other machines; without it they are for this one alone.
 */
export function operationsRoutes(
  database: Database,
  feed: FeedState,
  isClosing: () => boolean,
  metricsKey?: string,
): OperationsRoutes {
  return {
    async answer(path, request, response) {
      if (path === '/health/live') answer(response, live());
      else if (path === '/health/ready') answer(response, await ready(database, feed, isClosing()));
      else if (path !== '/metrics') return false;
      else if (mayReadMetrics(request, metricsKey)) {
        const { type, text } = await renderMetrics();
        writeHead(response, 200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
      } else {
        sendGraphqlError(
          response,
          403,
          'FORBIDDEN',
          'Metrics are for this machine, or for whoever sends METRICS_KEY as a Bearer token.',
        );
      }
      return true;
    },
  };
}

const answer = (response: ServerResponse, { status, body }: Health) => sendJson(response, status, body);

/** A proxy on this machine asks for others, and says so in a header. */
function mayReadMetrics({ headers, socket }: IncomingMessage, metricsKey: string | undefined): boolean {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (metricsKey) return given !== undefined && sameSecret(given, metricsKey);
  const isForwarded = 'forwarded' in headers || 'x-forwarded-for' in headers || 'via' in headers;
  return !isForwarded && /^(?:::1|(?:::ffff:)?127\.[\d.]+)$/.test(socket.remoteAddress ?? '');
}
