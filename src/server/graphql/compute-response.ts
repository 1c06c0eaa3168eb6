import type { IncomingMessage } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { Context } from '../../context.js';
import { requestsFederatedTrace } from '../http/federated-trace.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { currentSummary, recordError, recordOperation } from '../observability/operation-context.js';
import { negotiateContentType } from './content-type.js';
import { type ExecutionDeps, executeOperation, type OperationResult } from './execute-operation.js';
import { invalidDocumentStatus } from './legacy-status.js';
import type { HttpOperationRequest } from './parse-request.js';
import type { Preparation } from './prepare-operation.js';

export interface ComputeDeps extends ExecutionDeps {
  apollo: ApolloServer<Context>;
  tracedApollo: ApolloServer<Context>;
}

/**
 * Computes the response to a request. A public query with plain parameters is executed directly: Apollo Server would cost
 * 0.2 ms more per request (see test/bench/RESULTS.md). All other requests take the way through Apollo Server, whose plug-in
 * executes the operation by the same function.
 */
export async function computeResponse(
  deps: ComputeDeps,
  request: IncomingMessage,
  parsed: HttpOperationRequest,
  prepared: Preparation | undefined,
  contextValue: Context,
): Promise<PreparedResponse> {
  const { accept } = request.headers;
  const contentType = negotiateContentType(accept);
  if (prepared?.errors) {
    for (const { extensions } of prepared.errors) recordError(String(extensions?.code));
    contextValue.operationState.budget = await deps.admissionControl.chargeRejected(contextValue);
    return toResponse({ status: 400, body: { errors: prepared.errors } }, contentType, accept, contextValue);
  }
  const isDirect =
    parsed.isPlain &&
    prepared?.operation.isPublicQuery &&
    contentType &&
    !requestsFederatedTrace(request, contextValue.identity);
  if (!isDirect) return executeWithApollo(deps, request, parsed, contextValue);
  recordOperation(prepared.operation);
  const variables = parsed.variables as Record<string, unknown> | null | undefined;
  const result = await executeOperation(deps, prepared.operation, variables, contextValue);
  return toResponse(result, contentType, accept, contextValue);
}

function toResponse(
  { status, body }: OperationResult,
  contentType: string | undefined,
  accept: string | undefined,
  { operationState }: Context,
): PreparedResponse {
  return {
    status: status === 400 ? invalidDocumentStatus(accept) : status,
    headers: { 'content-type': contentType ?? 'application/json; charset=utf-8' },
    body: `${JSON.stringify(body)}\n`,
    encoding: 'utf8',
    isCacheable: operationState.isCacheable,
    operation: currentSummary(),
    cost: operationState.admission?.estimated ?? 0,
  };
}

/** Executes all other requests by Apollo Server, which knows every form of a request. Its plug-in executes the operation. */
async function executeWithApollo(
  { apollo, tracedApollo }: ComputeDeps,
  request: IncomingMessage,
  { body, search }: HttpOperationRequest,
  contextValue: Context,
): Promise<PreparedResponse> {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const server = requestsFederatedTrace(request, contextValue.identity) ? tracedApollo : apollo;
  const { status, ...answer } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: (request.method ?? 'GET').toUpperCase(), headers, search, body },
    context: async () => contextValue,
  });
  // Only @defer and @stream, which the schema does not have, make responses of several parts.
  if (answer.body.kind !== 'complete') throw new Error('Apollo Server returned a response of several parts.');
  const { operationState } = contextValue;
  return {
    status: status ?? 200,
    headers: Object.fromEntries(answer.headers),
    body: answer.body.string,
    encoding: 'utf8',
    isCacheable: operationState.isCacheable,
    operation: currentSummary(),
    cost: operationState.admission?.estimated ?? 0,
  };
}
