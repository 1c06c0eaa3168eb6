import type { Share } from './connection-shares.js';
import { type Fork, ForkProperty } from './fork.js';
import type { QueryRunner, SqlQuery } from './sql-query.js';

/** Sends one statement to a replica. `primary` sends those that a replica cannot answer, and those that fail there. */
export type ReplicaRunner = (
  primary: QueryRunner,
  query: SqlQuery,
  share: Share | undefined,
  moment: number | undefined,
) => Promise<unknown[]>;

/** Chooses the servers that operations read from. */
export interface ReadReplicas {
  /**
   * Makes a fork read from a replica that has all that this process knows, and from the primary if there is none.
   *
   * @param moment The id of the last change that the operation sees; undefined for the present.
   */
  assign(em: Fork, moment: number | undefined): void;
}

const runnerByFork = new ForkProperty<ReplicaRunner>('replica');

/** Sends the statements of a fork outside of a transaction to a replica. Those of all other forks go to the primary. */
export function readFromReplica(em: Fork, runner: ReplicaRunner): void {
  runnerByFork.set(em, runner);
}

/** Returns the runner of a fork that reads from a replica. */
export const replicaRunnerOf = (em: Fork): ReplicaRunner | undefined => runnerByFork.get(em);

const toPrimary: ReplicaRunner = (primary, query, share, moment) => primary(query, share, moment);

/** Sends the further statements of a fork to the primary. Returns false if it never read from a replica. */
export function leaveReplica(em: Fork): boolean {
  if (!runnerByFork.get(em)) return false;
  // Not removed: other cursors of the operation were looked for on the replica, too.
  readFromReplica(em, toPrimary);
  return true;
}
