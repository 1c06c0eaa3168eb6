import type { Change } from '../../change/change.js';

/** Limits the results of all groups together. Subscribers that are further behind have them computed again. */
const MAX_RESULTS_BYTES = 4_000_000;
/** The memory of a result without its JSON. */
const OVERHEAD_BYTES = 500;

/** The part of a change that identifies its event. After a restore, other changes have the same ids. */
type EventKey = Pick<Change, 'id' | 'mark'>;

/** An event as it is sent to all subscribers of a group. */
export interface EventResult {
  /** The result as JSON in UTF-8, encoded once for all. */
  json: Buffer;
  /** In points. */
  cost: number;
  /** The cursor to resume after the event. */
  cursor: string;
}

interface Result {
  readonly group: GroupResults;
  readonly change: EventKey;
  content: EventResult | Promise<EventResult>;
  bytes: number;
}

/** The results of events of all subscriptions, limited in bytes. The oldest result makes room. */
export class EventResults {
  readonly #results = new Set<Result>();
  #bytes = 0;

  constructor(readonly maxBytes: number = MAX_RESULTS_BYTES) {}

  /** The memory of all results in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a result, whose length is counted once it is known. */
  add(result: Result, content: Promise<EventResult>): void {
    this.#results.add(result);
    this.#resize(result, OVERHEAD_BYTES);
    content.then(
      computed => {
        result.content = computed;
        this.#resize(result, OVERHEAD_BYTES + computed.json.length);
      },
      () => result.group.drop(result),
    );
  }

  /** Drops all results. Those that are still needed are computed again. */
  clear(): void {
    for (const result of this.#results) result.group.drop(result);
  }

  delete(result: Result): void {
    if (this.#results.delete(result)) this.#bytes -= result.bytes;
  }

  #resize(result: Result, bytes: number): void {
    if (!this.#results.has(result)) return;
    this.#bytes += bytes - result.bytes;
    result.bytes = bytes;
    for (const oldest of this.#results) {
      if (this.#bytes <= this.maxBytes) return;
      oldest.group.drop(oldest);
    }
  }
}

/**
 * The results of one group of subscribers, which receive the same events. A result is dropped once all of them have it.
 */
export class GroupResults {
  readonly #results = new Map<string, Result>();
  /** The number of subscribers by the id of their last event; 0 before the first. */
  readonly #positions = new Map<number, number>();
  /** The lowest position. */
  #first = 0;

  constructor(private readonly all: EventResults) {}

  /** True while the group has subscribers. */
  get isUsed(): boolean {
    return this.#positions.size > 0;
  }

  join(): void {
    this.#enter(0);
  }

  /** @param position The id of the last event of the subscriber. */
  leave(position: number): void {
    this.#exit(position);
  }

  /**
   * Returns the result for a change, computed at most once while it is stored, and moves the subscriber to it. Without a promise
   * if it is computed.
   */
  take<Key extends EventKey>(
    change: Key,
    position: number,
    compute: (change: Key) => Promise<EventResult>,
  ): EventResult | Promise<EventResult> {
    let result = this.#results.get(change.mark);
    if (!result) {
      const content = compute(change);
      result = { group: this, change, content, bytes: 0 };
      this.#results.set(change.mark, result);
      this.all.add(result, content);
    }
    this.#enter(change.id);
    this.#exit(position);
    return result.content;
  }

  drop(result: Result): void {
    this.#results.delete(result.change.mark);
    this.all.delete(result);
  }

  #enter(position: number): void {
    this.#positions.set(position, (this.#positions.get(position) ?? 0) + 1);
    if (position < this.#first) this.#first = position;
  }

  #exit(position: number): void {
    const others = (this.#positions.get(position) ?? 1) - 1;
    if (others > 0) {
      this.#positions.set(position, others);
      return;
    }
    this.#positions.delete(position);
    if (position !== this.#first) return;
    // The last subscriber at the lowest position has left it. `Infinity` if it was the last of the group.
    this.#first = [...this.#positions.keys()].reduce(
      (lowest, other) => Math.min(lowest, other),
      Number.POSITIVE_INFINITY,
    );
    for (const result of this.#results.values()) if (result.change.id <= this.#first) this.drop(result);
  }
}
