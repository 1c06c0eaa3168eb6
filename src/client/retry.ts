import type { Status } from './status.js';

const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 15_000;
/** Limits the wait that a response asks for: a proxy may name any number, and timers end at once after 24 days. */
const MAX_REQUESTED_WAIT_MS = 3_600_000;

/** Waits between attempts: twice as long after each failure, up to 15 s, and never all clients at the same time. */
export class Retry {
  #wait = FIRST_WAIT_MS;

  constructor(private readonly options: { onStatus?(status: Status): void; signal?: AbortSignal }) {}

  /** Begins again with a short wait, after an attempt that succeeded. */
  reset(): void {
    this.#wait = FIRST_WAIT_MS;
  }

  /**
   * Tells the reason, and waits: not shorter than the register asks for, up to an hour, and no longer than until the signal is
   * aborted.
   */
  async pause(reason: unknown, atLeastSeconds = 0): Promise<void> {
    const random = this.#wait * (0.5 + Math.random() / 2);
    this.#wait = Math.min(2 * this.#wait, MAX_WAIT_MS);
    const waitMs = Math.max(random, Math.min(1_000 * atLeastSeconds, MAX_REQUESTED_WAIT_MS));
    this.options.onStatus?.({ state: 'waiting', reason, waitMs });
    await wait(waitMs, this.options.signal);
  }
}

/** Resolves after a time, or as soon as the signal is aborted. */
function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
