import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import type { Context } from '../../context.js';
import { cacheKey, sendCachedResponse } from '../cache/cached-response.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { hasJsonContentType, MAX_BODY_BYTES, MAX_ROUTER_BODY_BYTES, parseJson, readBody } from '../http/body.js';
import { jsonResponse } from '../http/error-response.js';
import { requestsFederatedTrace } from '../http/federated-trace.js';
import { rateLimitHeaders, retryAfterHeaders } from '../http/rate-limit-headers.js';
import { type PreparedResponse, sendResponse } from '../http/response.js';
import { countCache } from '../observability/metrics.js';
import { currentSummary, recordCost, recordError, recordRequest } from '../observability/operation-context.js';
import type { Service } from '../service.js';
import { invalidDocumentStatus } from './legacy-status.js';
import type { OperationRequest } from './prepare-operation.js';
import { type TrustedDocuments, trustedDocumentsFor } from './trusted-documents.js';

/**
 * GraphQL over HTTP, straight from `node:http`: a framework between them costs a third of a millisecond.
 *
 * @param reading The body, where it is being read already.
 */
export async function handleGraphqlRequest(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
  reading?: Promise<string>,
): Promise<void> {
  const { admissionControl, cache, context } = service;
  const asker = await authenticateRequest(service, request);
  const bodyLimit = asker.identity.fromRouter ? MAX_ROUTER_BODY_BYTES : MAX_BODY_BYTES;
  const text = request.method === 'POST' ? await (reading ?? readBody(request, bodyLimit)) : '';
  const key = cache && cacheKey(request, text, asker.identity);
  const kept = key === undefined ? undefined : cache?.getFresh(key);
  if (kept) return sendCachedResponse(request, response, kept, await admissionControl.chargeCached(asker, kept.cost));
  if (cache && key !== undefined) countCache('miss');
  const contextValue = context(asker.identity, asker.address);
  const { operationState } = contextValue;
  const make = () => computeResponse(service, request, text, contextValue);
  const answer = cache && key !== undefined ? await cache.getOrCompute(key, contextValue.em, make) : await make();
  // Whoever is given what another asked for at the same time pays as much.
  const isSharedInFlight = answer.isCacheable && !operationState.admission;
  const admitted = isSharedInFlight
    ? await admissionControl.chargeCached(asker, answer.cost)
    : operationState.admission;
  if (admitted) recordCost(admitted.estimated);
  const headers = { ...rateLimitHeaders(admitted), ...retryAfterHeaders(operationState.refusal) };
  const stale = answer.status === 503 && key !== undefined ? cache?.getStale(key) : undefined;
  if (!stale) return sendResponse(request, response, answer, headers);
  response.setHeader('cache-status', 'stedenband; hit; detail="the database is away"');
  sendResponse(request, response, stale, headers);
}

async function computeResponse(
  service: Service,
  request: IncomingMessage,
  text: string,
  contextValue: Context,
): Promise<PreparedResponse> {
  const sent = text !== '' && hasJsonContentType(request) ? parseJson(text) : undefined;
  const { identity } = contextValue;
  const trustedDocuments = trustedDocumentsFor(service.trustedDocuments, identity);
  const body = trustedDocuments && isObject(sent) ? trustedDocuments.resolve(sent) : sent;
  if (isObject(body))
    recordRequest((body as Partial<OperationRequest>).query, (body as Partial<OperationRequest>).operationName);
  const known =
    request.method === 'POST' && !requestsFederatedTrace(request, identity)
      ? await service.queryFastPath.execute(service, body, request.headers.accept, contextValue)
      : undefined;
  const answer = known ?? (await executeWithApollo({ ...service, trustedDocuments }, request, body, contextValue));
  answer.operation = currentSummary();
  return answer;
}

/** What Apollo answers; it alone knows all that a request can be. */
async function executeWithApollo(
  service: Service,
  request: IncomingMessage,
  body: unknown,
  contextValue: Context,
): Promise<PreparedResponse> {
  const { apollo, tracedApollo, trustedDocuments } = service;
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const url = request.url ?? '/';
  const sent = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  const search = trustedDocuments && request.method === 'GET' ? withDocumentText(trustedDocuments, sent) : sent;
  const method = (request.method ?? 'GET').toUpperCase();
  const query = isObject(body) ? (body as { query?: unknown }).query : new URLSearchParams(search).get('query');
  const errors = typeof query === 'string' ? service.validatedDocuments.validate(query) : undefined;
  if (errors) {
    for (const { extensions } of errors) recordError(String(extensions.code));
    await service.admissionControl.chargeRejected(contextValue);
    return jsonResponse(invalidDocumentStatus(request.headers.accept), { errors });
  }
  const server = requestsFederatedTrace(request, contextValue.identity) ? tracedApollo : apollo;
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers, search, body },
    context: async () => contextValue,
  });
  // Answers in parts come of @defer and @stream alone, which the schema has not.
  if (answer.body.kind !== 'complete') throw new Error('Apollo answered in parts.');
  return {
    status: answer.status ?? 200,
    headers: Object.fromEntries(answer.headers),
    body: answer.body.string,
    encoding: 'utf8',
    isCacheable: contextValue.operationState.isWhole,
    cost: contextValue.operationState.admission?.estimated ?? 0,
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The query string of a GET with the text of the document that it names. */
function withDocumentText(trusted: TrustedDocuments, search: string): string {
  const { extensions, ...sent } = Object.fromEntries(new URLSearchParams(search));
  const named: Record<string, unknown> = trusted.resolve({
    ...sent,
    ...(extensions && { extensions: parseJson(extensions) }),
  });
  if (named.query === sent.query) return search;
  const { variables, operationName, query } = named as Record<string, string | undefined>;
  const given = Object.entries({ query, variables, operationName }).filter(([, value]) => value !== undefined);
  return `?${new URLSearchParams(given as [string, string][])}`;
}
