import type { Sql } from 'sql-template-tag';
import type { Share } from './connection-shares.js';

/** A statement with its values: `$1` in the text is the first value. */
export type SqlQuery = Pick<Sql, 'text' | 'values'>;

/**
 * Sends one statement. Resolves with its rows as the driver parsed them, rejects with the driver's error.
 *
 * @param share The share of the client that it is sent for; undefined if it has no limit.
 * @param moment The id of the last change that it sees; undefined for the present.
 */
export type QueryRunner = (query: SqlQuery, share: Share | undefined, moment: number | undefined) => Promise<unknown[]>;
