import { raw, type Sql } from 'sql-template-tag';
import { DatabaseClient } from '../database/connection/client.js';
import type { ConnectionOptions } from '../database/connection/options.js';
import { enterMoment, textAtMoment } from '../graph/sql/moment.js';

const CONNECTION_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 10_000;
/** Time after which PostgreSQL ends a transaction that waits for its client; the server cuts stalled clients off before. */
const MAX_PAUSE_MS = 60_000;

/**
 * Begins the transaction. Its time-outs are not startup parameters, which a connection pooler may refuse. All statements
 * are sent in one message.
 */
const BEGIN = `
  begin isolation level repeatable read, read only;
  set local statement_timeout = ${QUERY_TIMEOUT_MS};
  set local lock_timeout = ${CONNECTION_TIMEOUT_MS};
  set local idle_in_transaction_session_timeout = ${MAX_PAUSE_MS}`;

/** A statement in structured-cloneable form, to be sent to a worker thread. */
export type Statement = Pick<Sql, 'text' | 'values'>;

/** A session that reads a snapshot: all its statements see the database as it was when the session was opened. */
export interface SnapshotSession {
  query<Row>(statement: Statement): Promise<Row[]>;
  /** Options of `declare … cursor`, and a callback that must be called once, after all cursors have been declared. */
  cursor: { options: Sql; declared(): Promise<void> };
  /** Closes the cursors and the session, also while a statement is running. Never rejects. */
  close(cursors: readonly Sql[]): Promise<void>;
}

/**
 * Opens a `repeatable read` transaction on a dedicated connection, so that a slow export occupies none of the pool.
 *
 * @param moment The id of the last change that it sees; undefined for the present.
 */
export async function openOnPostgreSql(
  connection: ConnectionOptions,
  moment: number | undefined,
): Promise<SnapshotSession> {
  const client = new DatabaseClient(connection, 'export', {
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  });
  // Without a listener an 'error' event ends the process. The next query reports the broken connection.
  client.on('error', () => undefined);
  const session: SnapshotSession = {
    query: async <Row>({ text, values }: Statement) =>
      (await client.query(moment === undefined ? text : textAtMoment(text), values as unknown[])).rows as Row[],
    cursor: { options: raw(''), declared: async () => undefined },
    // With a statement in flight `end` destroys the socket instead of waiting.
    close: () => client.end().catch(() => undefined),
  };
  try {
    await client.connect();
    await client.query(moment === undefined ? BEGIN : `${BEGIN}; ${enterMoment(moment)}`);
    return session;
  } catch (error) {
    await session.close([]);
    throw error;
  }
}
