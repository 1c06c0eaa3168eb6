import type { Pool, PoolClient } from 'pg';
import type { DatabaseLimits } from '../config/config.js';

/** Of commands that an operator waits for: a migration may take its time. */
export const COMMAND_LIMITS: DatabaseLimits = {
  poolSize: 10,
  connectTimeout: 5_000,
  queryTimeout: 0,
  lockTimeout: 5_000,
  idleTimeout: 0,
};

/** The server ends a statement by itself; this much later the client takes the server for dead. */
const LATENCY_MS = 250;

/** Options for the driver, which `pg` sends on to the server where they are the server's. */
export function driverOptions({ connectTimeout, queryTimeout, lockTimeout, idleTimeout }: DatabaseLimits) {
  return {
    application_name: 'stedenband',
    // Statements that are asked for together are sent together.
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeout,
    lock_timeout: lockTimeout,
    ...(idleTimeout && { idle_in_transaction_session_timeout: idleTimeout }),
    ...(queryTimeout && { statement_timeout: queryTimeout, query_timeout: queryTimeout + LATENCY_MS }),
    onPoolCreated: evictBrokenConnections,
  };
}

/**
 * Makes a pool get rid of connections that are of no use. A connection on which a statement timed out still waits for
 * its answer, perhaps for ever; and one that breaks inside a transaction is never given back, as its rollback fails too
 * (kysely gives it back after the rollback). Either would take a place of the pool away each time.
 */
function evictBrokenConnections(pool: Pool): void {
  pool.on('connect', (client: PoolClient) => {
    // Without its listeners a broken connection would end the process; the ORM has one as well.
    client.once('end', () => releaseEvicted(client));
    const query = client.query as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const result = query.apply(client, args);
      // The pool's own `query` takes a callback, and gives a connection that failed up by itself.
      if (result instanceof Promise) result.catch(error => endAfterTimeout(client, error));
      return result;
    }) as typeof client.query;
  });
}

/** Takes a connection that ended out of the pool, if somebody holds it; who gives it back later does nothing. */
function releaseEvicted(client: PoolClient): void {
  try {
    client.release(true);
  } catch {
    // It was given back, or never taken.
  }
  client.release = () => undefined;
}

function endAfterTimeout(client: PoolClient, error: unknown): void {
  if (!(error instanceof Error) || error.message !== 'Query read timeout') return;
  // With a statement under way it does not say goodbye, but cuts.
  (client as unknown as { end(): Promise<void> }).end().catch(() => undefined);
}
