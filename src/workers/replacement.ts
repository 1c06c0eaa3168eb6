/** A run of workers that end before they are ready ends the instance: a further one would end as well. */
export const MAX_FAILED_STARTS = 5;

const MIN_DELAY_MS = 100;
const MAX_DELAY_MS = 5_000;
/** Workers that ended within this time delay the next one. */
const WINDOW_MS = 60_000;

/** Decides when a worker is replaced that has ended without an order. */
export class ReplacementPolicy {
  readonly #now: () => number;
  #exits: number[] = [];
  #failedStarts = 0;

  /** @param now Returns a time in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Called when a worker is ready. */
  onReady(): void {
    this.#failedStarts = 0;
  }

  /**
   * Returns the milliseconds until the replacement of a worker that has ended: none for the first, twice as many for each
   * further one within a minute. Undefined if it must not be replaced: too many in a row were never ready.
   */
  delayAfterExit(wasReady: boolean): number | undefined {
    const now = this.#now();
    this.#failedStarts = wasReady ? 0 : this.#failedStarts + 1;
    if (this.#failedStarts >= MAX_FAILED_STARTS) return undefined;
    const recent = this.#exits.filter(exit => now - exit < WINDOW_MS);
    this.#exits = [...recent, now];
    return recent.length ? Math.min(MIN_DELAY_MS * 2 ** (recent.length - 1), MAX_DELAY_MS) : 0;
  }
}
