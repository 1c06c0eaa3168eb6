/** Counts what stays open, by the address that opened it. */
export class ConnectionQuota {
  readonly #open = new Map<string, number>();

  /** @param most How many one address may have open at a time. */
  constructor(readonly most: number) {}

  /** Why one more is refused. */
  get message(): string {
    return `An address may have ${this.most} sockets and streams open at a time; close one.`;
  }

  /** Counts one more, and gives the function that ends it; undefined when the address has as many as it may. */
  acquire(address: string): (() => void) | undefined {
    const before = this.#open.get(address) ?? 0;
    if (before >= this.most) return undefined;
    this.#open.set(address, before + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const now = (this.#open.get(address) ?? 1) - 1;
      if (now === 0) this.#open.delete(address);
      else this.#open.set(address, now);
    };
  }
}
