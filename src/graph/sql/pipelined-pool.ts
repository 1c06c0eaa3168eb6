import type { Release, Share } from './connection-shares.js';
import { type Connection, preparedStatementsOf } from './prepared-statements.js';
import type { QueryRunner, SqlQuery } from './sql-query.js';

/** The part of `pg`'s Pool that reading needs. */
export interface Pool {
  connect(done: (error: Error | undefined, client: Client | undefined, release: (error?: Error) => void) => void): void;
}

interface Client {
  connection: Connection & { stream: { cork(): void; uncork(): void } };
  query(config: { name?: string; text: string; values: unknown[] }, done: Done): void;
}
type Done = (error: Error | null, result: { rows: unknown[] }) => void;

const INVALID_SQL_STATEMENT_NAME = '26000';

interface PendingQuery {
  query: SqlQuery;
  share: Share | undefined;
  resolve: (rows: unknown[]) => void;
  reject: (error: Error) => void;
}

/** A slow statement delays at most this many others. */
const MAX_PIPELINED_STATEMENTS = 4;

/**
 * Returns a query runner over a `pg` pool with pipelining. Statements issued in one event-loop tick are written to one
 * connection in groups of at most four (corked), because each message wakes the backend. Texts that are sent again are
 * prepared, so PostgreSQL plans each once per connection (see `PreparedStatements`).
 *
 * The statements of a client with a share are sent apart from those of others, and wait while the share is used up.
 */
export function pipelinedQueryRunner(pool: Pool): QueryRunner {
  let waiting: PendingQuery[] = [];

  function flush(): void {
    const queries = waiting;
    waiting = [];
    for (const own of byClient(queries)) {
      for (let start = 0; start < own.length; start += MAX_PIPELINED_STATEMENTS)
        sendWithinShare(pool, own.slice(start, start + MAX_PIPELINED_STATEMENTS));
    }
  }

  return (query, share) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ query, share, resolve, reject });
    });
}

/** Groups statements by client. Most often all are for one. */
function byClient(queries: readonly PendingQuery[]): Iterable<readonly PendingQuery[]> {
  const client = queries[0]?.share?.client;
  if (queries.every(({ share }) => share?.client === client)) return [queries];
  return Map.groupBy(queries, ({ share }) => share?.client).values();
}

/** Sends statements of one client as soon as its share permits it. */
function sendWithinShare(pool: Pool, batch: readonly PendingQuery[]): void {
  const share = batch[0]?.share;
  if (!share) {
    sendBatch(pool, batch, () => undefined);
    return;
  }
  share.shares.acquire(
    share.client,
    release => sendBatch(pool, batch, release),
    error => {
      for (const { reject } of batch) reject(error);
    },
  );
}

/** @param onEnd Called when the connection is released; with true if it broke, or if there was none. */
function sendBatch(pool: Pool, batch: readonly PendingQuery[], onEnd: Release): void {
  pool.connect((error, client, release) => {
    if (!client) {
      onEnd(true);
      for (const { reject } of batch) reject(error ?? new Error('The pool gave no connection.'));
      return;
    }
    let pending = batch.length;
    let failed: Error | undefined;
    const { stream } = client.connection;
    const prepared = preparedStatementsOf(client.connection);
    stream.cork();
    for (const { query, resolve, reject } of batch) {
      const { text, values } = query;
      const name = prepared.nameOf(text);
      client.query(name === undefined ? { text, values } : { name, text, values }, (problem, result) => {
        pending -= 1;
        if (problem) {
          // A failed statement is not prepared: the next one of the same text fails with 26000, for the same reason.
          if (!failed || (problem as { code?: string }).code !== INVALID_SQL_STATEMENT_NAME) failed = problem;
          reject(failed);
        }
        // Released before the rows are resolved, because their consumer may need a connection at once.
        if (pending === 0) {
          // An error with a code is an answer of the database.
          const isBroken = failed !== undefined && !('code' in failed);
          release(isBroken ? failed : undefined);
          onEnd(isBroken);
        }
        if (!problem) resolve(result.rows);
      });
    }
    stream.uncork();
  });
}
