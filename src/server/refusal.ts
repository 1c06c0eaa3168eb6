import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { Refusal } from '../export/argument.js';
import type { Answer } from './answer.js';
import { RequestError } from './body.js';
import { refusalHeaders } from './cost-headers.js';
import type { Log } from './mask.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** The statuses of codes that are no plain mistake in a request. */
const STATUSES: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429 };

/** The status that an error of a request as a whole is answered with. */
export const statusOf = ({ extensions }: GraphQLError): number => STATUSES[String(extensions.code)] ?? 400;

/** Answers with JSON; one that has begun with something else is cut off. */
export function answerJson(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** An answer in JSON that nobody else is given. */
export const jsonAnswer = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
  isWhole: false,
  cost: 0,
});

/** Answers with one error. */
export const refuse = (response: ServerResponse, status: number, code: string, message: string) =>
  answerJson(response, status, { errors: [{ message, extensions: { code } }] });

/**
 * Answers a request that failed: what was meant for the client with its own words, everything else with an id that is
 * also in the log.
 */
export function answerError(response: ServerResponse, error: unknown, log: Log): void {
  if (!response.headersSent)
    for (const [name, value] of Object.entries(refusalHeaders(error))) response.setHeader(name, value);
  if (error instanceof Refusal) return void answerJson(response, error.status, { errors: error.errors });
  const { status, ...shown } = shownError(error, log);
  answerJson(response, status, { errors: [shown] });
}

function shownError(error: unknown, log: Log): { status: number; message: string; extensions: object } {
  if (error instanceof RequestError) {
    return { status: error.status, message: error.message, extensions: { code: 'BAD_REQUEST' } };
  }
  if (error instanceof GraphQLError && error.extensions.code !== undefined) {
    const { http: _, ...extensions } = error.extensions;
    return { status: statusOf(error), message: error.message, extensions };
  }
  const id = randomUUID();
  log(`request failed ${id}`, error);
  const message = `The server failed to answer; report this id: ${id}.`;
  return { status: 500, message, extensions: { code: 'INTERNAL_SERVER_ERROR', id } };
}
