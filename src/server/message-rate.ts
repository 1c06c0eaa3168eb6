/** A client may send this many messages within so many milliseconds. */
const MOST = 300;
const WINDOW = 10_000;

/** Counts the messages of one socket. */
export class MessageRate {
  #count = 0;
  #since = Date.now();

  /** Counts one more; false when it is one too many. */
  allows(): boolean {
    const now = Date.now();
    if (now - this.#since >= WINDOW) {
      this.#since = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= MOST;
  }
}
