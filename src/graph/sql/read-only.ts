import { message } from '../../messages/message.js';
import { ClientError } from '../errors.js';
import { sqlStateOf } from './sql-state.js';

/** SQLSTATEs of a write in a read-only transaction, and of a role without the privilege. */
const READ_ONLY_SQLSTATES: ReadonlySet<unknown> = new Set(['25006', '42501']);

/** Returns whether a statement of a write failed because the database accepts no writes of this server. */
export function isReadOnlyError(error: unknown): boolean {
  return READ_ONLY_SQLSTATES.has(sqlStateOf(error));
}

/** Returns the error of a failed write as clients see it: a `ReadOnlyError` if the database accepts no writes. */
export const writeError = (error: unknown): unknown => (isReadOnlyError(error) ? new ReadOnlyError() : error);

/** The error of a mutation that an instance cannot execute, now or later. */
export class ReadOnlyError extends ClientError {
  constructor() {
    super('READ_ONLY', message('REGISTER_READ_ONLY', {}));
  }
}
