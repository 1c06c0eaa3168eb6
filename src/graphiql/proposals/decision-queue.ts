import type { Decision } from './proposal.js';

/** Limits the decisions of a call: the answer has each of their rows in full. */
const MAX_DECISIONS = 50;

/**
 * Sends decisions one call after the other, since each raises the version that the next one expects. Decisions that are
 * taken meanwhile are sent together.
 */
export class DecisionQueue {
  #pending: Decision[] = [];
  #isRunning = false;

  /**
   * @param send Stores decisions; rejects if none of them was stored.
   * @param dropped Called with those that were not stored and those that waited behind them, and with the reason.
   */
  constructor(
    private readonly send: (decisions: readonly Decision[]) => Promise<void>,
    private readonly dropped: (decisions: readonly Decision[], error: unknown) => void,
  ) {}

  /** Adds a decision; it replaces an earlier one on the same row that was not sent yet. */
  add(decision: Decision): void {
    this.#pending = [...this.#pending.filter(({ itemId }) => itemId !== decision.itemId), decision];
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#pending.length > 0) {
      const batch = this.#pending.slice(0, MAX_DECISIONS);
      this.#pending = this.#pending.slice(MAX_DECISIONS);
      try {
        await this.send(batch);
      } catch (error) {
        const dropped = [...batch, ...this.#pending];
        this.#pending = [];
        this.dropped(dropped, error);
      }
    }
    this.#isRunning = false;
  }
}
