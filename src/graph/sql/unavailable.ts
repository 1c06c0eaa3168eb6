import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError } from 'graphql';

/** After this long a client may try again, in whole seconds: a connection is made again as soon as it is asked for. */
export const RETRY_AFTER_SECONDS = 1;

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
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause, originalError } = error as { code?: unknown; cause?: unknown; originalError?: unknown };
  if (typeof code === 'string' && (SOCKET.has(code) || SQLSTATE.test(code))) return true;
  return MESSAGE.test(error.message) || isDatabaseUnavailable(cause ?? originalError);
}

/** Of two writers that stand in each other's way the database gives one up; it goes again, this often, as a whole. */
const MAX_RETRIES = 3;
/** Before the first retry at most this long, twice as long before each next one, at random; in milliseconds. */
const BACKOFF_BASE_MS = 50;

/**
 * Whether a whole transaction is to be made again, as the database gave it up for another one: a deadlock, or one that
 * cannot be serialised. Settles after a pause, so that the two do not meet again.
 *
 * @param retry How often it was made again already.
 */
export async function shouldRetryTransaction(error: unknown, retry: number): Promise<boolean> {
  const { code } = error as { code?: unknown };
  if ((code !== '40P01' && code !== '40001') || retry >= MAX_RETRIES) return false;
  await sleep(Math.random() * BACKOFF_BASE_MS * 2 ** retry);
  return true;
}

/** Whether a client is told that the database is away. */
export function hasUnavailableError(errors: readonly { extensions?: { code?: unknown } }[] | undefined): boolean {
  return errors?.some(({ extensions }) => extensions?.code === UNAVAILABLE_CODE) === true;
}

const UNAVAILABLE_CODE = 'SERVICE_UNAVAILABLE';

/** What a client is told when the database is away. */
export class DatabaseUnavailableError extends GraphQLError {
  constructor() {
    super(`The register cannot be reached now; try again in ${RETRY_AFTER_SECONDS} s.`, {
      extensions: { code: UNAVAILABLE_CODE },
    });
  }
}
