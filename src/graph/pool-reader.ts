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

/** So many statements at most go out on one connection at once: what is slow holds up no more than these. */
const TOGETHER = 4;

/**
 * Sends statements through a pool. Those that are asked for in the same turn of the event loop, a level's lists for one,
 * go out together, a few to a connection: each message wakes the database, which costs more than a small statement.
 */
export function poolReader(pool: Pool): Read {
  let waiting: Waiting[] = [];

  function flush(): void {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += TOGETHER) send(pool, all.slice(from, from + TOGETHER));
  }

  return query =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ query, resolve, reject });
    });
}

function send(pool: Pool, batch: readonly Waiting[]): void {
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
