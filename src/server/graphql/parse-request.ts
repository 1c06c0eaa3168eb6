import type { IncomingMessage } from 'node:http';
import { message } from '../../messages/message.js';
import { hasJsonContentType, parseJson, RequestError, readJson } from '../http/body.js';
import { searchOf } from '../http/request-target.js';
import type { OperationRequest } from './prepare-operation.js';
import type { TrustedDocuments } from './trusted-documents.js';

/** A request of GraphQL over HTTP. `body` and `search` are for Apollo Server, the others are read from them. */
export interface HttpOperationRequest {
  body: unknown;
  /** The query string of a GET, with its question mark. */
  search: string;
  query: string | undefined;
  operationName: unknown;
  variables: unknown;
  /** The hash of a persisted query that is requested without its text. */
  hash: string | undefined;
  /** True for a POST with no other parameters than these, each of its type. */
  isPlain: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextOrMissing = (value: unknown): boolean => value === undefined || value === null || typeof value === 'string';
const isObjectOrMissing = (value: unknown): boolean => value === undefined || value === null || isObject(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * Reads a request of GraphQL over HTTP. A request of another form is left to Apollo Server, which refuses it.
 *
 * @param text The body.
 * @throws RequestError and InputError as `parseJson`, GraphQLError as `TrustedDocuments.resolve`.
 */
export function parseHttpRequest(
  request: IncomingMessage,
  text: string,
  trusted: TrustedDocuments | undefined,
): HttpOperationRequest {
  if (request.method !== 'POST') return fromSearch(searchOf(request), trusted);
  const sent = text !== '' && hasJsonContentType(request) ? parseJson(text) : undefined;
  const body = trusted && isObject(sent) ? trusted.resolve(sent) : sent;
  const { query, operationName, variables, ...more } = isObject(body) ? body : {};
  return {
    body,
    search: searchOf(request),
    query: textOf(query),
    operationName,
    variables,
    hash: query === undefined || query === null ? hashOf(more.extensions) : undefined,
    isPlain:
      typeof query === 'string' &&
      isTextOrMissing(operationName) &&
      isObjectOrMissing(variables) &&
      Object.keys(more).length === 0,
  };
}

/**
 * Returns the parameters of a query string.
 *
 * @throws RequestError 400 for one that occurs twice: another reader could take the other value.
 */
function parametersOf(search: string): Record<string, string> {
  const parameters = new URLSearchParams(search);
  const names = new Set<string>();
  for (const name of parameters.keys()) {
    // The words of Apollo Server, whose integration tests match them.
    if (names.has(name)) throw new RequestError(400, message('PARAMETER_REPEATED', { name: name.slice(0, 60) }));
    names.add(name);
  }
  return Object.fromEntries(parameters);
}

/** Matches an empty name of an operation, which is as if it were left out: GraphQL over HTTP, "GET". */
const EMPTY_OPERATION_NAME = /(?<=[?&])operationName=?(?:&|$)/;

function fromSearch(sent: string, trusted: TrustedDocuments | undefined): HttpOperationRequest {
  const resolved = trusted ? withDocumentText(trusted, sent) : sent;
  const { query, operationName, extensions } = parametersOf(resolved);
  const search = operationName === '' ? resolved.replace(EMPTY_OPERATION_NAME, '') : resolved;
  const hash = query === undefined && extensions ? hashOf(jsonOrUndefined(extensions)) : undefined;
  return {
    body: undefined,
    search,
    query,
    operationName: operationName || undefined,
    variables: undefined,
    hash,
    isPlain: false,
  };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the hash of a persisted query: https://www.apollographql.com/docs/graphos/operations/persisted-queries. */
function hashOf(extensions: unknown): string | undefined {
  const persistedQuery = isObject(extensions) ? extensions.persistedQuery : undefined;
  return isObject(persistedQuery) ? textOf(persistedQuery.sha256Hash) : undefined;
}

/** Returns the query string of a GET with the text of the document that it references. */
function withDocumentText(trusted: TrustedDocuments, search: string): string {
  const { extensions, ...sent } = parametersOf(search);
  const resolved: Record<string, unknown> = trusted.resolve({
    ...sent,
    ...(extensions && { extensions: parseJson(extensions, 'extensions') }),
  });
  if (resolved.query === sent.query) return search;
  const { variables, operationName, query } = resolved as Record<string, string | undefined>;
  const parameters = Object.entries({ query, variables, operationName }).filter(([, value]) => value !== undefined);
  return `?${new URLSearchParams(parameters as [string, string][])}`;
}

/**
 * Reads the request of a stream: from the query string of a GET, from the JSON of a POST.
 *
 * @throws RequestError for a parameter that is missing or has another type, and as `readJson` does.
 */
export async function parseOperationRequest(
  request: IncomingMessage,
  trusted?: TrustedDocuments,
): Promise<OperationRequest> {
  const sent = ((request.method === 'GET' ? fromSearchParams(request) : await readJson(request)) ?? {}) as object;
  const { query, operationName, variables } = (trusted?.resolve(sent) ?? sent) as Record<string, unknown>;
  if (typeof query !== 'string') throw new RequestError(400, message('QUERY_NOT_TEXT', {}));
  if (!isTextOrMissing(operationName)) throw new RequestError(400, message('OPERATION_NAME_NOT_TEXT', {}));
  if (!isObjectOrMissing(variables)) throw new RequestError(400, message('VARIABLES_NOT_OBJECT', {}));
  return {
    query,
    operationName: operationName as string | null,
    variables: variables as Record<string, unknown> | null,
  };
}

function fromSearchParams(request: IncomingMessage): Record<string, unknown> {
  const { variables, extensions, operationName, ...sent } = parametersOf(searchOf(request));
  return {
    ...sent,
    operationName: operationName || null,
    variables: variables === undefined ? null : parseJson(variables, 'variables'),
    ...(extensions && { extensions: parseJson(extensions, 'extensions') }),
  };
}
