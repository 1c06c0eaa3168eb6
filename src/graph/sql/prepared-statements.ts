import { LRUCache } from 'lru-cache';
import { PreparedBatch } from './prepared-batch.js';
import {
  type Done,
  type MessageWriter,
  PreparedQuery,
  PreparedStatement,
  type StatementResult,
  type TypeParsers,
} from './prepared-query.js';
import type { SqlQuery } from './sql-query.js';

/** The part of `pg`'s Connection that prepared statements need. */
export interface Connection extends MessageWriter {
  close(message: { type: 'S'; name: string }): void;
}

/** The result of a statement that is not prepared. */
export interface UnpreparedResult extends StatementResult {
  rowCount: number | null;
}

/** The part of `pg`'s pooled client that sends statements. Sent without waiting for earlier results (see `database/pool.ts`). */
export interface Client extends TypeParsers {
  /** The PostgreSQL process of the connection. */
  processID: number;
  connection: Connection & { stream: { cork(): void; uncork(): void } };
  query(batch: PreparedBatch): void;
  query(config: { text: string; values?: unknown[] }, done: Done<UnpreparedResult>): void;
  /** Returns it to its pool, which destroys it if there is an error. */
  release(error?: Error): void;
}

/** Limits the texts that one connection has prepared. PostgreSQL holds a multiple of it per connection. */
const MAX_PREPARED_BYTES = 400_000;
/** Longer texts are not prepared. A batch can then evict no statement of its own. */
const MAX_STATEMENT_BYTES = MAX_PREPARED_BYTES / 16;
const MAX_BATCH_SIZE = 4;
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
  readonly #statements: LRUCache<string, PreparedStatement>;
  #count = 0;

  constructor(private readonly client: Client) {
    const { connection } = client;
    this.#statements = new LRUCache({
      maxSize: MAX_PREPARED_BYTES,
      sizeCalculation: (_, text) => bytesOf(text),
      dispose: ({ name }) => {
        connection.close({ type: 'S', name });
        delete connection.parsedStatements[name];
      },
    });
  }

  /** Returns the statement of a text; undefined if it is sent without a name, and planned at each execution. */
  of(text: string): PreparedStatement | undefined {
    const existing = this.#statements.get(text);
    if (existing) return existing;
    if (text.length > MAX_STATEMENT_BYTES) return undefined;
    if (!sentOnce.has(text)) {
      sentOnce.set(text, true);
      return undefined;
    }
    // A name is never used again: the messages of the statement that had it may still be on their way.
    const statement = new PreparedStatement(`s${this.#count}`, text, this.client);
    this.#count += 1;
    this.#statements.set(text, statement);
    return statement;
  }
}

const byClient = new WeakMap<Client, PreparedStatements>();

/** Returns the prepared statements of a connection. */
function preparedStatementsOf(client: Client): PreparedStatements {
  let statements = byClient.get(client);
  if (!statements) {
    statements = new PreparedStatements(client);
    byClient.set(client, statements);
  }
  return statements;
}

/** A statement to send. `done` is called once. */
export interface Statement {
  query: SqlQuery;
  done: Done;
}

/**
 * Sends statements, which are executed in their order. Those that were sent before are prepared, and sent in batches.
 *
 * @param options.areIndependent Whether those of a batch after one that fails are executed; they fail with it by default, as in a
 *   transaction.
 */
export function sendPrepared(client: Client, statements: readonly Statement[], { areIndependent = false } = {}): void {
  const prepared = preparedStatementsOf(client);
  let batch: PreparedQuery[] = [];
  const submit = (queries: readonly PreparedQuery[]): void => {
    if (queries.length) client.query(new PreparedBatch(queries, areIndependent ? submit : undefined));
  };
  const submitBatch = () => {
    submit(batch);
    batch = [];
  };
  for (const { query, done } of statements) {
    const { text, values } = query;
    const statement = prepared.of(text);
    if (statement) batch.push(new PreparedQuery(statement, values, done));
    if (!statement || batch.length === MAX_BATCH_SIZE) submitBatch();
    if (!statement) client.query({ text, values }, done);
  }
  submitBatch();
}
