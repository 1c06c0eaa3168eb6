import { type Budget, RateLimitError } from '../limits/budget.js';
import type { Release } from '../limits/client-quota.js';
import type { Counters } from '../limits/counters.js';
import type { Methods } from './channel.js';

/** The outcome of a charge: an error has no class in another process. */
export interface Charged {
  budget: Budget;
  isRefused: boolean;
}

/** The arguments of `Counters.limiter` and `Counters.quota`. */
type LimiterArgs = Parameters<Counters['limiter']>;
type QuotaArgs = Parameters<Counters['quota']>;

/** Counts in the primary for one worker. The places that it holds are released when it ends. */
export class WorkerCounters {
  readonly #counters: Counters;
  readonly #places = new Map<number, Release>();
  #lastPlace = 0;
  #isEnded = false;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  /** The methods that the worker calls. */
  readonly methods: Methods = {
    charge: async (limiter: LimiterArgs, client: string, cost: number): Promise<Charged> => {
      try {
        return { budget: await this.#counters.limiter(...limiter).consume(client, cost), isRefused: false };
      } catch (error) {
        if (error instanceof RateLimitError) return { budget: error.budget, isRefused: true };
        throw error;
      }
    },
    isUsedUp: (quota: QuotaArgs, client: string) => this.#counters.quota(...quota).isUsedUp(client),
    acquire: async (quota: QuotaArgs, client: string) =>
      this.#hold(await this.#counters.quota(...quota).acquire(client)),
    acquireWithin: async (quota: QuotaArgs, client: string, timeoutMs: number) =>
      this.#hold(await this.#counters.quota(...quota).acquireWithin(client, timeoutMs)),
    release: (place: number) => {
      this.#places.get(place)?.();
      this.#places.delete(place);
    },
  };

  /** Releases all places. */
  end(): void {
    this.#isEnded = true;
    for (const release of this.#places.values()) release();
    this.#places.clear();
  }

  #hold(release: Release | undefined): number | undefined {
    if (this.#isEnded) release?.();
    if (!release || this.#isEnded) return undefined;
    this.#lastPlace += 1;
    this.#places.set(this.#lastPlace, release);
    return this.#lastPlace;
  }
}
