import type { EntityManager } from '@mikro-orm/sql';
import type { Change } from './change.js';
import { type ChangeFilter, matches } from './filter.js';
import { changesAfter, latestChange } from './log.js';
import { TypeVersions } from './versions.js';

/** Number of newest changes held in memory for all subscribers together; older ones are read from the log again. */
const CHANGE_BUFFER_SIZE = 1_000;
/** Number of changes in one page of the log. */
const PAGE_SIZE = 500;
/** Reads the log this often without a notification too, so that a lost one only delays changes. */
const POLL_INTERVAL_MS = 2_000;
/** A subscriber is too slow if it is this many changes behind and has requested none for `MAX_STALL_MS`. */
const MAX_BEHIND = 1_000;
const MAX_STALL_MS = 5_000;

/** One open subscription. Subscribers have no queue: each reads the shared buffer at its own pace. */
interface Subscriber {
  /** The id of the last change that it received or skipped. */
  lastId: number;
  /** Time of its last request for a change; undefined while it waits for one. */
  lastPullAt: number | undefined;
  onSlow: (lastId: number) => void;
}

/** Change feed of one process: reads the log once for all subscribers. */
export class ChangeStream {
  readonly #fork: () => EntityManager;
  readonly #subscribers = new Set<Subscriber>();
  readonly #waiters = new Set<() => void>();
  #buffer: Change[] = [];
  /** All changes after this id, up to `#newest`, are in `#buffer`. */
  #bufferedAfter = 0;
  #newest = 0;
  #refreshing: Promise<void> | undefined;
  #mustReadAgain = false;
  #timer: NodeJS.Timeout | undefined;
  #isListening = false;
  #isInSync = false;

  /** Versions of the subject types, raised by every change that this process makes or reads. */
  readonly versions = new TypeVersions();

  constructor(fork: () => EntityManager) {
    this.#fork = fork;
  }

  /** Starts at the newest change of the log. */
  async start(): Promise<void> {
    this.#newest = await latestChange(this.#fork());
    this.#bufferedAfter = this.#newest;
    this.#timer = setInterval(() => {
      void this.refresh();
      this.#dropSlowSubscribers();
    }, POLL_INTERVAL_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The id of the newest change that subscribers of this process can receive. */
  get newest(): number {
    return this.#newest;
  }

  /**
   * True while this process is notified of every commit and has read the log since notifications began. The response
   * cache serves nothing otherwise.
   */
  get isInSync(): boolean {
    return this.#isInSync;
  }

  /** True while this process is notified of every commit. */
  get isListening(): boolean {
    return this.#isListening;
  }

  /** Called for each notification of a commit, and each time the listening connection is established. */
  onNotification(): Promise<void> {
    this.#isListening = true;
    return this.refresh();
  }

  /** Called when the listening connection is lost. */
  onListenerLost(): void {
    this.#isListening = false;
    this.#isInSync = false;
  }

  /** The number of subscribers. */
  get size(): number {
    return this.#subscribers.size;
  }

  /** Reads new changes from the log and wakes waiting subscribers. Never rejects: the next poll retries a failed read. */
  refresh(): Promise<void> {
    this.#mustReadAgain = true;
    this.#refreshing ??= this.#readLog();
    return this.#refreshing;
  }

  async #readLog(): Promise<void> {
    try {
      while (this.#mustReadAgain) {
        this.#mustReadAgain = false;
        const page = await this.#logAfter(this.#newest);
        if (page.length) this.#append(page);
        if (page.length === PAGE_SIZE) this.#mustReadAgain = true;
      }
      this.#isInSync = this.#isListening;
    } catch {
      // The next poll reads the log again.
      this.#isInSync = false;
    } finally {
      // In the same tick as the last check of #mustReadAgain: a call to `refresh` in between would be lost.
      this.#refreshing = undefined;
    }
  }

  #append(page: readonly Change[]): void {
    for (const { subjectType } of page) this.versions.increment(subjectType);
    this.#buffer.push(...page);
    this.#newest = (page.at(-1) as Change).id;
    const evicted = this.#buffer.splice(0, Math.max(0, this.#buffer.length - CHANGE_BUFFER_SIZE)).at(-1);
    if (evicted) this.#bufferedAfter = evicted.id;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }

  /**
   * Iterates over the changes after an id, first from the log, then as they are committed, without gaps or duplicates.
   * `return()` ends a pending wait at once.
   *
   * @param after The id of the last change that the client has; undefined to receive future changes only.
   * @param onSlow Called with the id to resume from when the subscriber is dropped because it does not keep up. The
   *   iterator itself does not end: the caller must close it.
   */
  subscribe(
    after: number | undefined,
    filter: ChangeFilter,
    onSlow: (lastId: number) => void = () => undefined,
  ): AsyncGenerator<Change> {
    const subscriber: Subscriber = { lastId: after ?? this.#newest, lastPullAt: Date.now(), onSlow };
    this.#subscribers.add(subscriber);
    let page: Change[] = [];
    let wake: (() => void) | undefined;
    let ended = false;

    const wait = (timeoutMs?: number) =>
      new Promise<void>(resolve => {
        wake = resolve;
        this.#waiters.add(resolve);
        if (timeoutMs !== undefined) setTimeout(resolve, timeoutMs).unref();
      });
    const end = async (): Promise<IteratorResult<Change>> => {
      ended = true;
      this.#subscribers.delete(subscriber);
      if (wake) this.#waiters.delete(wake);
      wake?.();
      return { done: true, value: undefined };
    };
    const next = async (): Promise<IteratorResult<Change>> => {
      subscriber.lastPullAt = undefined;
      while (!ended) {
        const change = page.shift();
        if (change) {
          subscriber.lastId = change.id;
          if (!matches(filter, change)) continue;
          subscriber.lastPullAt = Date.now();
          return { done: false, value: change };
        }
        try {
          page = await this.#pageAfter(subscriber.lastId);
        } catch {
          // A short outage of the database must not end subscriptions.
          if (!ended) await wait(POLL_INTERVAL_MS);
          continue;
        }
        if (page.length === 0 && subscriber.lastId >= this.#newest && !ended) await wait();
      }
      return end();
    };
    return {
      next,
      return: end,
      throw: async error => {
        await end();
        throw error;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
      async [Symbol.asyncDispose]() {
        await end();
      },
    };
  }

  async #logAfter(id: number): Promise<Change[]> {
    return changesAfter(this.#fork(), id, PAGE_SIZE);
  }

  async #pageAfter(id: number): Promise<Change[]> {
    if (id >= this.#newest) return [];
    if (id < this.#bufferedAfter) return this.#logAfter(id);
    const first = firstIndexAfter(this.#buffer, id);
    return this.#buffer.slice(first, first + PAGE_SIZE);
  }

  #dropSlowSubscribers(): void {
    const now = Date.now();
    for (const subscriber of this.#subscribers) {
      const { lastId, lastPullAt, onSlow } = subscriber;
      if (lastPullAt === undefined || now - lastPullAt < MAX_STALL_MS || this.#newest - lastId < MAX_BEHIND) continue;
      this.#subscribers.delete(subscriber);
      onSlow(lastId);
    }
  }
}

/** Finds the index of the first change after an id in a sorted list, by binary search. */
function firstIndexAfter(changes: readonly Change[], id: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle] as Change).id > id) high = middle;
    else low = middle + 1;
  }
  return low;
}
