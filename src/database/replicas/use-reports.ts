import type { ReplicaLog } from './replica-state.js';

/** Reports when operations begin or cease to read from a replica. */
export class UseReports {
  readonly #startedAt = performance.now();
  #wasUsed: boolean | undefined;

  /** @param graceMs The time after the start in which a replica that was not in use yet is no loss. */
  constructor(
    private readonly log: ReplicaLog,
    private readonly name: string,
    private readonly graceMs: number,
  ) {}

  /** @param reason Why it cannot be read from. Without one it lacks changes, or has some that this process has not read. */
  update(isUsed: boolean, reason?: unknown): void {
    if (isUsed === this.#wasUsed) return;
    const isStarting = this.#wasUsed === undefined && performance.now() - this.#startedAt <= this.graceMs;
    if (isStarting && !isUsed && reason === undefined) return;
    this.#wasUsed = isUsed;
    this.log(this.name, isUsed, reason);
  }
}
