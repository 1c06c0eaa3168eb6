import type { Decision } from './proposal.js';

/** Limits the decisions of a call: the answer has each of their rows in full. */
const MAX_DECISIONS = 50;

/** Decisions that are not stored yet, by row: those that wait, and those that are being sent. */
export type Pending = ReadonlyMap<string, Decision>;

/** Holds the pending decisions, and shows them. */
export interface PendingHolder {
  get(): Pending;
  set(pending: Pending): void;
}

/**
 * Sends decisions one call after the other, since each raises the version that the next one expects. Decisions that are
 * taken meanwhile are sent together.
 */
export class DecisionQueue {
  readonly #waiting = new Map<string, Decision>();
  #isRunning = false;

  /**
   * @param send Stores decisions; rejects if none of them was stored.
   * @param dropped Called with those that were not stored and those that waited behind them, and with the reason.
   */
  constructor(
    private readonly pending: PendingHolder,
    private readonly send: (decisions: readonly Decision[]) => Promise<void>,
    private readonly dropped: (decisions: readonly Decision[], error: unknown) => void,
  ) {}

  /** Adds decisions; each replaces an earlier one on the same row that was not sent yet. */
  add(decisions: readonly Decision[]): void {
    const pending = new Map(this.pending.get());
    for (const decision of decisions) {
      pending.set(decision.itemId, decision);
      this.#waiting.delete(decision.itemId);
      this.#waiting.set(decision.itemId, decision);
    }
    this.pending.set(pending);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.size > 0) {
      const batch = this.#next();
      try {
        await this.send(batch);
      } catch (error) {
        const dropped = [...batch, ...this.#waiting.values()];
        this.#waiting.clear();
        this.pending.set(new Map());
        this.dropped(dropped, error);
        continue;
      }
      const left = new Map(this.pending.get());
      for (const decision of batch) if (left.get(decision.itemId) === decision) left.delete(decision.itemId);
      this.pending.set(left);
    }
    this.#isRunning = false;
  }

  /** Takes the decisions of the next call out of those that wait. */
  #next(): Decision[] {
    const batch: Decision[] = [];
    for (const decision of this.#waiting.values()) {
      if (batch.length === MAX_DECISIONS) break;
      batch.push(decision);
      this.#waiting.delete(decision.itemId);
    }
    return batch;
  }
}
