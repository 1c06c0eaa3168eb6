import type { ClientConfig } from 'pg';
import type { QueryRunner } from '../../graph/sql/sql-query.js';
import type { ConnectionOptions } from '../connection/options.js';

/** A replica that is not read from yet: its address, and a pool of connections that opens none before it is needed. */
export interface ReplicaServer {
  connection: ConnectionOptions;
  /** The startup parameters of the connections of its pool. */
  parameters: ClientConfig;
  query: QueryRunner;
}
