import { ClientError } from '../../graph/errors.js';
import { sqlStateOf } from '../../graph/sql/sql-state.js';
import { isDatabaseUnavailable } from '../../graph/sql/unavailable.js';

/** The SQLSTATE of a statement that took too long: it would on another server, too. */
const QUERY_CANCELED = '57014';
/** The SQLSTATEs of a server that does not admit a role or a host. */
const NOT_ADMITTED = /^28/;

/** Returns whether a statement failed for a reason that it has on every server. */
export function isStatementFault(error: unknown): boolean {
  const state = sqlStateOf(error);
  // Without one, no server answered: its certificate has expired, for example.
  if (state === undefined) return error instanceof ClientError;
  return state === QUERY_CANCELED || !(isDatabaseUnavailable(error) || NOT_ADMITTED.test(state));
}
