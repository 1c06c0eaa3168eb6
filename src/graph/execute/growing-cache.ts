interface Entry<Value> {
  value: Value;
  bytes: number;
}

/** A cache whose values grow while they are used. The oldest make room; the one that grows may exceed the limit. */
export class GrowingCache<Value extends object> {
  /** The newest ones are last. */
  readonly #entries = new Map<string, Entry<Value>>();
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(key: string): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Returns a value, and makes it the newest. */
  use(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Adds a value that takes no memory until it grows. */
  add(key: string, value: Value): void {
    this.#entries.set(key, { value, bytes: 0 });
  }

  /**
   * Counts the growth of a value, and drops the oldest others if all together exceed the limit.
   *
   * @returns The growth of the cache in bytes, which may be negative; 0 for a value that it has dropped.
   */
  grow(key: string, value: Value, bytes: number): number {
    const entry = this.#entries.get(key);
    if (entry?.value !== value) return 0;
    entry.bytes += bytes;
    let change = bytes;
    for (const [oldestKey, oldest] of this.#entries) {
      if (this.#bytes + change <= this.maxBytes) break;
      if (oldest === entry) continue;
      this.#entries.delete(oldestKey);
      change -= oldest.bytes;
    }
    this.#bytes += change;
    return change;
  }
}
