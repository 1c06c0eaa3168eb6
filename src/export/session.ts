import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { rows } from '../graph/rows.js';
import { openTransaction } from '../graph/transaction.js';

/** How long PostgreSQL lets a snapshot wait for its client, in milliseconds; the server cuts off stalled ones before. */
const LONGEST_WAIT = 60_000;

/** A read-only place of work in the database, in which everything is as it was when it was opened. */
export interface Session {
  query<Row>(statement: Sql): Promise<Row[]>;
  /** Gives the statements of a cursor: how it is declared, and whether it outlives the session's transaction. */
  cursor: { options: Sql; declared(): Promise<void> };
  /** Ends it, whatever is under way. Never throws: what cannot be ended well is cut off. */
  close(cursor: Sql | undefined): Promise<void>;
}

/** As much of `pg` as a session takes. */
interface Pool {
  connect(): Promise<Client>;
}
interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  on(event: 'error', listener: () => void): void;
  off(event: 'error', listener: () => void): void;
  release(destroy?: boolean): void;
}

const nothing = () => undefined;

/**
 * A transaction on a connection of its own: nobody waits for it. Taken from the pool itself and not through the ORM, which
 * never gives back a connection that broke inside a transaction.
 */
export async function openOnPostgreSql(em: EntityManager): Promise<Session> {
  const connection = em.getConnection('read') as unknown as { getNativeClient(): Promise<Pool> };
  const client = await (await connection.getNativeClient()).connect();
  // A connection that breaks says so to whoever listens, and ends the process when nobody does; the next query tells us.
  client.on('error', nothing);
  const release = (destroy: boolean) => {
    client.off('error', nothing);
    client.release(destroy);
  };
  try {
    await client.query('begin isolation level repeatable read, read only');
    await client.query(`set local idle_in_transaction_session_timeout = ${LONGEST_WAIT}`);
  } catch (error) {
    release(true);
    throw error;
  }
  let running = 0;
  return {
    query: async <Row>({ text, values }: Sql) => {
      running += 1;
      try {
        return (await client.query(text, values)).rows as Row[];
      } finally {
        running -= 1;
      }
    },
    cursor: { options: raw(''), declared: async () => undefined },
    // A statement that still runs is not waited for: the connection goes with it.
    close: async () => {
      const ended =
        running === 0 &&
        (await client.query('rollback').then(
          () => true,
          () => false,
        ));
      release(!ended);
    },
  };
}

/**
 * The embedded database has one connection, and an open transaction would keep everybody waiting. So the transaction ends
 * as soon as the cursor is declared: it is a held one, whose rows are put aside by then, and they are fetched between the
 * statements of others.
 */
export async function openOnEmbedded(em: EntityManager): Promise<Session> {
  const transaction = await openTransaction(em, true);
  let open = true;
  const end = async () => {
    if (!open) return;
    open = false;
    await transaction.commit();
  };
  return {
    query: statement => rows(open ? transaction.em : em, statement),
    cursor: { options: raw('with hold'), declared: end },
    close: async cursor => {
      await end().catch(nothing);
      if (cursor) await rows(em, sql`close ${cursor}`).catch(nothing);
    },
  };
}
