/** The state of a replica, for operators. */
export interface ReplicaState {
  /** Its host and port. */
  name: string;
  /** True if operations may read from it, provided that it has the changes that they need. */
  isUsed: boolean;
  /** The time since this process knows of a change that the replica lacks; 0 if it lacks none. */
  lagMs: number;
  /** The id of the newest change that it has; undefined while it does not respond. */
  position: number | undefined;
  /** Statements that failed on it and were sent to the primary. */
  failures: number;
}

/** Called when operations begin or cease to read from a replica. Must not throw. */
export type ReplicaLog = (name: string, isUsed: boolean, reason?: unknown) => void;
