import type { Query, Read } from './rows.js';

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
const NAMED_STATEMENTS = 1_000;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= NAMED_STATEMENTS) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

interface Waiting {
  query: Query;
  resolve: (rows: unknown[]) => void;
  reject: (error: Error) => void;
}

/**
 * Sends statements through a pool. Those of one operation that are asked for in the same turn, a level's lists for one,
 * go out together on one connection: a message wakes the database once, which costs more than a small statement.
 */
export function poolReader(pool: Pool): Read {
  const batches = new WeakMap<object, Waiting[]>();

  function dispatch(together: object, batch: Waiting[]): void {
    pool.connect((error, client, release) => {
      // From here on a statement begins a batch of its own.
      batches.delete(together);
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
        const name = nameOf(text);
        client.query(name === undefined ? { text, values } : { name, text, values }, (problem, result) => {
          left -= 1;
          if (problem) {
            failed = problem;
            reject(problem);
          }
          // First the connection, then the rows: who goes on with them may want one at once.
          if (left === 0) release('code' in (failed ?? {}) ? undefined : failed);
          if (!problem) resolve(result.rows);
        });
      }
      stream.uncork();
    });
  }

  return (query, together) =>
    new Promise((resolve, reject) => {
      const waiting = { query, resolve, reject };
      const batch = batches.get(together);
      if (batch) {
        batch.push(waiting);
        return;
      }
      const its = [waiting];
      batches.set(together, its);
      dispatch(together, its);
    });
}
