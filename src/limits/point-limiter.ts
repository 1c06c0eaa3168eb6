import { LRUCache } from 'lru-cache';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { type Budget, RateLimitError } from './budget.js';

/** For this time a refusal by the shared store is repeated without a statement. */
const REFUSAL_TTL_MS = 1_000;
const MAX_REFUSALS = 10_000;

/** Limits the points of clients of one kind. */
export class PointLimiter {
  /** The budgets of the last refusals. Undefined for counters in memory, which need no statement. */
  readonly #refusals: LRUCache<string, Budget> | undefined;

  constructor(
    private readonly limiter: RateLimiterAbstract,
    isShared: boolean,
  ) {
    this.#refusals = isShared ? new LRUCache({ max: MAX_REFUSALS, ttl: REFUSAL_TTL_MS }) : undefined;
  }

  get points(): number {
    return this.limiter.points;
  }

  /** @throws RateLimitError. */
  async consume(client: string, points: number): Promise<Budget> {
    const refusal = this.#refusals?.get(client);
    if (refusal && refusal.remaining < points) throw new RateLimitError(refusal, points);
    try {
      return budgetOf(this.points, await this.limiter.consume(client, points));
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      // The library consumes the points before it compares.
      const budget = budgetOf(this.points, await this.limiter.reward(client, points));
      this.#refusals?.set(client, budget);
      throw new RateLimitError(budget, points);
    }
  }
}

const budgetOf = (limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): Budget => ({
  limit,
  remaining: remainingPoints,
  resetAt: Date.now() + msBeforeNext,
});
