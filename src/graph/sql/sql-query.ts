import type { Sql } from 'sql-template-tag';

/** A statement with its values: `$1` in the text is the first value. */
export type SqlQuery = Pick<Sql, 'text' | 'values'>;

/** Sends one statement. Resolves with its rows as the driver parsed them, rejects with the driver's error. */
export type QueryRunner = (query: SqlQuery) => Promise<unknown[]>;
