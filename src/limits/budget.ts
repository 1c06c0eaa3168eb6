import { ClientError } from '../graph/errors.js';
import { message } from '../messages/message.js';

/** The window of the rate limit: a budget is full again after it. */
export const WINDOW_SECONDS = 60;

/** The rate limit of a client and the points that are left of it. */
export interface Budget {
  /** Points per window. */
  limit: number;
  remaining: number;
  /** The time at which the budget is full again, in milliseconds since 1970. */
  resetAt: number;
}

/** Reports a budget that has fewer points left than are needed. None of them are consumed, and nothing is executed. */
export class RateLimitError extends ClientError {
  /** Seconds until the budget is full again: the value of `Retry-After`. */
  readonly retryAfter: number;

  constructor(
    readonly budget: Budget,
    cost: number,
  ) {
    const { limit, remaining, resetAt } = budget;
    const retryAfter = Math.max(1, Math.ceil((resetAt - Date.now()) / 1_000));
    const problem = message('BUDGET_SPENT', { cost, remaining, limit, seconds: retryAfter });
    super('RATE_LIMITED', problem, { limit, cost, retryAfter });
    this.retryAfter = retryAfter;
  }
}
