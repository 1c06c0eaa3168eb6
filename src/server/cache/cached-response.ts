import type { IncomingMessage, ServerResponse } from 'node:http';
import { ANONYMOUS } from '../../access/identity.js';
import { routerHeader } from '../../access/router.js';
import type { ChangeStream } from '../../change/stream.js';
import type { AdmissionControl, Charge } from '../../limits/admission.js';
import { readBodyCallback } from '../http/body.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import { acceptedEncodings } from '../http/content-encoding.js';
import type { CorsPolicy } from '../http/cors.js';
import { sendError } from '../http/error-response.js';
import { acceptsHtml, type RequestHandler, responseStatus } from '../http/instrument.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import { readsAfter } from '../http/read-after.js';
import { pathnameOf } from '../http/request-target.js';
import { sendResponse } from '../http/response.js';
import type { Logger } from '../observability/logger.js';
import { countCache } from '../observability/metrics.js';
import {
  finishOperation,
  operationChannel,
  recordCost,
  restoreSummary,
  startOperation,
} from '../observability/operation-context.js';
import type { OperationRecord } from '../observability/operation-record.js';
import { cacheKey } from './cache-key.js';
import type { ResponseCache } from './response-cache.js';

/**
 * Sends a response from the cache, and records its operation. Returns a promise if it has to be compressed first.
 *
 * @param cursor That of the newest change: no change up to it has made the response invalid.
 */
export function sendCachedResponse(
  request: IncomingMessage,
  response: ServerResponse,
  cached: PreparedResponse,
  charge: Charge,
  cursor: string,
  record?: OperationRecord,
): Promise<void> | undefined {
  countCache('hit');
  restoreSummary(cached.operation, record);
  recordCost(cached.cost, record);
  return sendResponse(request, response, cached, rateLimitHeaders(charge), cursor);
}

/** Marks a response of the cache that is served because the database is unavailable. */
export function markStale(response: ServerResponse): void {
  response.setHeader('cache-status', 'stedenband; hit; detail="the database is unavailable"');
}

interface CacheDeps {
  cache: ResponseCache | undefined;
  admissionControl: AdmissionControl;
  clientAddress: ClientAddressResolver;
  changes: ChangeStream;
  logger: Logger;
}

/**
 * Serves anonymous GraphQL requests straight from the response cache. Runs before routing, so that a hit allocates no
 * promise, no AsyncLocalStorage store and no context (see test/bench/RESULTS.md).
 *
 * @param next Handles all other requests. Called with the body that is being read, and with the cache key.
 */
export function serveFromCache(
  { cache, admissionControl, clientAddress, changes, logger }: CacheDeps,
  cors: CorsPolicy,
  next: RequestHandler,
): RequestHandler {
  if (!cache) return next;

  const sendHit = (
    request: IncomingMessage,
    response: ServerResponse,
    cached: PreparedResponse,
    charge: Charge,
    cursor: string,
    startedAt: number,
  ): void => {
    // No caller catches an error.
    const fail = (error: unknown) => sendError(request, response, error, logger);
    try {
      const record = startOperation('http', undefined, startedAt);
      cors.applyHeaders(request, response);
      const compressing = sendCachedResponse(request, response, cached, charge, cursor, record);
      if (!compressing) finishOperation(record, responseStatus(response), logger);
      else void compressing.then(() => finishOperation(record, responseStatus(response), logger)).catch(fail);
    } catch (error) {
      fail(error);
    }
  };

  const lookUp = (request: IncomingMessage, response: ServerResponse, text: string, startedAt: number): void => {
    const key = cacheKey(request, text, ANONYMOUS);
    const passThrough = () => next(request, response, { body: Promise.resolve(text), cacheKey: key });
    const cached = key === undefined ? undefined : cache.getFresh(key);
    // Together with the response: a change may come while it is charged.
    const { newestCursor } = changes;
    const charge =
      cached && admissionControl.chargeCached({ identity: ANONYMOUS, address: clientAddress(request) }, cached.cost);
    if (key !== undefined && !cached) countCache('miss');
    if (!charge) passThrough();
    else if (!(charge instanceof Promise)) sendHit(request, response, cached, charge, newestCursor, startedAt);
    // The handler refuses a client whose budget is spent, as it refuses all others.
    else void charge.then(charged => sendHit(request, response, cached, charged, newestCursor, startedAt), passThrough);
  };

  return (request, response) => {
    if (!isAnonymousGraphqlRequest(request)) {
      next(request, response);
      return;
    }
    const startedAt = performance.now();
    if (request.method === 'GET') {
      lookUp(request, response, '', startedAt);
      return;
    }
    readBodyCallback(request, (error, text) => {
      if (!error) {
        lookUp(request, response, text, startedAt);
        return;
      }
      const body = Promise.reject<string>(error);
      // A handler that does not read the body leaves the rejection unhandled.
      body.catch(() => undefined);
      next(request, response, { body, cacheKey: undefined });
    });
  };
}

/** Checks whether the request alone decides the response. While operations are traced, none is served from here. */
function isAnonymousGraphqlRequest(request: IncomingMessage): boolean {
  const { method, headers } = request;
  return (
    (method === 'POST' || (method === 'GET' && !acceptsHtml(request))) &&
    pathnameOf(request) === '/graphql' &&
    !headers.authorization &&
    !readsAfter(request) &&
    routerHeader(headers) === undefined &&
    headers.host !== undefined &&
    acceptedEncodings(request).length > 0 &&
    !operationChannel.hasSubscribers
  );
}
