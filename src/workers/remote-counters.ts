import { type Budget, RateLimitError } from '../limits/budget.js';
import type { Quota, Release } from '../limits/client-quota.js';
import type { Counters, Limiter } from '../limits/counters.js';
import type { Channel } from './channel.js';
import type { Charged } from './worker-counters.js';

/** Counts in the primary, with all other workers. */
export class RemoteCounters implements Counters {
  constructor(
    private readonly channel: Channel,
    readonly workers: number,
  ) {}

  limiter(name: string, points: number, seconds: number): Limiter {
    const consume = async (client: string, cost: number): Promise<Budget> => {
      const { budget, isRefused } = await this.channel.call<Charged>('charge', [name, points, seconds], client, cost);
      if (isRefused) throw new RateLimitError(budget, cost);
      return budget;
    };
    return { points, consume };
  }

  quota(name: string, max: number): Quota {
    const acquire = async (method: string, ...args: unknown[]): Promise<Release | undefined> => {
      const place = await this.channel.call<number | undefined>(method, [name, max], ...args);
      // The second release of a place is that of no place.
      return place === undefined ? undefined : () => this.channel.notify('release', place);
    };
    return {
      max,
      isUsedUp: client => this.channel.call<boolean>('isUsedUp', [name, max], client),
      acquire: client => acquire('acquire', client),
      acquireWithin: (client, timeoutMs) => acquire('acquireWithin', client, timeoutMs),
    };
  }
}
