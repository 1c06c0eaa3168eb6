import type { ReplicaLog } from '../../database/replicas/replica-state.js';
import { type Logger, logRecovery } from './logger.js';

const TOO_FAR_BEHIND = new Error('it lacks changes for longer than REPLICA_MAX_LAG_MS, or has another history');

/** Returns a log of the times at which operations cease to read from a replica, and begin to again. */
export function replicaLog(logger: Logger): ReplicaLog {
  const unused = new Set<string>();
  return (name, isUsed, reason = TOO_FAR_BEHIND) => {
    if (!isUsed) {
      unused.add(name);
      logger(`replica ${name} is not read from`, reason);
    } else if (unused.delete(name)) logRecovery(logger, `replica ${name} is read from again`);
  };
}
