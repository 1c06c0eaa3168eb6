import { Client } from 'pg';
import { raw, type Sql } from 'sql-template-tag';

/** How long a connection, and the answer to a statement, may take; in milliseconds. */
const CONNECTION_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 10_000;
/** How long PostgreSQL lets a snapshot wait for its client; the server cuts off stalled ones before. */
const MAX_PAUSE_MS = 60_000;

/** A statement as it travels to another thread. */
export type Statement = Pick<Sql, 'text' | 'values'>;

/** A place in the database for one reader, in which everything stays as it was when it was opened. */
export interface SnapshotSession {
  query<Row>(statement: Statement): Promise<Row[]>;
  /** How a cursor is declared here, and what is to be done once it is. */
  cursor: { options: Sql; declared(): Promise<void> };
  /** Ends it with its cursor, whatever is under way. Never throws: what cannot be ended well is cut off. */
  close(cursor: Sql | undefined): Promise<void>;
}

/** A transaction on a connection of its own: nobody waits for it, and nobody misses it when it breaks. */
export async function openOnPostgreSql(url: string): Promise<SnapshotSession> {
  const client = new Client({
    connectionString: url,
    application_name: 'stedenband-export',
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    statement_timeout: QUERY_TIMEOUT_MS,
    lock_timeout: CONNECTION_TIMEOUT_MS,
    idle_in_transaction_session_timeout: MAX_PAUSE_MS,
  });
  // A connection that breaks says so to whoever listens, and ends the process when nobody does; the next query tells us.
  client.on('error', () => undefined);
  const session: SnapshotSession = {
    query: async <Row>({ text, values }: Statement) => (await client.query(text, values as unknown[])).rows as Row[],
    cursor: { options: raw(''), declared: async () => undefined },
    // A statement that still runs is not waited for.
    close: () => client.end().catch(() => undefined),
  };
  try {
    await client.connect();
    await client.query('begin isolation level repeatable read, read only');
    return session;
  } catch (error) {
    await session.close(undefined);
    throw error;
  }
}
