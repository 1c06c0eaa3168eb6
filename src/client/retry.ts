const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 15_000;

/** Waits between attempts: twice as long after each failure, up to 15 s, and never all clients at the same time. */
export class Retry {
  #wait = FIRST_WAIT_MS;

  /** Begins again with a short wait, after an attempt that succeeded. */
  reset(): void {
    this.#wait = FIRST_WAIT_MS;
  }

  /** Returns the next wait, which is not shorter than the register asks for. */
  next(atLeastSeconds = 0): number {
    const wait = this.#wait * (0.5 + Math.random() / 2);
    this.#wait = Math.min(2 * this.#wait, MAX_WAIT_MS);
    return Math.max(wait, 1_000 * atLeastSeconds);
  }
}

/** Resolves after a time, or as soon as the signal is aborted. */
export function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
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
