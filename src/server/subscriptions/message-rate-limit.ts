/** Limits the messages of one socket within a window. */
const MAX_MESSAGES = 300;
const WINDOW_MS = 10_000;

/** Counts the messages of one socket. */
export class MessageRateLimiter {
  #count = 0;
  #windowStart = performance.now();

  /** Counts a message. Returns false if it exceeds the limit. */
  tryAcquire(): boolean {
    const now = performance.now();
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#windowStart = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= MAX_MESSAGES;
  }
}
