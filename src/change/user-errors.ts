import { InputError } from '../graph/errors.js';
import { sqlStateOf } from '../graph/sql/sql-state.js';
import { type UserError, UserErrorCode, WriteRejected } from './payload.js';

/** SQLSTATE of a value that a unique index already has. */
const UNIQUE_VIOLATION = '23505';

/**
 * Messages by SQLSTATE, or by its class, of errors that the values of a call cause. The message of the driver is for
 * nobody: it has values and names of tables. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const MESSAGES: Record<string, string> = {
  [UNIQUE_VIOLATION]: 'The register already has a record like this.',
  22: 'The database cannot store one of these values.',
  23: 'These values contradict each other or another record.',
  54: 'One of these texts is too long to be indexed.',
};

/**
 * Converts an error of a write to errors for the client: a broken rule of the register, or a value that the database
 * refuses. Rethrows any error that is not caused by the input.
 */
export function asUserErrors(error: unknown): UserError[] {
  if (error instanceof WriteRejected) return error.errors;
  if (error instanceof InputError) return [{ code: UserErrorCode.INVALID, message: error.message, path: ['input'] }];
  const sqlState = sqlStateOf(error) ?? '';
  const message = MESSAGES[sqlState] ?? MESSAGES[sqlState.slice(0, 2)];
  if (message === undefined) throw error;
  const code = sqlState === UNIQUE_VIOLATION ? UserErrorCode.DUPLICATE : UserErrorCode.INVALID;
  return [{ code, message, path: ['input'] }];
}
