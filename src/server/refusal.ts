import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { AccessError } from '../access/identity.js';
import { Refusal } from '../export/argument.js';
import { isAway, RETRY_AFTER, UnavailableError } from '../graph/away.js';
import { RequestError } from './body.js';
import { type Log, logAway } from './mask.js';
import { noteError } from './observe.js';

/** Answers with JSON; a response that has begun already is cut off. What is away now may be there in a moment. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = JSON.stringify(body);
  if (status === 503 && !response.hasHeader('retry-after')) response.setHeader('retry-after', RETRY_AFTER);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** The HTTP status that errors of GraphQL stand for, when it is not that of an answer. */
export function statusOf(errors: readonly GraphQLError[]): number | undefined {
  const { code, http } = (errors[0]?.extensions ?? {}) as { code?: string; http?: { status: number } };
  return code === 'SERVICE_UNAVAILABLE' ? 503 : http?.status;
}

/** Answers with an error of GraphQL's shape. */
export function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  noteError(code);
  answerJson(response, status, { errors: [{ message, extensions: { code } }] });
}

/** Answers a request whose answer failed. */
export function fail(request: IncomingMessage, response: ServerResponse, error: unknown, log: Log): void {
  // A client that went away in the middle needs no answer.
  if (request.destroyed && !request.complete) return;
  if (error instanceof Refusal) {
    for (const { extensions } of error.errors) noteError(String(extensions?.code));
    answerJson(response, error.status, { errors: error.errors });
  } else if (error instanceof RequestError) {
    refuse(response, error.status, 'BAD_REQUEST', error.message);
  } else if (error instanceof AccessError) {
    refuse(response, 401, error.code, error.message);
  } else if (error instanceof GraphQLError) {
    noteError(String(error.extensions.code));
    answerJson(response, statusOf([error]) ?? 400, { errors: [error] });
  } else if (isAway(error)) {
    logAway(log, error);
    refuse(response, 503, 'SERVICE_UNAVAILABLE', new UnavailableError().message);
  } else {
    log('request failed', error);
    refuse(response, 500, 'INTERNAL_SERVER_ERROR', 'The server failed to answer.');
  }
}
