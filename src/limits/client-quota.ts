/** Releases a place; further calls have no effect. */
export type Release = () => void;

/** Limits how many things of one kind each client has at a time, in this process or in all workers. */
export interface Quota {
  /** The maximum for one client. */
  readonly max: number;
  /** Returns true if a client has all its places. */
  isUsedUp(client: string): boolean | Promise<boolean>;
  /** Reserves a place for a client; `undefined` if the quota is used up. */
  acquire(client: string): Release | undefined | Promise<Release | undefined>;
  /** Reserves a place for a client, and waits for one until the timeout if all are taken. */
  acquireWithin(client: string, timeoutMs: number): Promise<Release | undefined>;
}

/** Limits how many things of one kind each client has at a time, in this process. */
export class ClientQuota implements Quota {
  readonly #used = new Map<string, number>();
  /** The requests that wait for a place, by client: at most one a place. */
  readonly #waiting = new Map<string, Set<() => void>>();

  /** @param max The maximum for one client. */
  constructor(readonly max: number) {}

  isUsedUp(client: string): boolean {
    return (this.#used.get(client) ?? 0) >= this.max;
  }

  /**
   * Reserves a place for a client.
   *
   * @returns The function that releases it (further calls have no effect), or `undefined` if the quota is used up.
   */
  acquire(client: string): Release | undefined {
    if (this.isUsedUp(client)) return undefined;
    this.#used.set(client, (this.#used.get(client) ?? 0) + 1);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const remaining = (this.#used.get(client) ?? 1) - 1;
      if (remaining === 0) this.#used.delete(client);
      else this.#used.set(client, remaining);
      const [next] = this.#waiting.get(client) ?? [];
      next?.();
    };
  }

  /**
   * Reserves a place for a client like `acquire`, and waits for one until the timeout if all are taken. At most as many
   * requests of a client wait as it has places.
   */
  async acquireWithin(client: string, timeoutMs: number): Promise<Release | undefined> {
    const waiting = this.#waiting.get(client) ?? new Set();
    const release = this.acquire(client);
    if (release || waiting.size >= this.max) return release;
    this.#waiting.set(client, waiting);
    return new Promise(resolve => {
      const settle = () => {
        clearTimeout(timeout);
        waiting.delete(settle);
        if (waiting.size === 0) this.#waiting.delete(client);
        resolve(this.acquire(client));
      };
      const timeout = setTimeout(settle, timeoutMs);
      waiting.add(settle);
    });
  }
}
