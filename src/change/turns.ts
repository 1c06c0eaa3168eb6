/** Runs a few functions at a time, in the order of the calls. */
export class Turns {
  readonly #queue: (() => void)[] = [];
  #running = 0;

  /** @param max The number that may run at once. */
  constructor(private readonly max: number) {}

  async run<T>(run: () => Promise<T>): Promise<T> {
    if (this.#running < this.max) this.#running += 1;
    else await new Promise<void>(resolve => this.#queue.push(resolve));
    try {
      return await run();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
