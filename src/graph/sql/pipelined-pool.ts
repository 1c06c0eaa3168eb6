import { INVALID_SQL_STATEMENT_NAME, isAborted } from './aborted.js';
import { batchedQueryRunner, type PendingQuery, sendWithinShare } from './batched-queries.js';
import type { Release } from './connection-shares.js';
import { enterMoment, textAtMoment } from './moment.js';
import type { Pool } from './pool.js';
import type { Done } from './prepared-query.js';
import { type Client, type Statement, sendPrepared } from './prepared-statements.js';
import type { QueryRunner } from './sql-query.js';

/**
 * Returns a query runner over a `pg` pool with pipelining. Statements issued in one event-loop tick are written to one
 * connection in groups of at most four (corked), because each message wakes the backend. Texts that are sent again are
 * prepared, so PostgreSQL plans each once per connection (see `PreparedStatements`).
 */
export const pipelinedQueryRunner = (pool: Pool): QueryRunner =>
  batchedQueryRunner((batch, onEnd) =>
    (batch[0]?.moment === undefined ? sendBatch : sendPastBatch)(pool, batch, onEnd),
  );

/** Calls back with a connection of the pool; without one, rejects the statements. */
function connect(
  pool: Pool,
  batch: readonly PendingQuery[],
  onEnd: Release,
  onConnect: (client: Client, release: (failed: Error | undefined) => void) => void,
): void {
  pool.connect((error, client) => {
    if (!client) {
      onEnd(true);
      for (const { reject } of batch) reject(error ?? new Error('The pool gave no connection.'));
      return;
    }
    onConnect(client, failed => {
      // An error with a code is an answer of the database.
      const isBroken = failed !== undefined && !('code' in failed);
      // Looked up now: one that has ended meanwhile was released then (see `database/pool.ts`).
      client.release(isBroken ? failed : undefined);
      onEnd(isBroken);
    });
  });
}

function sendBatch(pool: Pool, batch: readonly PendingQuery[], onEnd: Release): void {
  connect(pool, batch, onEnd, (client, release) => {
    let pending = batch.length;
    let failed: Error | undefined;
    const statements = batch.map(({ query, resolve, reject }): Statement => {
      const done: Done = (problem, result) => {
        pending -= 1;
        if (problem) {
          // A failed statement is not prepared: the next one of the same text fails with 26000, for the same reason.
          if (!failed || problem.code !== INVALID_SQL_STATEMENT_NAME) failed = problem;
          reject(failed);
        }
        // Released before the rows are resolved, because their consumer may need a connection at once.
        if (pending === 0) release(failed);
        if (!problem) resolve(result.rows);
      };
      return { query, done };
    });
    const { stream } = client.connection;
    stream.cork();
    sendPrepared(client, statements, { areIndependent: true });
    stream.uncork();
  });
}

/**
 * Sends statements that read a past moment, in one read-only transaction that is written at once. Its settings end with it,
 * also in a connection pooler. Results wait for the end of the transaction: they are of the present if it did not begin.
 *
 * ```sql
 * begin; select set_config('transaction_read_only', 'on', true), set_config('register.at', '12', true), set_config('search_path', …)
 * select …
 * commit
 * ```
 */
function sendPastBatch(pool: Pool, batch: readonly PendingQuery[], onEnd: Release): void {
  connect(pool, batch, onEnd, (client, release) => {
    let begun = true;
    let failed: Error | undefined;
    const settle: (() => void)[] = [];
    const aborted: PendingQuery[] = [];
    const { stream } = client.connection;
    stream.cork();
    client.query({ text: `begin; ${enterMoment(batch[0]?.moment as number)}` }, problem => {
      if (!problem) return;
      begun = false;
      failed = problem;
      for (const { reject } of batch) settle.push(() => reject(problem));
    });
    const statements = batch.map((item): Statement => {
      const { query, resolve, reject } = item;
      const done: Done = (problem, result) => {
        if (!begun) return;
        if (!problem) settle.push(() => resolve(result.rows));
        // A failed statement ends the transaction: those after it are sent again, without it.
        else if (failed && (problem === failed || isAborted(problem))) aborted.push(item);
        else {
          failed = problem;
          settle.push(() => reject(problem));
        }
      };
      return { query: { text: textAtMoment(query.text), values: query.values }, done };
    });
    sendPrepared(client, statements);
    client.query({ text: 'commit' }, problem => {
      release(problem ?? failed);
      for (const call of settle) call();
      if (aborted.length) sendWithinShare((rest, end) => sendPastBatch(pool, rest, end), aborted);
    });
    stream.uncork();
  });
}
