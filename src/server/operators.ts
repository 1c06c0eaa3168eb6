import type { IncomingMessage, ServerResponse } from 'node:http';
import { sameSecret } from '../access/key.js';
import type { Database } from '../database/open.js';
import { type Health, live, ready } from './health.js';
import { shownMetrics } from './metrics.js';
import { answerJson, refuse } from './refusal.js';
import type { Service } from './service.js';

/** Answers the addresses for operators: health and metrics. */
export interface OperatorRoutes {
  /** False when the path is none of them. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/**
 * @param isClosing Whether the server is about to stop: it is no longer ready then, so that no more is sent to it.
 * @param metricsKey Opens the metrics to other machines; without it they are for this one alone.
 */
export function operatorRoutes(
  database: Database,
  service: Service,
  isClosing: () => boolean,
  metricsKey?: string,
): OperatorRoutes {
  return {
    async answer(path, request, response) {
      if (path === '/health/live') answer(response, live());
      else if (path === '/health/ready') answer(response, await ready(database, service, isClosing()));
      else if (path !== '/metrics') return false;
      else if (mayMeasure(request, metricsKey)) {
        const { type, text } = await shownMetrics();
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
      } else {
        refuse(
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

const answer = (response: ServerResponse, { status, body }: Health) => answerJson(response, status, body);

/** A proxy on this machine asks for others, and says so in a header. */
function mayMeasure({ headers, socket }: IncomingMessage, metricsKey: string | undefined): boolean {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (metricsKey) return given !== undefined && sameSecret(given, metricsKey);
  const isForwarded = 'forwarded' in headers || 'x-forwarded-for' in headers || 'via' in headers;
  return !isForwarded && /^(?:::1|(?:::ffff:)?127\.[\d.]+)$/.test(socket.remoteAddress ?? '');
}
