/** Limits how many things of one kind each client has at a time. */
export class ClientQuota {
  readonly #used = new Map<string, number>();

  /** @param max The maximum for one client. */
  constructor(readonly max: number) {}

  /**
   * Reserves a place for a client.
   *
   * @returns The function that releases it (further calls have no effect), or `undefined` if the quota is used up.
   */
  acquire(client: string): (() => void) | undefined {
    const used = this.#used.get(client) ?? 0;
    if (used >= this.max) return undefined;
    this.#used.set(client, used + 1);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const remaining = (this.#used.get(client) ?? 1) - 1;
      if (remaining === 0) this.#used.delete(client);
      else this.#used.set(client, remaining);
    };
  }
}
