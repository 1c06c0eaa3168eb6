import type { Change } from './change.js';
import { ChangeReader } from './change-reader.js';

/** One open subscription, as an iterator over changes. `return()` ends a pending wait at once. */
export class Subscriber extends ChangeReader implements AsyncGenerator<Change> {
  next(): Promise<IteratorResult<Change>> {
    return new Promise(resolve => {
      const read = () => {
        const change = this.read(read);
        if (change) {
          this.onSent();
          resolve({ done: false, value: change });
        } else if (this.isEnded) resolve({ done: true, value: undefined });
      };
      read();
    });
  }

  async return(): Promise<IteratorResult<Change>> {
    this.close();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<Change>> {
    this.close();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
