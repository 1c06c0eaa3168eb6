import { LRUCache } from 'lru-cache';
import type { SqlQuery } from './sql-query.js';

/** The part of `pg`'s Connection that names of prepared statements need. */
export interface Connection {
  close(message: { type: 'S'; name: string }): void;
  /** The texts that PostgreSQL has prepared, by name. */
  parsedStatements: Record<string, string>;
}

/** The part of `pg`'s pooled client that sends statements. Sent without waiting for earlier results (see `database/pool.ts`). */
export interface Client {
  connection: Connection & { stream: { cork(): void; uncork(): void } };
  query(config: { name?: string; text: string; values?: unknown[] }, done: Done): void;
  /** Returns it to its pool, which destroys it if there is an error. */
  release(error?: Error): void;
}

/** Called with the result of a statement, or with its error. */
export type Done = (
  error: (Error & { code?: string }) | null,
  result: { rows: unknown[]; rowCount: number | null; command: string },
) => void;

/** Limits the texts that one connection has prepared. PostgreSQL holds a multiple of it per connection. */
const MAX_PREPARED_BYTES = 400_000;
/** Longer texts are not prepared. A batch of four can then evict no statement of its own. */
const MAX_STATEMENT_BYTES = MAX_PREPARED_BYTES / 16;
const MAX_UNPREPARED_BYTES = 1_000_000;
const OVERHEAD_BYTES = 200;

const bytesOf = (text: string): number => text.length + OVERHEAD_BYTES;

/** Texts that were sent once, in any connection. Most texts of a client that varies its filters are never sent again. */
const sentOnce = new LRUCache<string, true>({
  maxSize: MAX_UNPREPARED_BYTES,
  sizeCalculation: (_, text) => bytesOf(text),
});

/**
 * The prepared statements of one connection: texts that are sent for a second time, up to a limit in bytes. The least
 * recently used one is closed, by a message that goes out together with the statement that replaces it.
 */
export class PreparedStatements {
  readonly #names: LRUCache<string, string>;
  #count = 0;

  constructor(connection: Connection) {
    this.#names = new LRUCache({
      maxSize: MAX_PREPARED_BYTES,
      sizeCalculation: (_, text) => bytesOf(text),
      dispose: name => {
        connection.close({ type: 'S', name });
        delete connection.parsedStatements[name];
      },
    });
  }

  /** Returns the name of the statement of a text; undefined if it is sent without one, and planned at each execution. */
  nameOf(text: string): string | undefined {
    const existing = this.#names.get(text);
    if (existing !== undefined) return existing;
    if (text.length > MAX_STATEMENT_BYTES) return undefined;
    if (!sentOnce.has(text)) {
      sentOnce.set(text, true);
      return undefined;
    }
    // A name is never used again: the driver would take the new text for an error.
    const name = `s${this.#count}`;
    this.#count += 1;
    this.#names.set(text, name);
    return name;
  }
}

const byConnection = new WeakMap<Connection, PreparedStatements>();

/** Returns the prepared statements of a connection. */
export function preparedStatementsOf(connection: Connection): PreparedStatements {
  let statements = byConnection.get(connection);
  if (!statements) {
    statements = new PreparedStatements(connection);
    byConnection.set(connection, statements);
  }
  return statements;
}

/** Sends a statement, prepared if it was sent before. */
export function sendPrepared(client: Client, { text, values }: SqlQuery, done: Done): void {
  const name = preparedStatementsOf(client.connection).nameOf(text);
  client.query(name === undefined ? { text, values } : { name, text, values }, done);
}
