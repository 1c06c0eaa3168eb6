import { Client, type ClientConfig, type Pool, type PoolClient } from 'pg';
import type { DatabaseLimits } from '../config/config.js';
import { DatabaseClient } from './connection/client.js';
import { followPromotion } from './connection/follow-promotion.js';
import type { ConnectionOptions } from './connection/options.js';
import type { EmbeddedBackend } from './embedded/backend.js';
import { PAGE_COST } from './page-cost.js';
import { startupTimeouts } from './timeouts.js';

/** Limits of commands that an operator waits for: a migration may take long. */
export const COMMAND_LIMITS: DatabaseLimits = {
  poolSize: 10,
  connectTimeout: 5_000,
  queryTimeout: 0,
  lockTimeout: 5_000,
  idleTimeout: 0,
};

/** The embedded database has one connection, and no time-out of statements: the wait for the previous ones may be longer. */
export const EMBEDDED_CONNECTIONS = { max: 1, timeoutMs: 30_000 };

/** Margin after the server's own statement timeout; a server that has not responded by then is considered dead. */
const LATENCY_MS = 250;

/**
 * Turns off the compilation of statements, which takes PostgreSQL longer than it saves: a match of 20 rows of a proposal took
 * 35 ms, of which 34 were compilation.
 */
const NO_JIT = '-c jit=off';

/** Has times written as ISO 8601: in the German style of a role or database, 1 December would be read as 12 January. */
const ISO_TIMES = '-c DateStyle=ISO';

/**
 * Has each statement of a transaction see what was committed before it, whatever the default of the role or database: a rule
 * that is checked under a lock would else be checked on the records as they were before the wait for it.
 */
const READ_COMMITTED = '-c default_transaction_isolation=read\\ committed';

/**
 * Returns the startup parameters of a connection: the time-outs, how times are written, how statements are planned, and what
 * they see.
 */
export const startupParameters = ({ options = '' }: ConnectionOptions, limits: DatabaseLimits): ClientConfig => ({
  ...startupTimeouts(limits),
  options: `${NO_JIT} -c ${PAGE_COST} ${ISO_TIMES} ${options} ${READ_COMMITTED}`,
});

/**
 * Returns options for the `pg` driver, which forwards those of the server.
 *
 * @param startup Whether to send the startup parameters.
 */
export function driverOptions(connection: ConnectionOptions, limits: DatabaseLimits, startup: boolean) {
  const { connectTimeout, queryTimeout } = limits;
  return {
    // The driver's pool creates connections of this class.
    Client: class extends DatabaseClient {
      constructor(config: ClientConfig) {
        super(connection, undefined, config);
      }
    },
    // Concurrent statements on one connection are sent without waiting for earlier results.
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeout,
    ...(startup && startupParameters(connection, limits)),
    onPoolCreated: (pool: Pool) => {
      evictBrokenConnections(pool);
      if (connection.writable && connection.hosts.length > 1) followPromotion(pool);
      if (queryTimeout) pool.on('connect', client => endWhenSilent(client, queryTimeout + LATENCY_MS));
    },
  };
}

/** The part of a socket that tells when nothing was sent or received for a time. */
interface Timed {
  setTimeout(milliseconds: number): void;
  on(event: 'timeout', listener: () => void): void;
  destroy(error: Error): void;
}

/**
 * Ends a connection whose server sends nothing for so long while a statement waits for it; the statement fails. One timer for
 * each connection: the driver's `query_timeout` sets and clears one for each statement.
 */
function endWhenSilent(client: PoolClient, silenceMs: number): void {
  const driver = client as unknown as { connection: { stream: Timed }; readyForQuery: boolean };
  const { stream } = driver.connection;
  stream.setTimeout(silenceMs);
  stream.on('timeout', () => {
    if (!driver.readyForQuery) stream.destroy(new Error('Query read timeout'));
  });
}

/** Returns options for the `pg` driver, whose one connection is to an embedded database. */
export function embeddedDriverOptions(backend: EmbeddedBackend) {
  return {
    Client: class extends Client {
      constructor(config: ClientConfig) {
        super({ ...config, stream: () => backend.connect() });
      }
    },
    pipeline: true,
    ssl: false,
    connectionTimeoutMillis: EMBEDDED_CONNECTIONS.timeoutMs,
    // It would lose its prepared statements.
    idleTimeoutMillis: 0,
    onPoolCreated: evictBrokenConnections,
  };
}

/**
 * Removes connections that break while they are checked out from a pool, where each would occupy a slot for ever: the
 * rollback on such a connection fails, after which kysely does not release it
 * (https://github.com/kysely-org/kysely/issues/1990). Remove this when that issue is fixed.
 *
 * A connection that is established while the pool closes is ended here: kysely has forgotten its pool by then, fails, and
 * would never release the connection, which the pool waits for.
 *
 * `graph/sql/pipelined-pool.ts` also uses internals of `pg`: it corks the socket to send several statements in one packet,
 * for which the driver has no option (https://github.com/brianc/node-postgres/issues/2646).
 */
function evictBrokenConnections(pool: Pool): void {
  pool.on('connect', (client: PoolClient) => {
    client.once('end', () => releaseEvicted(client));
    if (pool.ending) void client.end();
  });
}

/** Removes an ended connection from the pool, if it is checked out; a later release by its user does nothing. */
function releaseEvicted(client: PoolClient): void {
  try {
    client.release(true);
  } catch {
    // Already released, or never checked out.
  }
  client.release = () => undefined;
}
