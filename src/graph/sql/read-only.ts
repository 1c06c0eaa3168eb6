import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors.js';
import { sqlStateOf } from './sql-state.js';

/** SQLSTATEs of a write in a read-only transaction, and of a role without the privilege. */
const READ_ONLY_SQLSTATES: ReadonlySet<unknown> = new Set(['25006', '42501']);

/** Returns whether a statement of a write failed because the database accepts no writes of this server. */
export function isReadOnlyError(error: unknown): boolean {
  return READ_ONLY_SQLSTATES.has(sqlStateOf(error));
}

/** The error of a mutation that an instance cannot execute, now or later. */
export class ReadOnlyError extends GraphQLError {
  constructor() {
    super(
      'This instance of the register can only be read: its database is a replica, or its role may not write. Send mutations to an instance that writes.',
      { extensions: { code: 'READ_ONLY' satisfies ErrorCode } },
    );
  }
}
