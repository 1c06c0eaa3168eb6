/**
 * Measures how fast a client reads a stream. Counts only the time that the stream waits for the client, so that a slow
 * database is not held against it.
 */
export class Pace {
  #bytes = 0;
  #waitedMs = 0;
  #waitingSince: number | undefined;

  /** Passes chunks on, and measures the time until the next one is requested. */
  async *measure<Chunk extends string | Uint8Array>(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
    for await (const chunk of chunks) {
      this.#waitingSince = performance.now();
      yield chunk;
      this.#bytes += Buffer.byteLength(chunk);
      this.#waitedMs += performance.now() - this.#waitingSince;
      this.#waitingSince = undefined;
    }
  }

  /** Returns the bytes that the client read, and the milliseconds that the stream waited for it, since the last call. */
  takeSample(): { bytes: number; waitedMs: number } {
    const now = performance.now();
    const pendingMs = this.#waitingSince === undefined ? 0 : now - this.#waitingSince;
    const sample = { bytes: this.#bytes, waitedMs: this.#waitedMs + pendingMs };
    this.#bytes = 0;
    this.#waitedMs = 0;
    if (this.#waitingSince !== undefined) this.#waitingSince = now;
    return sample;
  }
}
