import type { EntityManager } from '@mikro-orm/sql';
import type { ChangeStream } from '../../change/stream.js';
import { type ReadReplicas, readFromReplica } from '../../graph/sql/replicas.js';
import { Replica } from './replica.js';
import type { ReplicaServer } from './replica-server.js';
import type { ReplicaLog, ReplicaState } from './replica-state.js';
import { replicaRunner, replicaRunnerIfCutOff } from './runners.js';

/**
 * Leads operations to streaming replicas in turn. An operation reads from one only if it has every change that this process
 * has read from the log or committed: a client finds its own writes, and the response cache, which forgets what a change makes
 * invalid when this process reads it, never stores an older answer. Without such a replica it reads from the primary.
 */
export class FollowedReplicas implements ReadReplicas {
  readonly #changes: ChangeStream;
  readonly #replicas: readonly Replica[];
  #turn = 0;

  constructor(servers: readonly ReplicaServer[], changes: ChangeStream, maxLagMs: number, log: ReplicaLog) {
    this.#changes = changes;
    this.#replicas = servers.map(server => new Replica(server, changes, maxLagMs, log));
  }

  /** Begins to read from them, after the first read of the log. */
  start(): void {
    for (const replica of this.#replicas) replica.start();
  }

  get states(): ReplicaState[] {
    return this.#replicas.map(({ state }) => state);
  }

  assign(em: EntityManager, moment: number | undefined): void {
    const { isInSync, isCutOff, reachedId, redactedId } = this.#changes;
    // The past does not change, but for what was removed from it.
    const required = moment === undefined ? reachedId : Math.max(moment, redactedId);
    const count = this.#replicas.length;
    for (let i = 0; i < count; i += 1) {
      const replica = this.#replicas[(this.#turn + i) % count] as Replica;
      if (!replica.has(required)) continue;
      this.#turn = (this.#turn + i + 1) % count;
      // While changes of others come late, the primary has them. If it is away, nobody writes.
      readFromReplica(em, (isInSync || isCutOff ? replicaRunner : replicaRunnerIfCutOff)(replica, required));
      return;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#replicas.map(replica => replica.stop()));
  }
}
