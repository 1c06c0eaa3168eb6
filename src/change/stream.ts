import type { EntityManager } from '@mikro-orm/sql';
import type { Change } from './change.js';
import { type ChangeFilter, matches } from './filter.js';
import { changesAfter, latestChange } from './log.js';
import { TypeVersions } from './versions.js';

/** The newest changes stay in memory, this many, for all subscribers together; older ones are read from the log again. */
const CHANGE_BUFFER_SIZE = 1_000;
/** Changes are read from the log in pages of this many. */
const PAGE_SIZE = 500;
/** Behind every wake-up stands a look at the log after this long, in milliseconds: a lost wake-up only delays. */
const POLL_INTERVAL_MS = 2_000;
/** A subscriber that is this many changes behind and has taken none for this long (in milliseconds) is too slow. */
const MAX_BEHIND = 1_000;
const MAX_STALL_MS = 5_000;

/** Somebody who follows the feed. There is no queue: each goes through the same remembered changes at its own pace. */
interface Subscriber {
  place: number;
  /** When it last asked for a change, or undefined while it waits for one. */
  lastPullAt: number | undefined;
  onSlow: (place: number) => void;
}

/** The feed of changes in one process: reads the log once for all that follow it. */
export class ChangeStream {
  readonly #fork: () => EntityManager;
  readonly #followers = new Set<Subscriber>();
  readonly #waiting = new Set<() => void>();
  #recent: Change[] = [];
  /** All changes after this one, and up to `#newest`, are in `#recent`. */
  #oldest = 0;
  #newest = 0;
  #reading: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #isListening = false;
  #isCurrent = false;

  /** What changed when, as far as this process knows. */
  readonly versions = new TypeVersions();

  constructor(fork: () => EntityManager) {
    this.#fork = fork;
  }

  /** Begins at the newest change of the log. */
  async start(): Promise<void> {
    this.#newest = await latestChange(this.#fork());
    this.#oldest = this.#newest;
    this.#timer = setInterval(() => {
      void this.refresh();
      this.#dropSlowSubscribers();
    }, POLL_INTERVAL_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The newest change that followers of this process were told. */
  get newest(): number {
    return this.#newest;
  }

  /** Whether every change is heard of as soon as it is committed, and the log was read up to now since that is so. */
  get isInSync(): boolean {
    return this.#isCurrent;
  }

  /** Somebody says that the log grew; or the connection on which that is said is there, again or for the first time. */
  onNotification(): Promise<void> {
    this.#isListening = true;
    return this.refresh();
  }

  /** The connection is gone on which others say that the log grew. */
  onListenerLost(): void {
    this.#isListening = false;
    this.#isCurrent = false;
  }

  /** How many follow. */
  get size(): number {
    return this.#followers.size;
  }

  /** The log may have grown: reads what is new and tells all who wait. Never fails; what failed is tried again. */
  refresh(): Promise<void> {
    this.#again = true;
    this.#reading ??= this.#read();
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        const page = await this.#logAfter(this.#newest);
        if (page.length) this.#remember(page);
        if (page.length === PAGE_SIZE) this.#again = true;
      }
      this.#isCurrent = this.#isListening;
    } catch {
      // The next look at the log will do.
      this.#isCurrent = false;
    } finally {
      // In one turn with the last look at #again: a call between the two would be lost.
      this.#reading = undefined;
    }
  }

  #remember(page: readonly Change[]): void {
    for (const { subjectType } of page) this.versions.increment(subjectType);
    this.#recent.push(...page);
    this.#newest = (page.at(-1) as Change).id;
    const forgotten = this.#recent.splice(0, Math.max(0, this.#recent.length - CHANGE_BUFFER_SIZE)).at(-1);
    if (forgotten) this.#oldest = forgotten.id;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const proceed of waiting) proceed();
  }

  /**
   * The changes after a place, first from the log, then as they come, without a seam.
   *
   * `return()` ends a wait at once. A follower that stalls while the feed goes on is ended, after `onSlow` was told the
   * place to resume from.
   *
   * @param after The id of the last change that is known; without it, only what comes from now on.
   */
  subscribe(
    after: number | undefined,
    filter: ChangeFilter,
    onSlow: (place: number) => void = () => undefined,
  ): AsyncGenerator<Change> {
    const follower: Subscriber = { place: after ?? this.#newest, lastPullAt: Date.now(), onSlow };
    this.#followers.add(follower);
    let page: Change[] = [];
    let proceed: (() => void) | undefined;
    let ended = false;

    const wait = (atMost?: number) =>
      new Promise<void>(resolve => {
        proceed = resolve;
        this.#waiting.add(resolve);
        if (atMost !== undefined) setTimeout(resolve, atMost).unref();
      });
    const end = async (): Promise<IteratorResult<Change>> => {
      ended = true;
      this.#followers.delete(follower);
      if (proceed) this.#waiting.delete(proceed);
      proceed?.();
      return { done: true, value: undefined };
    };
    const next = async (): Promise<IteratorResult<Change>> => {
      follower.lastPullAt = undefined;
      while (!ended) {
        const change = page.shift();
        if (change) {
          follower.place = change.id;
          if (!matches(filter, change)) continue;
          follower.lastPullAt = Date.now();
          return { done: false, value: change };
        }
        try {
          page = await this.#pageAfter(follower.place);
        } catch {
          // A database that is away for a moment ends nobody's subscription.
          if (!ended) await wait(POLL_INTERVAL_MS);
          continue;
        }
        if (page.length === 0 && follower.place >= this.#newest && !ended) await wait();
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

  async #logAfter(place: number): Promise<Change[]> {
    return changesAfter(this.#fork(), place, PAGE_SIZE);
  }

  async #pageAfter(place: number): Promise<Change[]> {
    if (place >= this.#newest) return [];
    if (place < this.#oldest) return this.#logAfter(place);
    const first = firstAfter(this.#recent, place);
    return this.#recent.slice(first, first + PAGE_SIZE);
  }

  #dropSlowSubscribers(): void {
    const now = Date.now();
    for (const follower of this.#followers) {
      const { place, lastPullAt, onSlow } = follower;
      if (lastPullAt === undefined || now - lastPullAt < MAX_STALL_MS || this.#newest - place < MAX_BEHIND) continue;
      this.#followers.delete(follower);
      onSlow(place);
    }
  }
}

/** Where the first change after a place stands in a sorted list. */
function firstAfter(changes: readonly Change[], place: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle] as Change).id > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
