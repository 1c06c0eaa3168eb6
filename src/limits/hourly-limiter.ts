import { graphqlError } from '../graph/errors.js';
import { message } from '../messages/message.js';
import { RateLimitError } from './budget.js';
import type { Limiter } from './counters.js';
import { type CountedBy, createLimiter, type RateLimitSubject, rateLimitKey } from './rate-limit.js';

const HOUR_SECONDS = 3_600;

/** Limits the reports of errors of one address in an hour. */
export const MAX_REPORTS = 5;

/** Limits the short links that clients without a key make from one address in an hour. */
export const MAX_LINKS_PER_HOUR = 10;

/** Limits the calls of each client in an hour that are open to everybody and leave something behind. */
export class HourlyLimiter {
  readonly #limiter;

  /** @param rule The rule of further calls. */
  constructor(
    name: 'report' | 'link',
    private readonly limit: number,
    private readonly rule: 'REPORT_LIMIT' | 'SHORT_LINK_LIMIT',
    countedBy: CountedBy,
  ) {
    this.#limiter = createLimiter(name, limit, countedBy, HOUR_SECONDS) as Limiter;
  }

  /**
   * Counts a call.
   *
   * @throws ClientError RATE_LIMITED, with the minutes until the next one is possible.
   */
  async consume(subject: RateLimitSubject): Promise<void> {
    try {
      await this.#limiter.consume(rateLimitKey(subject), 1);
    } catch (error) {
      if (!(error instanceof RateLimitError)) throw error;
      const minutes = Math.ceil(error.retryAfter / 60);
      const problem = message(this.rule, { limit: this.limit, minutes });
      throw graphqlError('RATE_LIMITED', problem, { retryAfter: minutes * 60 });
    }
  }
}
