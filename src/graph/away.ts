import { GraphQLError } from 'graphql';

/** After this long a client may try again, in whole seconds: a connection is made again as soon as it is asked for. */
export const RETRY_AFTER = 1;

/** Errors of sockets and of name look-ups. */
const SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** SQLSTATEs that say nothing of the statement: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const SQLSTATE = /^(?:08...|53...|57P0[1-5]|58...|57014|55P03|25P03|25006|40001|40P01)$/;

/** What `pg` and its pool say without a code. */
const MESSAGE =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;

/**
 * Whether an error says that the database cannot answer now, and nothing of what it was asked: it is down, starts up,
 * goes down, does not answer in time, has no connection or no disk left, or gave a transaction up for another. The same
 * request may succeed in a moment.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause, originalError } = error as { code?: unknown; cause?: unknown; originalError?: unknown };
  if (typeof code === 'string' && (SOCKET.has(code) || SQLSTATE.test(code))) return true;
  return MESSAGE.test(error.message) || isAway(cause ?? originalError);
}

/** Whether the database gave a transaction up for another one: all of it may be tried again. */
export function isGivenUp(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '40P01' || code === '40001';
}

/** What a client is told when the database is away. */
export class UnavailableError extends GraphQLError {
  constructor() {
    super(`The register cannot be reached now; try again in ${RETRY_AFTER} s.`, {
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  }
}
