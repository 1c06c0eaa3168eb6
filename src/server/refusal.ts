import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { Refusal } from '../export/argument.js';
import { isAway, RETRY_AFTER, UnavailableError } from '../graph/away.js';
import type { Answer } from './answer.js';
import { RequestError } from './body.js';
import { refusalHeaders } from './cost-headers.js';
import { type Log, logAway } from './mask.js';
import { noteError } from './observe.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** The statuses of codes that are no plain mistake in a request. */
const STATUSES: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
};

/** The status that an error of a request as a whole is answered with. */
export const statusOf = ({ extensions }: GraphQLError): number => STATUSES[String(extensions.code)] ?? 400;

/** Answers with JSON; a response that has begun already is cut off. What is away now may be there in a moment. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = JSON.stringify(body);
  if (status === 503 && !response.hasHeader('retry-after')) response.setHeader('retry-after', RETRY_AFTER);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** An answer in JSON that nobody else is given. */
export const jsonAnswer = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
  encoding: 'utf8',
  isWhole: false,
  cost: 0,
});

/** Answers with an error of GraphQL's shape. */
export function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  noteError(code);
  answerJson(response, status, { errors: [{ message, extensions: { code } }] });
}

/**
 * Answers a request whose answer failed: what was meant for the client with its own words, everything else with an id
 * that is also in the log.
 */
export function fail(request: IncomingMessage, response: ServerResponse, error: unknown, log: Log): void {
  // A client that went away in the middle needs no answer.
  if (request.destroyed && !request.complete) return;
  if (!response.headersSent) {
    for (const [name, value] of Object.entries(refusalHeaders(error))) response.setHeader(name, value);
  }
  if (error instanceof Refusal) {
    for (const { extensions } of error.errors) noteError(String(extensions?.code));
    answerJson(response, error.status, { errors: error.errors });
  } else if (error instanceof RequestError) {
    refuse(response, error.status, 'BAD_REQUEST', error.message);
  } else if (error instanceof GraphQLError && error.extensions.code !== undefined) {
    noteError(String(error.extensions.code));
    const { http: _, ...extensions } = error.extensions;
    answerJson(response, statusOf(error), { errors: [{ message: error.message, extensions }] });
  } else if (isAway(error)) {
    logAway(log, error);
    refuse(response, 503, 'SERVICE_UNAVAILABLE', new UnavailableError().message);
  } else {
    const id = randomUUID();
    log(`request failed ${id}`, error);
    noteError('INTERNAL_SERVER_ERROR');
    const message = `The server failed to answer; report this id: ${id}.`;
    answerJson(response, 500, { errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', id } }] });
  }
}
