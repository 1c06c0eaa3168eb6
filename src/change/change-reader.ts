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

/** Reads the changes of one subscription. It has no queue: it reads the shared buffer, or the log, at its own pace. */
export class ChangeReader {
  #page: readonly Change[] = [];
  #index = 0;
  #pageEnd: LogPosition;
  /** The last change that it received or skipped. */
  #position: LogPosition;
  /** Time when its client was sent the last change; undefined until it is sent the next one. */
  #lastSentAt: number | undefined = Date.now();
  #onReadable: (() => void) | undefined;
  /** True while it reads a page of the log, and new changes do not matter. */
  #isReadingPage = false;
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

  get isEnded(): boolean {
    return this.#isEnded;
  }

  get isTooSlow(): boolean {
    const isBehind = this.source.newest.id - this.#position.id >= MAX_BEHIND;
    return isBehind && this.#lastSentAt !== undefined && Date.now() - this.#lastSentAt >= MAX_STALL_MS;
  }

  /** Ends the subscription on behalf of the server. */
  end(end: SubscriptionEnd): void {
    if (this.#isEnded) return;
    this.close();
    this.onEnd(end);
  }

  /** Called when a change that was read is sent: before, its client cannot be too slow. */
  onSent(): void {
    this.#lastSentAt = Date.now();
  }

  /** Continues, if it waits for a change. */
  wake(): void {
    if (this.#isReadingPage) return;
    const onReadable = this.#onReadable;
    this.#onReadable = undefined;
    onReadable?.();
  }

  /** Reads the changes after its position again: a redaction removed texts from them. */
  discardPage(): void {
    this.#discards += 1;
    this.#take([], this.#position);
  }

  /**
   * Returns the next change. Thousands of subscribers read each change, so this makes no promise. Returns undefined if none is
   * in memory or the subscription has ended.
   *
   * @param onReadable Called once if none is in memory: when there may be one, or the subscription has ended. Must not throw.
   */
  read(onReadable: () => void): Change | undefined {
    this.#lastSentAt = undefined;
    while (!this.#isEnded) {
      const change = this.#page[this.#index];
      if (!change) {
        if (this.#readMemory(onReadable)) continue;
        return undefined;
      }
      this.#index += 1;
      this.#position = { id: change.id, mark: change.mark };
      if (matches(this.selection.filter, change)) return change;
    }
    return undefined;
  }

  /** Takes the next changes from memory. Returns false if it waits instead: for the next change, or for a page of the log. */
  #readMemory(onReadable: () => void): boolean {
    // Changes that do not match were not read from the log.
    if (this.#pageEnd.id > this.#position.id) this.#position = this.#pageEnd;
    const changes = this.source.inMemoryAfter(this.#position);
    const last = changes?.at(-1);
    if (changes && last) {
      this.#take(changes, last);
      return true;
    }
    this.#onReadable = onReadable;
    if (!changes) void this.#readPage();
    return false;
  }

  async #readPage(): Promise<void> {
    const discards = this.#discards;
    this.#isReadingPage = true;
    // A short outage of the database must not end subscriptions.
    const page = await this.source.pageAfter(this.#position, this.selection).catch(() => null);
    this.#isReadingPage = false;
    if (page === null) {
      setTimeout(() => this.wake(), RETRY_MS).unref();
      return;
    }
    if (!this.#isEnded && discards === this.#discards) {
      if (page) this.#take(page.changes, page.end);
      else this.end({ code: 'HISTORY_CHANGED', position: this.source.lastCommonWith(this.#position) });
    }
    this.wake();
  }

  #take(changes: readonly Change[], end: LogPosition): void {
    [this.#page, this.#index, this.#pageEnd] = [changes, 0, end];
  }

  /** Ends the subscription on behalf of the client, and a wait at once. */
  close(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#page = [];
    this.source.onEnded(this);
    this.#isReadingPage = false;
    this.wake();
  }
}
