import type { IncomingMessage, ServerResponse } from 'node:http';
import { ANONYMOUS, type Identity } from '../../access/identity.js';
import { routerHeader } from '../../access/router.js';
import type { Charge } from '../../limits/admission.js';
import { hasJsonContentType, readBodyCallback } from '../http/body.js';
import type { CorsPolicy } from '../http/cors.js';
import { sendError } from '../http/error-response.js';
import { requestsFederatedTrace } from '../http/federated-trace.js';
import { acceptsHtml, pathnameOf, type RequestHandler, responseStatus } from '../http/instrument.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import { type PreparedResponse, sendResponse } from '../http/response.js';
import { countCache } from '../observability/metrics.js';
import {
  finishOperation,
  operationChannel,
  recordCost,
  restoreSummary,
  startOperation,
} from '../observability/operation-context.js';
import type { OperationRecord } from '../observability/operation-record.js';
import type { Service } from '../service.js';

/**
 * What decides an answer: the request, whoever asks, and what form is wanted. Undefined for a request that is not plain
 * GraphQL, so that Apollo's rules against forged requests see it.
 */
export function cacheKey(request: IncomingMessage, text: string, identity: Identity): string | undefined {
  const { method, url, headers } = request;
  if (requestsFederatedTrace(request, identity)) return undefined;
  const who = `${identity.fromRouter ? 'router for ' : ''}${identity.actor}\n${headers.accept ?? ''}\n`;
  if (method === 'POST') return hasJsonContentType(request) && text ? who + text : undefined;
  if (method !== 'GET' || !(headers['apollo-require-preflight'] || hasJsonContentType(request))) return undefined;
  return `${who}GET ${url}`;
}

/** Gives an answer that is kept, and notes it of the operation that asks. */
export function sendCachedResponse(
  request: IncomingMessage,
  response: ServerResponse,
  kept: PreparedResponse,
  paid: Charge,
  observed?: OperationRecord,
): void {
  countCache('hit');
  restoreSummary(kept.operation, observed);
  recordCost(kept.cost, observed);
  sendResponse(request, response, kept, rateLimitHeaders(paid));
}

/**
 * Gives what is kept to whoever shows no key, before anything is set up that only the making of an answer needs: the
 * promises, and the context of what is noted while it runs (what that gains stands in `test/bench/RESULTS.md`).
 *
 * @param otherwise Answers all else; it is handed the body that is being read.
 */
export function serveFromCache(service: Service, origins: CorsPolicy, otherwise: RequestHandler): RequestHandler {
  const { cache, admissionControl, clientAddress, logger } = service;
  if (!cache) return otherwise;

  const sendHit = (
    request: IncomingMessage,
    response: ServerResponse,
    kept: PreparedResponse,
    paid: Charge,
    began: number,
  ): void => {
    try {
      const observed = startOperation('http', undefined, began);
      origins.applyHeaders(request, response);
      sendCachedResponse(request, response, kept, paid, observed);
      finishOperation(observed, responseStatus(response), logger);
    } catch (error) {
      // Nobody above waits for it.
      sendError(request, response, error, logger);
    }
  };

  const lookUp = (request: IncomingMessage, response: ServerResponse, text: string, began: number): void => {
    const goOn = () => otherwise(request, response, Promise.resolve(text));
    const key = cacheKey(request, text, ANONYMOUS);
    const kept = key === undefined ? undefined : cache.getFresh(key);
    const paid =
      kept && admissionControl.chargeCached({ identity: ANONYMOUS, address: clientAddress(request) }, kept.cost);
    if (!paid) goOn();
    else if (!(paid instanceof Promise)) sendHit(request, response, kept, paid, began);
    // Who cannot pay is told so where all others are.
    else void paid.then(its => sendHit(request, response, kept, its, began), goOn);
  };

  return (request, response) => {
    if (!isAnonymousGraphqlRequest(request)) {
      otherwise(request, response);
      return;
    }
    const began = performance.now();
    if (request.method === 'GET') {
      lookUp(request, response, '', began);
      return;
    }
    readBodyCallback(request, (error, text) => {
      if (!error) {
        lookUp(request, response, text, began);
        return;
      }
      const failed = Promise.reject<string>(error);
      // Whoever reads it is told; nobody need.
      failed.catch(() => undefined);
      otherwise(request, response, failed);
    });
  };
}

/** Whether a request can be answered by looking at nothing but itself; while operations are traced, none can. */
function isAnonymousGraphqlRequest(request: IncomingMessage): boolean {
  const { method, headers } = request;
  return (
    (method === 'POST' || (method === 'GET' && !acceptsHtml(request))) &&
    pathnameOf(request) === '/graphql' &&
    headers.authorization === undefined &&
    routerHeader(headers) === undefined &&
    headers.host !== undefined &&
    !operationChannel.hasSubscribers
  );
}
