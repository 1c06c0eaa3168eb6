import { placesOfClient } from '../config/protection.js';
import type { Database } from '../database/open.js';
import { assignShare, ConnectionShares } from '../graph/sql/connection-shares.js';
import { type Fork, readFork } from '../graph/sql/fork.js';
import { type RateLimitSubject, rateLimitKey } from '../limits/rate-limit.js';

/**
 * Returns a function that creates, for a client, the function that creates forks. All forks of a client
 * share its part of the connections.
 *
 * @param share The share of the connections that one client may use; without limit from 1 on.
 */
export function clientForks(
  { em, connections: { max, timeoutMs } }: Database,
  share: number,
): (client: RateLimitSubject) => () => Fork {
  const fork = (): Fork => readFork(em);
  if (share >= 1) return () => fork;
  const shares = new ConnectionShares(placesOfClient(max, share), timeoutMs);
  return subject => {
    // Operations without an address are those of the server itself, such as the events of a subscription.
    if (subject.address === '') return fork;
    const ofClient = { shares, client: rateLimitKey(subject) };
    return () => assignShare(fork(), ofClient);
  };
}
