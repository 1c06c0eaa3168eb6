import type { Histogram, HistogramChild } from './histogram.js';

/** Limits the series by operation name, because clients choose the names. */
const MAX_NAMES = 100;

/** Limits a name in the metrics: a character of a GraphQL name is one byte. Names that begin alike share a series. */
const MAX_NAME_BYTES = 64;

/** A name that was not executed for this time gives its place to a new one. */
const IDLE_MS = 3_600_000;

const OTHER = 'other';

/**
 * Durations by operation name. The names of trusted documents always have a series. The first hundred other names get
 * one each, further ones share "other" until a name is idle for an hour: so the names of one client do not keep out those
 * of all others, and a client that invents names creates few series.
 */
export class OperationDurations {
  readonly #histogram: Histogram;
  readonly #now: () => number;
  readonly #other: HistogramChild;
  readonly #trustedNames = new Set<string>();
  readonly #trusted = new Map<string, HistogramChild>();
  readonly #untrusted = new Map<string, { child: HistogramChild; usedAt: number }>();

  /** @param now Returns a time in milliseconds. */
  constructor(histogram: Histogram, now: () => number = Date.now) {
    this.#histogram = histogram;
    this.#now = now;
    this.#other = this.#create(OTHER);
  }

  /** Reserves a series for the name of an operation of a trusted document. */
  reserve(operationName: string): void {
    this.#trustedNames.add(operationName.slice(0, MAX_NAME_BYTES));
  }

  observe(operationName: string, seconds: number): void {
    this.#childOf(operationName.slice(0, MAX_NAME_BYTES)).observe(seconds);
  }

  #childOf(name: string): HistogramChild {
    // A second series of the same name would make the whole scrape invalid.
    if (name === OTHER) return this.#other;
    const trusted = this.#trusted.get(name);
    if (trusted) return trusted;
    const usedAt = this.#now();
    const untrusted = this.#untrusted.get(name);
    if (untrusted) {
      untrusted.usedAt = usedAt;
      return untrusted.child;
    }
    if (!this.#trustedNames.has(name) && this.#untrusted.size >= MAX_NAMES && !this.#removeIdle(usedAt)) {
      return this.#other;
    }
    const child = this.#create(name);
    if (this.#trustedNames.has(name)) this.#trusted.set(name, child);
    else this.#untrusted.set(name, { child, usedAt });
    return child;
  }

  /** Removes a series that is idle; returns false if there is none. */
  #removeIdle(now: number): boolean {
    for (const [name, { child, usedAt }] of this.#untrusted) {
      if (now - usedAt < IDLE_MS) continue;
      this.#untrusted.delete(name);
      this.#histogram.removeChild(child);
      return true;
    }
    return false;
  }

  #create(name: string): HistogramChild {
    return this.#histogram.createChild({ operation: name });
  }
}
