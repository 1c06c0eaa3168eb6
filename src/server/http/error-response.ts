import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { ExportError } from '../../export/export-error.js';
import { DatabaseUnavailableError, isDatabaseUnavailable, RETRY_AFTER_SECONDS } from '../../graph/sql/unavailable.js';
import type { Logger } from '../observability/logger.js';
import { recordError } from '../observability/operation-context.js';
import { RequestError } from './body.js';
import { logDatabaseUnavailable } from './mask-errors.js';
import { retryAfterHeaders } from './rate-limit-headers.js';
import type { PreparedResponse } from './response.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** The statuses of codes that are no plain mistake in a request. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
};

/** The status that an error of a request as a whole is answered with. */
export const httpStatusOf = ({ extensions }: GraphQLError): number => STATUS_BY_CODE[String(extensions.code)] ?? 400;

/** Answers with JSON; a response that has begun already is cut off. What is away now may be there in a moment. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = JSON.stringify(body);
  if (status === 503 && !response.hasHeader('retry-after')) response.setHeader('retry-after', RETRY_AFTER_SECONDS);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** An answer in JSON that nobody else is given. */
export const jsonResponse = (status: number, body: unknown): PreparedResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
  encoding: 'utf8',
  isCacheable: false,
  cost: 0,
});

/** Answers with an error of GraphQL's shape. */
export function sendGraphqlError(response: ServerResponse, status: number, code: string, message: string): void {
  recordError(code);
  sendJson(response, status, { errors: [{ message, extensions: { code } }] });
}

/**
 * Answers a request whose answer failed: what was meant for the client with its own words, everything else with an id
 * that is also in the log.
 */
export function sendError(request: IncomingMessage, response: ServerResponse, error: unknown, log: Logger): void {
  // A client that went away in the middle needs no answer.
  if (request.destroyed && !request.complete) return;
  if (!response.headersSent) {
    for (const [name, value] of Object.entries(retryAfterHeaders(error))) response.setHeader(name, value);
  }
  if (error instanceof ExportError) {
    for (const { extensions } of error.errors) recordError(String(extensions?.code));
    sendJson(response, error.status, { errors: error.errors });
  } else if (error instanceof RequestError) {
    sendGraphqlError(response, error.status, 'BAD_REQUEST', error.message);
  } else if (error instanceof GraphQLError && error.extensions.code !== undefined) {
    recordError(String(error.extensions.code));
    const { http: _, ...extensions } = error.extensions;
    sendJson(response, httpStatusOf(error), { errors: [{ message: error.message, extensions }] });
  } else if (isDatabaseUnavailable(error)) {
    logDatabaseUnavailable(log, error);
    sendGraphqlError(response, 503, 'SERVICE_UNAVAILABLE', new DatabaseUnavailableError().message);
  } else {
    const id = randomUUID();
    log(`request failed ${id}`, error);
    recordError('INTERNAL_SERVER_ERROR');
    const message = `The server failed to answer; report this id: ${id}.`;
    sendJson(response, 500, { errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', id } }] });
  }
}
