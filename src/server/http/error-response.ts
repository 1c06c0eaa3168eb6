import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { ExportError } from '../../export/export-error.js';
import { type ErrorCode, graphqlError } from '../../graph/errors.js';
import { RETRY_AFTER_SECONDS } from '../../graph/sql/unavailable.js';
import type { Message } from '../../messages/message.js';
import type { Logger } from '../observability/logger.js';
import { recordError } from '../observability/operation-context.js';
import { RequestError } from './body.js';
import { JSON_TYPE, negotiateContentType } from './content-type.js';
import { languageOf, varyBy } from './language.js';
import { contentLanguage, localizeResult } from './localize.js';
import { formatError, toGraphqlError } from './mask-errors.js';
import { refusalHeaders } from './rate-limit-headers.js';
import { pathnameOf } from './request-target.js';
import { endResponse, writeHead } from './response.js';

/** The HTTP statuses of error codes; 400 for all others. */
const STATUS_BY_CODE: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  NOT_CAUGHT_UP: 503,
  SERVICE_UNAVAILABLE: 503,
};

/** The seconds after which a client can try again, if the error does not say; `RETRY_AFTER_SECONDS` for all others. */
const RETRY_AFTER_BY_CODE: Partial<Record<ErrorCode, number>> = {
  TOO_MANY_EXPORTS: 5,
  RATE_LIMITED: 5,
};

type CodedError = Pick<GraphQLFormattedError, 'extensions'>;

/** Returns the status of a response that an error refuses as a whole. */
export const httpStatusOf = ({ extensions }: CodedError): number =>
  STATUS_BY_CODE[extensions?.code as ErrorCode] ?? 400;

/** The challenge of a 401 (RFC 9110, 15.5.2; RFC 6750, 3): without it some clients fail, and show no error of the body. */
const CHALLENGE = { 'www-authenticate': 'Bearer realm="stedenband"' };

/**
 * Returns the header that all responses of this status have: `Retry-After` with 429 and 503, `WWW-Authenticate` with 401.
 *
 * @param error The error that refuses the request.
 */
export function statusHeaders(status: number, error?: unknown): Record<string, string> {
  if (status === 401) return CHALLENGE;
  if (status !== 429 && status !== 503) return {};
  const { extensions } = (error ?? {}) as CodedError;
  const seconds = extensions?.retryAfter ?? RETRY_AFTER_BY_CODE[extensions?.code as ErrorCode] ?? RETRY_AFTER_SECONDS;
  return { 'retry-after': String(seconds) };
}

/**
 * Returns the media type of errors: at the path of the API the one that the client prefers, since clients of GraphQL read
 * the errors of a response with status 400 and above only from `application/graphql-response+json`.
 */
const errorTypeOf = (request: IncomingMessage): string =>
  (pathnameOf(request) === '/graphql' && negotiateContentType(request.headers.accept)) || JSON_TYPE;

/** Sends JSON. A response whose head is already sent is cut off. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = JSON.stringify(body);
  const own = { 'content-type': JSON_TYPE, ...headers, 'content-length': Buffer.byteLength(text) };
  endResponse(writeHead(response, status, own), text);
}

/**
 * Sends errors in the form of GraphQL, in the language of the client, with the status of the first one unless another is
 * given.
 */
export function sendErrors(
  response: ServerResponse,
  errors: readonly GraphQLFormattedError[],
  status = httpStatusOf(errors[0] ?? {}),
  headers: Readonly<Record<string, string>> = {},
): void {
  const language = languageOf(response.req);
  if (!response.headersSent) varyBy(response, 'Accept-Language');
  sendJson(response, status, localizeResult({ errors }, language), {
    ...headers,
    'content-type': errorTypeOf(response.req),
    ...statusHeaders(status, errors[0]),
    'cache-control': 'no-store',
    'content-language': contentLanguage(errors, language),
  });
}

/** Sends one error in the form of GraphQL, and records it. */
export function sendGraphqlError(
  response: ServerResponse,
  status: number,
  code: ErrorCode,
  problem: Message,
  headers: Readonly<Record<string, string>> = {},
): void {
  recordError(code);
  sendErrors(response, [formatError(graphqlError(code, problem))], status, headers);
}

/** Sends the error that a request failed with: to the client as far as it is meant for it, else by an id of the log. */
export function sendError(request: IncomingMessage, response: ServerResponse, error: unknown, logger: Logger): void {
  // A client that disconnected during its request gets no response.
  if (request.destroyed && !request.complete) return;
  if (error instanceof RequestError) {
    sendGraphqlError(response, error.status, 'BAD_REQUEST', error.problem);
  } else if (error instanceof ExportError) {
    for (const { extensions } of error.errors) recordError(String(extensions.code));
    sendErrors(response, error.errors.map(formatError), error.status);
  } else {
    const formatted = toGraphqlError(error, logger);
    sendErrors(response, [formatted], undefined, refusalHeaders(error));
  }
}
