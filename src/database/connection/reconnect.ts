import { setTimeout as sleep } from 'node:timers/promises';

const MIN_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 1_000;
/** After a connection that was open for this long, the next attempt follows soon. */
const STABLE_MS = 4_000;

/** Replaces a connection each time it is lost, with growing pauses between attempts. */
export class Reconnection {
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  /** @param connect Called for each attempt. Resolves when its connection is lost, or cannot be opened; must not reject. */
  constructor(connect: (reconnection: Reconnection) => Promise<void>) {
    this.#running = this.#run(connect);
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Makes no further attempt. @param end Called to end the connection. Resolves when it is ended. */
  async stop(end: () => Promise<unknown> | undefined): Promise<void> {
    this.#stop.abort();
    await end()?.catch(() => undefined);
    await this.#running;
  }

  async #run(connect: (reconnection: Reconnection) => Promise<void>): Promise<void> {
    let backoff = MIN_BACKOFF_MS;
    // The constructor has returned by then.
    await Promise.resolve();
    while (!this.isStopped) {
      const startedAt = Date.now();
      await connect(this);
      if (Date.now() - startedAt > STABLE_MS) backoff = MIN_BACKOFF_MS;
      if (!this.isStopped) await sleep(backoff, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      backoff = Math.min(backoff * 2, MAX_BACKOFF_MS);
    }
  }
}
