import { constraintOf, sqlStateOf } from '../graph/sql/sql-state.js';
import { type Message, message } from '../messages/message.js';
import { type UserError, UserErrorCode, userError, WriteRejected } from './user-error.js';

/** SQLSTATE of a value that a unique index already has. */
const UNIQUE_VIOLATION = '23505';

/**
 * Messages by SQLSTATE, or by its class, of errors that the values of a call cause. The message of the driver is for
 * nobody: it has values and names of tables. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const MESSAGES: Record<string, Message> = {
  [UNIQUE_VIOLATION]: message('RECORD_DUPLICATE', {}),
  22: message('VALUE_NOT_STORABLE', {}),
  23: message('VALUES_CONTRADICT', {}),
  54: message('TEXT_NOT_INDEXABLE', {}),
};

/** Returns the field of an input whose column has another record with its value: `iatiId` for `programme_iati_id_key`. */
function takenField(error: unknown, input: object): string {
  const [, column = ''] = /^[a-z]+_(\w+)_key$/.exec(constraintOf(error) ?? '') ?? [];
  const field = column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(input, field) ? field : '';
}

/**
 * Converts an error of a write to errors for the client: a broken rule of the register, or a value that the database
 * refuses. Rethrows any error that is not caused by the input.
 *
 * @param input The input, if its fields are those of a record.
 */
export function asUserErrors(error: unknown, input: object = {}): UserError[] {
  if (error instanceof WriteRejected) return error.errors;
  const sqlState = sqlStateOf(error) ?? '';
  const problem = MESSAGES[sqlState] ?? MESSAGES[sqlState.slice(0, 2)];
  if (problem === undefined) throw error;
  const code = sqlState === UNIQUE_VIOLATION ? UserErrorCode.DUPLICATE : UserErrorCode.INVALID;
  const field = sqlState === UNIQUE_VIOLATION ? takenField(error, input) : '';
  const params = field ? { field, value: String((input as Record<string, unknown>)[field]) } : {};
  return [userError(code, field, { ...problem, params })];
}
