import { Counter, type Registry } from 'prom-client';

/** A counter that prom-client reads at a scrape: its own check of the labels takes longer than an increment. */
export class LabelledCounter<Labels extends Record<string, string>> {
  readonly #counts = new Map<string, { labels: Labels; count: number }>();

  constructor(name: string, help: string, labelNames: (keyof Labels & string)[], registers: Registry[]) {
    const counts = this.#counts;
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const { labels, count } of counts.values()) this.inc(labels, count);
      },
    });
  }

  /** @param key Identifies the label set; `labels` is called only for a new one. */
  increment(key: string, labels: () => Labels): void {
    const entry = this.#counts.get(key);
    if (entry) entry.count += 1;
    else this.#counts.set(key, { labels: labels(), count: 1 });
  }
}
