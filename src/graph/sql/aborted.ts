import { sqlStateOf } from './sql-state.js';

export const INVALID_SQL_STATEMENT_NAME = '26000';

/** The SQLSTATEs of statements after one that failed, which aborted their transaction, or was not prepared. */
const ABORTED: ReadonlySet<unknown> = new Set([INVALID_SQL_STATEMENT_NAME, '25P02']);

/** Returns whether a statement may have failed only because one before it did. */
export const isAborted = (error: unknown): boolean => ABORTED.has(sqlStateOf(error));
