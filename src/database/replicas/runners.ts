import type { ReplicaRunner } from '../../graph/sql/replicas.js';
import type { SqlQuery } from '../../graph/sql/sql-query.js';
import type { Replica } from './replica.js';
import { isStatementFault } from './statement-fault.js';
import { readsLoggedTables } from './unlogged-tables.js';

/** Returns whether a replica can answer a statement of an operation that needs a change and all before. */
const answers = (replica: Replica, { text }: SqlQuery, id: number): boolean =>
  replica.has(id) && readsLoggedTables(text);

/**
 * Returns the runner of an operation that needs a change and all before. It sends a statement to the replica; to the primary if
 * it is one that only the primary answers, or fails on the replica.
 */
export function replicaRunner(replica: Replica, id: number): ReplicaRunner {
  return (primary, query, share, moment) => {
    if (!answers(replica, query, id)) return primary(query, share, moment);
    return replica.query(query, share, moment).catch(error => {
      if (isStatementFault(error)) throw error;
      replica.onFailure();
      return primary(query, share, moment);
    });
  };
}

/** Returns the runner that sends a statement to the primary; to the replica if the primary is away. */
export function replicaRunnerIfCutOff(replica: Replica, id: number): ReplicaRunner {
  return (primary, query, share, moment) =>
    primary(query, share, moment).catch(error => {
      if (isStatementFault(error) || !answers(replica, query, id)) throw error;
      return replica.query(query, share, moment);
    });
}
