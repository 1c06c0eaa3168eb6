import { sqlStateOf } from '../../graph/sql/sql-state.js';
import { isDatabaseUnavailable } from '../../graph/sql/unavailable.js';

/** The SQLSTATE of a statement that took too long: it would on another server, too. */
const QUERY_CANCELED = '57014';

/** Returns whether a statement failed for a reason that it has on every server. */
export const isStatementFault = (error: unknown): boolean =>
  !isDatabaseUnavailable(error) || sqlStateOf(error) === QUERY_CANCELED;
