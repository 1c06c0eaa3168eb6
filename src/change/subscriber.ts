import type { ChangePage } from './catch-up.js';
import type { Change } from './change.js';
import type { ChangeSource, SubscriptionEnd } from './change-source.js';
import type { LogPosition } from './cursor.js';
import { matches } from './filter.js';
import type { ChangeSelection } from './log-reader.js';

/** A subscriber is too slow if it is this many changes behind and has requested none for `MAX_STALL_MS`. */
const MAX_BEHIND = 1_000;
const MAX_STALL_MS = 5_000;
/** Time between two attempts to read while the database is unavailable. */
const RETRY_MS = 2_000;

/**
 * One open subscription, which iterates over changes. Subscribers have no queue: each reads the shared buffer, or the log,
 * at its own pace. `return()` ends a pending wait at once.
 */
export class Subscriber implements AsyncGenerator<Change> {
  #page: readonly Change[] = [];
  #index = 0;
  #pageEnd: LogPosition;
  /** The last change that it received or skipped. */
  #position: LogPosition;
  /** Time of its last request for a change; undefined while it waits for one. */
  #lastPullAt: number | undefined = Date.now();
  #wake: (() => void) | undefined;
  #isEnded = false;
  /** The number of redactions: each makes a page outdated that is being read. */
  #discards = 0;

  /**
   * @param position The last change that the client has.
   * @param onEnd Called at most once, when the server ends the subscription.
   */
  constructor(
    private readonly source: ChangeSource,
    position: LogPosition,
    private readonly selection: ChangeSelection,
    private readonly onEnd: (end: SubscriptionEnd) => void,
  ) {
    this.#position = position;
    this.#pageEnd = position;
  }

  get position(): LogPosition {
    return this.#position;
  }

  get isTooSlow(): boolean {
    const isBehind = this.source.newest.id - this.#position.id >= MAX_BEHIND;
    return isBehind && this.#lastPullAt !== undefined && Date.now() - this.#lastPullAt >= MAX_STALL_MS;
  }

  /** Ends the subscription on behalf of the server. */
  end(end: SubscriptionEnd): void {
    if (this.#isEnded) return;
    this.#finish();
    this.onEnd(end);
  }

  /** Continues, if it waits for a change. */
  wake(): void {
    this.#wake?.();
  }

  /** Reads the changes after its position again: a redaction removed texts from them. */
  discardPage(): void {
    this.#discards += 1;
    this.#take([], this.#position);
  }

  async next(): Promise<IteratorResult<Change>> {
    this.#lastPullAt = undefined;
    while (!this.#isEnded) {
      const change = this.#page[this.#index];
      // Thousands of subscribers take each change: no promise for one in memory.
      const pending = change ? undefined : this.#readMemory();
      if (pending) await pending;
      if (!change) continue;
      this.#index += 1;
      this.#position = { id: change.id, mark: change.mark };
      if (!matches(this.selection.filter, change)) continue;
      this.#lastPullAt = Date.now();
      return { done: false, value: change };
    }
    return { done: true, value: undefined };
  }

  /** Takes the next changes from memory. Otherwise returns a promise: of the next change, or of a page of the log. */
  #readMemory(): Promise<void> | undefined {
    // Changes that do not match were not read from the log.
    if (this.#pageEnd.id > this.#position.id) this.#position = this.#pageEnd;
    const changes = this.source.inMemoryAfter(this.#position);
    if (!changes) return this.#readPage();
    const last = changes.at(-1);
    return last ? this.#take(changes, last) : this.#wait();
  }

  async #readPage(): Promise<void> {
    const discards = this.#discards;
    let page: ChangePage | undefined;
    try {
      page = await this.source.pageAfter(this.#position, this.selection);
    } catch {
      // A short outage of the database must not end subscriptions.
      if (!this.#isEnded) await this.#wait(RETRY_MS);
      return;
    }
    if (this.#isEnded || discards !== this.#discards) return;
    if (page) this.#take(page.changes, page.end);
    else this.end({ code: 'HISTORY_CHANGED', position: this.source.lastCommonWith(this.#position) });
  }

  #take(changes: readonly Change[], end: LogPosition): undefined {
    [this.#page, this.#index, this.#pageEnd] = [changes, 0, end];
  }

  #wait(timeoutMs?: number): Promise<void> {
    return new Promise(resolve => {
      this.#wake = resolve;
      if (timeoutMs !== undefined) setTimeout(resolve, timeoutMs).unref();
    });
  }

  #finish(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#page = [];
    this.#wake?.();
    this.source.onEnded(this);
  }

  async return(): Promise<IteratorResult<Change>> {
    this.#finish();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<Change>> {
    this.#finish();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#finish();
  }
}
