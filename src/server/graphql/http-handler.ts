import type { IncomingMessage, ServerResponse } from 'node:http';
import { OperationTypeNode } from 'graphql';
import type { Authenticator } from '../../access/authenticate.js';
import type { Identity } from '../../access/identity.js';
import type { ChangeStream } from '../../change/stream.js';
import type { Context } from '../../context.js';
import type { Fork } from '../../graph/sql/fork.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import { cacheKey } from '../cache/cache-key.js';
import type { CacheTags } from '../cache/cache-tags.js';
import { markStale, sendCachedResponse } from '../cache/cached-response.js';
import type { ResponseCache } from '../cache/response-cache.js';
import { checkMethod } from '../http/allowed-methods.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { bindMoment } from '../http/bind-moment.js';
import { MAX_BODY_BYTES, MAX_ROUTER_BODY_BYTES, readBody } from '../http/body.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import { statusHeaders } from '../http/error-response.js';
import type { PrereadRequest } from '../http/instrument.js';
import { requestedMoment } from '../http/known-at.js';
import { varyBy } from '../http/language.js';
import { budgetHeaders, rateLimitHeaders } from '../http/rate-limit-headers.js';
import { waitForChange } from '../http/read-after.js';
import { registerStateOf } from '../http/register-state.js';
import { sendResponse } from '../http/response.js';
import { selectEncoding } from '../http/select-encoding.js';
import { countCache } from '../observability/metrics.js';
import { recordCost, recordQuery } from '../observability/operation-context.js';
import { type ComputeDeps, computeResponse } from './compute-response.js';
import type { DocumentStore } from './document-store.js';
import { type HttpOperationRequest, parseHttpRequest } from './parse-request.js';
import { chargeNewDocument, type Preparation, prepareOperation } from './prepare-operation.js';
import { type TrustedDocuments, trustedDocumentsFor } from './trusted-documents.js';

/** The dependencies of GraphQL over HTTP. */
export interface HttpHandlerDeps extends ComputeDeps {
  authenticator: Authenticator;
  cache: ResponseCache | undefined;
  cacheTags: CacheTags | undefined;
  clientAddress: ClientAddressResolver;
  documents: DocumentStore;
  changes: ChangeStream;
  fork(): Fork;
  trustedDocuments: TrustedDocuments | undefined;
  context(identity: Identity, address?: string, acceptLanguage?: string): Context;
}

/**
 * Handles GraphQL over HTTP, straight from `node:http`: a framework would cost 0.3 ms per request.
 *
 * @param preread The part of the request that was read for a look-up in the response cache, which was a miss.
 */
export async function handleGraphqlRequest(
  deps: HttpHandlerDeps,
  request: IncomingMessage,
  response: ServerResponse,
  preread?: PrereadRequest,
): Promise<void> {
  const { admissionControl } = deps;
  selectEncoding(request, response);
  const requester = await authenticateRequest(deps, request);
  const { identity, address } = requester;
  const maxBytes = identity.fromRouter ? MAX_ROUTER_BODY_BYTES : MAX_BODY_BYTES;
  const { text, parsed, moment } = await chargeIfRefused(admissionControl, requester, response, async () => {
    checkMethod(response, 'GET', 'POST');
    const text = request.method === 'POST' ? await (preread?.body ?? readBody(request, maxBytes)) : '';
    const parsed = parseHttpRequest(request, text, trustedDocumentsFor(deps.trustedDocuments, identity));
    const moment = requestedMoment(request);
    await waitForChange(deps.changes, deps.fork, request);
    return { text, parsed, moment };
  });
  recordQuery(parsed.query);
  const prepared = await prepare(deps, parsed, requester);

  // Mutations are neither looked up nor shared with identical requests.
  const isQuery = prepared?.operation?.node.operation === OperationTypeNode.QUERY;
  const cache = isQuery ? deps.cache : undefined;
  const key = cache && (preread ? preread.cacheKey : cacheKey(request, text, identity));
  if (cache && key !== undefined && !preread) {
    const cached = cache.getFresh(key);
    if (cached) {
      const { newestCursor } = deps.changes;
      const charge = await admissionControl.chargeCached(requester, cached.cost);
      return sendCachedResponse(request, response, cached, charge, newestCursor);
    }
    countCache('miss');
  }

  const contextValue = deps.context(identity, address, request.headers['accept-language']);
  const { operationState } = contextValue;
  if (moment !== undefined && !prepared?.errors) {
    const bind = () => bindMoment(contextValue, moment, prepared?.operation);
    await chargeIfRefused(admissionControl, requester, response, bind);
  }
  operationState.showsRegister = request.method !== 'GET' || contextValue.knownAt !== undefined;
  const computeUntagged = () => computeResponse(deps, request, parsed, prepared, contextValue);
  const { cacheTags } = deps;
  const compute =
    cacheTags && request.method === 'GET' ? () => cacheTags.tag(contextValue, computeUntagged) : computeUntagged;
  const computed = cache && key !== undefined ? await cache.getOrCompute(key, contextValue, compute) : await compute();
  // A client that shares the response of another request is charged as much.
  const isShared = computed.isCacheable && !operationState.admission;
  const charge = isShared ? await admissionControl.chargeCached(requester, computed.cost) : operationState.admission;
  if (charge) recordCost(charge.estimated);
  // Apollo Server refused the request by its form: a batch, another content type, no query.
  else operationState.budget ??= await admissionControl.chargeRejected(requester);
  const stale = computed.status === 503 && key !== undefined ? cache?.getStale(key) : undefined;
  if (stale) markStale(response);
  const sent = stale ?? computed;
  if (sent.variesByLanguage) varyBy(response, 'Accept-Language');
  const ofStatus = statusHeaders(sent.status, operationState.refusal);
  const rateLimit = operationState.budget ? budgetHeaders(operationState.budget) : rateLimitHeaders(charge);
  const { cursor } = sent.isRefused ? {} : registerStateOf(contextValue);
  return sendResponse(request, response, sent, { ...rateLimit, ...ofStatus }, cursor);
}

/** The prefix of Apollo Server for persisted queries in its cache. */
const PERSISTED_QUERY_PREFIX = 'apq:';

/**
 * Finds the operation of a request, and charges its document if it is new. Undefined if it has no document, or another
 * form than Apollo Server accepts.
 *
 * @throws RateLimitError.
 */
async function prepare(
  deps: HttpHandlerDeps,
  { query, operationName, hash }: HttpOperationRequest,
  requester: RateLimitSubject,
): Promise<Preparation | undefined> {
  const { documents } = deps;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return undefined;
  const text = query ?? (await persistedQuery(deps, hash));
  if (text !== undefined) {
    await chargeNewDocument(deps, text, requester);
    return prepareOperation(documents, { query: text, operationName });
  }
  const operation = hash === undefined ? undefined : documents.getByHash(hash)?.operation(operationName);
  return operation && { operation };
}

/** Returns the text of a persisted query that was registered, but is not stored any more: Apollo Server would parse it. */
async function persistedQuery({ documents }: HttpHandlerDeps, hash: string | undefined): Promise<string | undefined> {
  if (hash === undefined || documents.getByHash(hash)) return undefined;
  return documents.persistedQueries.get(PERSISTED_QUERY_PREFIX + hash);
}
