import type { IncomingMessage } from 'node:http';
import { OperationTypeNode } from 'graphql';
import type { Context } from '../../context.js';
import { serializeResult } from '../../graph/execute/json-list.js';
import { withoutParameters } from '../http/accept.js';
import { JSON_TYPE, negotiateContentType } from '../http/content-type.js';
import { requestsFederatedTrace } from '../http/federated-trace.js';
import { contentLanguage, hasErrors, localizeResult } from '../http/localize.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { currentSummary, recordError, recordOperation } from '../observability/operation-context.js';
import type { ApolloOnDemand } from './apollo-on-demand.js';
import { type ExecutionDeps, executeOperation, type OperationResult } from './execute-operation.js';
import { invalidDocumentStatus } from './legacy-status.js';
import type { HttpOperationRequest } from './parse-request.js';
import type { Preparation } from './prepare-operation.js';

export interface ComputeDeps extends ExecutionDeps {
  apollo: ApolloOnDemand;
  tracedApollo: ApolloOnDemand;
}

/**
 * Computes the response to a request. A query or mutation with plain parameters is executed directly: Apollo Server would cost
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
    prepared &&
    prepared.operation.node.operation !== OperationTypeNode.SUBSCRIPTION &&
    contentType &&
    !requestsFederatedTrace(request, contextValue.identity);
  if (!isDirect) return executeWithApollo(deps, request, parsed, contextValue);
  recordOperation(prepared.operation);
  const variables = parsed.variables as Record<string, unknown> | null | undefined;
  const result = await executeOperation(deps, prepared.operation, variables, contextValue, true);
  return toResponse(result, contentType, accept, contextValue);
}

function toResponse(
  { status, body }: OperationResult,
  contentType: string | undefined,
  accept: string | undefined,
  contextValue: Context,
): PreparedResponse {
  const { errors } = body;
  return prepareResponse(
    status === 400 ? invalidDocumentStatus(accept) : status,
    { 'content-type': contentType ?? JSON_TYPE },
    `${serializeResult(errors ? localizeResult(body, contextValue.messageLanguage) : body)}\n`,
    body,
    contextValue,
  );
}

/**
 * Completes a response. Without errors it is the same in every language, except that of a mutation, whose `userErrors` have
 * messages: caches need one copy of it. With errors, or about the client, it is stored by none, except that Apollo Server
 * lets caches revalidate what automatic persisted queries miss.
 *
 * @param result Its errors are those of the body, before they were translated; undefined without errors.
 */
function prepareResponse(
  status: number,
  headers: Record<string, string>,
  body: string,
  result: OperationResult['body'] | undefined,
  contextValue: Context,
): PreparedResponse {
  const { operationState } = contextValue;
  const errors = result?.errors;
  const isRefused = errors !== undefined && result?.data === undefined;
  const operation = currentSummary();
  if (errors || operationState.isMomentary) headers['cache-control'] ??= 'no-store';
  if (errors) headers['content-language'] = contentLanguage(errors, contextValue.messageLanguage);
  return {
    status,
    headers,
    body,
    encoding: 'utf8',
    isCacheable: operationState.isCacheable,
    isForever: operationState.isForever,
    operation,
    cost: operationState.admission?.estimated ?? 0,
    isRefused,
    knownAt: isRefused ? undefined : contextValue.knownAt,
    variesByLanguage: errors !== undefined || operation?.type === 'mutation',
  };
}

/** Executes all other requests by Apollo Server, which knows every form of a request. Its plug-in executes the operation. */
async function executeWithApollo(
  { apollo, tracedApollo }: ComputeDeps,
  request: IncomingMessage,
  { body, search }: HttpOperationRequest,
  contextValue: Context,
): Promise<PreparedResponse> {
  const { accept, ...others } = request.headers;
  const headers = Object.entries(others).map(([name, value = '']): [string, string] => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  if (accept !== undefined) headers.push(['accept', withoutParameters(accept)]);
  const server = requestsFederatedTrace(request, contextValue.identity) ? tracedApollo : apollo;
  const method = (request.method ?? 'GET').toUpperCase();
  const { status, ...answer } = await server.execute({ method, headers, search, body }, contextValue);
  // Only @defer and @stream, which the schema does not have, make responses of several parts.
  if (answer.body.kind !== 'complete') throw new Error('Apollo Server returned a response of several parts.');
  const { string } = answer.body;
  const result: OperationResult['body'] | undefined = hasErrors(string) ? JSON.parse(string) : undefined;
  const text = result ? `${JSON.stringify(localizeResult(result, contextValue.messageLanguage))}\n` : string;
  return prepareResponse(status ?? 200, Object.fromEntries(answer.headers), text, result, contextValue);
}
