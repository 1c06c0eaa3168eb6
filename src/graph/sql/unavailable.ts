import { setTimeout as sleep } from 'node:timers/promises';
import { OptimisticLockError } from '@mikro-orm/core';
import { message } from '../../messages/message.js';
import { ClientError, type ErrorCode } from '../errors.js';
import { sqlStateOf } from './sql-state.js';

/** The `Retry-After` of a client whose request failed because the database is unavailable. */
export const RETRY_AFTER_SECONDS = 1;

/** Error codes of sockets and of DNS. */
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

/** SQLSTATEs whose cause is not the statement: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const SQLSTATE = /^(?:08...|53...|57P0[1-5]|58...|57014|55P03|25P0[34]|25006|40001|40P01)$/;

/** Messages of `pg` and its pool that come without a code. */
const MESSAGE =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;

/**
 * Returns whether an error means that the database is unavailable, regardless of the statement: it is down, starting or
 * stopping, timed out, has no connection or disk space left, or aborted a transaction in favour of another. The same
 * request may succeed later.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause, originalError } = error as { code?: unknown; cause?: unknown; originalError?: unknown };
  if (typeof code === 'string' && (SOCKET.has(code) || SQLSTATE.test(code))) return true;
  return MESSAGE.test(error.message) || isDatabaseUnavailable(cause ?? originalError);
}

/** SQLSTATEs of a reference to a row that another transaction removed, or that is not there because of one. */
const REFERENCE_LOST = new Set(['23502', '23503']);

/** The number of retries of a transaction that the database aborted. */
const MAX_RETRIES = 3;
/** The upper bound of the random pause before the first retry; it doubles with each retry. */
const BACKOFF_BASE_MS = 50;

/**
 * Runs a whole transaction, and again if the database aborted it because of a deadlock or a serialisation failure, or another
 * transaction changed a record that this one had read without a lock. Once more, too, if a record that this one refers to was
 * withdrawn meanwhile, or a source took the id of a new one: the next attempt tells which.
 *
 * @param attempt Called once per attempt.
 * @throws The error of the last attempt.
 */
export async function retryTransaction<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(await shouldRetryTransaction(error, retry))) throw error;
    }
  }
}

/** Resolves after a random pause if retries are left, so that the two transactions do not meet again. */
async function shouldRetryTransaction(error: unknown, retry: number): Promise<boolean> {
  const { code } = error as { code?: unknown };
  const isAborted = code === '40P01' || code === '40001' || error instanceof OptimisticLockError;
  const isReferenceLost = REFERENCE_LOST.has(sqlStateOf(error) ?? '') && retry === 0;
  if (!(isAborted || isReferenceLost) || retry >= MAX_RETRIES) return false;
  await sleep(Math.random() * BACKOFF_BASE_MS * 2 ** retry);
  return true;
}

/** Returns whether the errors of a response contain `SERVICE_UNAVAILABLE`. */
export function hasUnavailableError(errors: readonly { extensions?: { code?: unknown } }[] | undefined): boolean {
  return errors?.some(({ extensions }) => extensions?.code === UNAVAILABLE_CODE) === true;
}

const UNAVAILABLE_CODE: ErrorCode = 'SERVICE_UNAVAILABLE';

/** The error of a client whose request needs the database while it is unavailable. */
export class DatabaseUnavailableError extends ClientError {
  constructor() {
    super(UNAVAILABLE_CODE, message('REGISTER_UNAVAILABLE', { seconds: RETRY_AFTER_SECONDS }));
  }
}
