import { RateLimitError } from './budget.js';
import type { RateLimiters, RateLimitSubject } from './rate-limit.js';

/** With a shared store, events are charged in sums of at least this many points: each charge is a statement. */
const MIN_SHARED_CHARGE = 100;

/**
 * Charges the events of one subscription to its client. An event is charged after it was sent; the next one waits until
 * the budget has the points, so that a client without budget is slowed down and misses nothing.
 */
export class EventCharges {
  #owed = 0;
  #isEnded = false;
  #endPause: () => void = () => undefined;

  /** @param limit The points per window of the client. */
  constructor(
    private readonly rate: RateLimiters,
    private readonly client: RateLimitSubject,
    private readonly limit: number,
  ) {}

  /** Adds the cost of an event, at least one point. */
  add(cost: number): void {
    this.#owed += Math.max(1, Math.ceil(cost));
  }

  /** Charges the events so far. Settles when the budget had the points, or after `end`. Undefined if none are due. */
  settle(): Promise<void> | undefined {
    return this.#owed < (this.rate.isShared ? MIN_SHARED_CHARGE : 1) ? undefined : this.#charge();
  }

  /** Ends a wait for points. */
  end(): void {
    this.#isEnded = true;
    this.#endPause();
  }

  async #charge(): Promise<void> {
    while (this.#owed > 0 && !this.#isEnded) {
      // More points than a full budget has are charged in several windows.
      const points = Math.min(this.#owed, this.limit);
      try {
        await this.rate.consume(this.client, points);
        this.#owed -= points;
      } catch (error) {
        if (!(error instanceof RateLimitError)) throw error;
        await this.#pause(error.retryAfter * 1_000);
      }
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      if (this.#isEnded) return resolve();
      const timer = setTimeout(resolve, milliseconds);
      timer.unref();
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
