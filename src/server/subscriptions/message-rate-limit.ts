/** A client may send this many messages within so many milliseconds. */
const MAX_MESSAGES = 300;
const WINDOW_MS = 10_000;

/** Counts the messages of one socket. */
export class MessageRateLimiter {
  #count = 0;
  #since = Date.now();

  /** Counts one more; false when it is one too many. */
  tryAcquire(): boolean {
    const now = Date.now();
    if (now - this.#since >= WINDOW_MS) {
      this.#since = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= MAX_MESSAGES;
  }
}
