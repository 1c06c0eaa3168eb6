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
      return this.#budgetOf(await this.limiter.consume(client, points));
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      // The library consumes the points before it compares.
      const budget = this.#budgetOf(await this.#giveBack(client, points));
      this.#refusals?.set(client, budget);
      throw new RateLimitError(budget, points);
    }
  }

  async #giveBack(client: string, points: number): Promise<RateLimiterRes> {
    const result = await this.limiter.reward(client, points);
    // The window in which they were consumed has ended meanwhile: the new one must not have more points than others.
    const excess = Math.min(points, -result.consumedPoints);
    return excess > 0 ? this.limiter.penalty(client, excess) : result;
  }

  #budgetOf({ remainingPoints, msBeforeNext }: RateLimiterRes): Budget {
    const { points: limit, duration } = this.limiter;
    // A clock that was set back puts the end of the window further away than a whole one.
    const msLeft = Math.min(msBeforeNext, duration * 1_000);
    return { limit, remaining: remainingPoints, resetAt: Date.now() + msLeft };
  }
}
