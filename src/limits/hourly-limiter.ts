import { RateLimitError } from './budget.js';
import {
  createLimiter,
  type PointLimiter,
  type RateLimitSubject,
  rateLimitKey,
  type SharedStore,
} from './rate-limit.js';

const HOUR_SECONDS = 3_600;

/** Limits the reports of errors of one address in an hour. */
export const MAX_REPORTS = 5;

/** Limits the short links that clients without a key make from one address in an hour. */
export const MAX_LINKS_PER_HOUR = 10;

/** Limits the calls of each client in an hour that are open to everybody and leave something behind. */
export class HourlyLimiter {
  readonly #limiter;

  /** @param store Shared counters of several instances; without it each instance counts separately. */
  constructor(name: string, calls: number, store?: SharedStore) {
    this.#limiter = createLimiter(name, calls, store, HOUR_SECONDS) as PointLimiter;
  }

  /** Counts a call. Returns the minutes until the next one is possible; undefined if this one is. */
  async consume(subject: RateLimitSubject): Promise<number | undefined> {
    try {
      await this.#limiter.consume(rateLimitKey(subject), 1);
      return undefined;
    } catch (error) {
      if (!(error instanceof RateLimitError)) throw error;
      return Math.ceil(error.retryAfter / 60);
    }
  }
}
