/** Limits the memory: of a replica that lacks more reads of the log, the time of the oldest is what counts. */
const MAX_MISSING = 1_000;

/** Measures since when a replica lacks a change, by the clock of this process. */
export class Lag {
  /** The changes that it lacks, with the time at which each became known; not of each one. */
  readonly #missing: { id: number; since: number }[] = [];

  /** The time in milliseconds since it lacks a change; 0 if it lacks none. */
  get ms(): number {
    const [oldest] = this.#missing;
    return oldest ? performance.now() - oldest.since : 0;
  }

  /** Called with the newest change, when there are new ones. */
  onChange(id: number): void {
    const newest = this.#missing.at(-1)?.id ?? 0;
    if (id > newest && this.#missing.length < MAX_MISSING) this.#missing.push({ id, since: performance.now() });
  }

  /** Called with the newest change that the replica has, and with the newest of all. */
  onCaughtUp(id: number, newest: number): void {
    const first = this.#missing.findIndex(missing => missing.id > id);
    this.#missing.splice(0, first < 0 ? this.#missing.length : first);
    if (this.#missing.length === 0 && id < newest) this.onChange(newest);
  }

  /** Forgets what it lacks: it was of another history. */
  forget(): void {
    this.#missing.length = 0;
  }
}
