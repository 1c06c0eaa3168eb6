import { type DatabaseLimits, StartError } from '../../config/config.js';
import { pipelinedQueryRunner } from '../../graph/sql/pipelined-pool.js';
import type { Pool } from '../../graph/sql/pool.js';
import type { ConnectionOptions } from '../connection/options.js';
import { parseDatabaseUrl } from '../connection/url.js';
import { startupParameters } from '../pool.js';
import { type Orm, poolFor } from '../postgresql.js';
import type { ReplicaServer } from './replica-server.js';

const SETTING = 'DATABASE_REPLICA_URLS';

/**
 * Prepares a pool of connections for each replica. None is opened before it is needed, so that a replica that is away does
 * not delay the start.
 *
 * @param startup Whether to send the time-outs as startup parameters.
 * @throws StartError for an address that is not valid.
 */
export async function openReplicas(
  orm: Orm,
  urls: readonly string[],
  limits: DatabaseLimits,
  startup: boolean,
): Promise<(ReplicaServer & { close(): Promise<void> })[]> {
  const connections = urls.map(parseReplicaUrl);
  requireDistinct(connections);
  return Promise.all(
    connections.map(async connection => {
      const pool = await poolFor(orm, connection, limits, startup);
      const query = pipelinedQueryRunner((await pool.getNativeClient()) as unknown as Pool);
      const parameters = startup ? startupParameters(connection, limits) : {};
      return { connection, parameters, query, close: () => pool.close() };
    }),
  );
}

/** Statements on one server would count as those of two, and its metrics have one series. */
function requireDistinct(connections: readonly ConnectionOptions[]): void {
  const addresses = connections.map(({ hosts: [{ host = 'localhost', port = 5432 } = {}], database }) =>
    [host, ':', port, '/', database].join(''),
  );
  const repeated = addresses.find((address, i) => addresses.indexOf(address) < i);
  if (repeated !== undefined)
    throw new StartError(`${SETTING}: ${repeated} is there twice; give each replica an address of its own.`);
}

/** Each pool leads to one server: how far another one is, nobody would know. */
function parseReplicaUrl(url: string): ConnectionOptions {
  const connection = parseDatabaseUrl(url, SETTING);
  if (connection.hosts.length > 1)
    throw new StartError(`${SETTING}: an address has several hosts; give each replica an address of its own.`);
  if (connection.writable)
    throw new StartError(`${SETTING}: target_session_attrs is any; got read-write, which no replica is.`);
  return connection;
}
