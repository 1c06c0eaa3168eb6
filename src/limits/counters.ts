import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Budget } from './budget.js';
import { ClientQuota, type Quota } from './client-quota.js';
import { PointLimiter } from './point-limiter.js';

/** Limits the points of each client within a window. */
export interface Limiter {
  /** Points per window. */
  readonly points: number;
  /** @throws RateLimitError if fewer points are left; it consumes none of them. */
  consume(client: string, points: number): Promise<Budget>;
}

/** Counts the limits of clients: in this process, or, for a worker, in the primary with those of all workers. */
export interface Counters {
  /** The number of processes that serve together: the part of each in a limit that each counts for itself. */
  readonly workers: number;
  limiter(name: string, points: number, seconds: number): Limiter;
  quota(name: string, max: number): Quota;
}

/** Counts in this process. Limiters and quotas of the same name and maximum share their counts. */
export class LocalCounters implements Counters {
  readonly workers = 1;
  readonly #limiters = new Map<string, Limiter>();
  readonly #quotas = new Map<string, Quota>();

  limiter(name: string, points: number, seconds: number): Limiter {
    return getOrAdd(this.#limiters, `${name} ${points} ${seconds}`, () => {
      const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
      return new PointLimiter(memory, false);
    });
  }

  quota(name: string, max: number): Quota {
    return getOrAdd(this.#quotas, `${name} ${max}`, () => new ClientQuota(max));
  }
}

function getOrAdd<T>(map: Map<string, T>, key: string, create: () => T): T {
  const existing = map.get(key);
  if (existing) return existing;
  const created = create();
  map.set(key, created);
  return created;
}
