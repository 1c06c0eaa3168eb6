import type { IncomingMessage } from 'node:http';
import { RequestError, readJson } from '../http/body.js';
import type { OperationRequest } from './prepare-operation.js';
import type { TrustedDocuments } from './trusted-documents.js';

/**
 * The operation that a request asks for: in the address with GET, as JSON with POST.
 *
 * @throws RequestError for one that is incomplete, and as `readJson` does.
 */
export async function parseOperationRequest(
  request: IncomingMessage,
  trusted?: TrustedDocuments,
): Promise<OperationRequest> {
  const sent = ((request.method === 'GET' ? fromSearchParams(request) : await readJson(request)) ?? {}) as object;
  const { query, operationName, variables } = (trusted?.resolve(sent) ?? sent) as Record<string, unknown>;
  if (typeof query !== 'string')
    throw new RequestError(400, 'query must be a string: send it as JSON with POST, or in the address with GET.');
  if (operationName != null && typeof operationName !== 'string')
    throw new RequestError(400, 'operationName must be a string.');
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables)))
    throw new RequestError(400, 'variables must be an object.');
  return {
    query,
    operationName: operationName as string | null,
    variables: variables as Record<string, unknown> | null,
  };
}

function fromSearchParams(request: IncomingMessage): Record<string, unknown> {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const variables = searchParams.get('variables');
  try {
    return { ...Object.fromEntries(searchParams), variables: variables === null ? null : JSON.parse(variables) };
  } catch {
    throw new RequestError(400, 'variables must be JSON.');
  }
}
