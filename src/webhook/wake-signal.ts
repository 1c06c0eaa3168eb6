/** Timers of Node take 24 days at most. */
const MAX_WAIT_MS = 86_400_000;

/** Wakes one waiting loop. A wake-up that comes while the loop is busy is not lost. */
export class WakeSignal {
  /** True if it was woken since the last `clear`. */
  isSet = true;
  #resume: () => void = () => undefined;

  wake(): void {
    this.isSet = true;
    this.#resume();
  }

  clear(): void {
    this.isSet = false;
  }

  /** Waits for a time, or for the next wake-up if that comes earlier. Without a time, for a wake-up only. */
  wait(timeoutMs: number | undefined): Promise<void> {
    return new Promise(resolve => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(resolve, Math.min(timeoutMs, MAX_WAIT_MS));
      this.#resume = () => {
        clearTimeout(timer);
        resolve();
      };
      if (timeoutMs === undefined && this.isSet) this.#resume();
    });
  }
}
