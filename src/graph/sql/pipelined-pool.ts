import type { QueryRunner, SqlQuery } from './sql-query.js';

/** `pg`'s Pool, as far as reading goes. */
export interface Pool {
  connect(done: (error: Error | undefined, client: Client | undefined, release: (error?: Error) => void) => void): void;
}

interface Client {
  connection: { stream: { cork(): void; uncork(): void } };
  query(config: { name?: string; text: string; values: unknown[] }, done: Done): void;
}
type Done = (error: Error | null, result: { rows: unknown[] }) => void;

/** Statement texts that get a name, so that PostgreSQL plans them once a connection; the rest stay unnamed. */
const MAX_NAMED_STATEMENTS = 1_000;
const preparedStatementNames = new Map<string, string>();

function preparedStatementName(text: string): string | undefined {
  const known = preparedStatementNames.get(text);
  if (known !== undefined || preparedStatementNames.size >= MAX_NAMED_STATEMENTS) return known;
  const name = `s${preparedStatementNames.size}`;
  preparedStatementNames.set(text, name);
  return name;
}

const INVALID_SQL_STATEMENT_NAME = '26000';

interface PendingQuery {
  query: SqlQuery;
  resolve: (rows: unknown[]) => void;
  reject: (error: Error) => void;
}

/** So many statements at most go out on one connection at once: what is slow holds up no more than these. */
const MAX_PIPELINED_STATEMENTS = 4;

/**
 * Sends statements through a pool. Those that are asked for in the same turn of the event loop, a level's lists for one,
 * go out together, a few to a connection: each message wakes the database, which costs more than a small statement.
 */
export function pipelinedQueryRunner(pool: Pool): QueryRunner {
  let waiting: PendingQuery[] = [];

  function flush(): void {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += MAX_PIPELINED_STATEMENTS)
      sendBatch(pool, all.slice(from, from + MAX_PIPELINED_STATEMENTS));
  }

  return query =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ query, resolve, reject });
    });
}

function sendBatch(pool: Pool, batch: readonly PendingQuery[]): void {
  pool.connect((error, client, release) => {
    if (!client) {
      for (const { reject } of batch) reject(error ?? new Error('The pool gave no connection.'));
      return;
    }
    let left = batch.length;
    let failed: Error | undefined;
    const { stream } = client.connection;
    stream.cork();
    for (const { query, resolve, reject } of batch) {
      const { text, values } = query;
      const name = preparedStatementName(text);
      client.query(name === undefined ? { text, values } : { name, text, values }, (problem, result) => {
        left -= 1;
        if (problem) {
          // A statement that was not prepared, as the one before it of the same text failed, failed for that one's reason.
          if (!failed || (problem as { code?: string }).code !== INVALID_SQL_STATEMENT_NAME) failed = problem;
          reject(failed);
        }
        // First the connection, then the rows: who goes on with them may want one at once.
        if (left === 0) release('code' in (failed ?? {}) ? undefined : failed);
        if (!problem) resolve(result.rows);
      });
    }
    stream.uncork();
  });
}
