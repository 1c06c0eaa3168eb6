/** Limits the open WebSockets and event streams per client address. */
export class ConnectionQuota {
  readonly #open = new Map<string, number>();

  /** @param max The maximum number of open connections per address. */
  constructor(readonly max: number) {}

  /** The error message for a rejected connection. */
  get message(): string {
    return `An address may have ${this.max} sockets and streams open at a time; close one.`;
  }

  /**
   * Reserves a connection of an address.
   *
   * @returns The function that releases it (further calls have no effect), or `undefined` if the quota is used up.
   */
  acquire(address: string): (() => void) | undefined {
    const open = this.#open.get(address) ?? 0;
    if (open >= this.max) return undefined;
    this.#open.set(address, open + 1);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const remaining = (this.#open.get(address) ?? 1) - 1;
      if (remaining === 0) this.#open.delete(address);
      else this.#open.set(address, remaining);
    };
  }
}
