import { setTimeout as sleep } from 'node:timers/promises';
import { AggregatorRegistry, Counter, Gauge } from 'prom-client';
import { collectProcessMetrics, registers } from '../server/observability/metrics.js';
import { type ProcessMetrics, type RenderedMetrics, readMetrics } from '../server/observability/render-metrics.js';

/** Limits the wait for the metrics of a worker; after it those of the last scrape count. */
const WORKER_TIMEOUT_MS = 2_000;

/** A worker whose metrics can be read. */
export interface MeasuredWorker {
  id: number;
  /** True while it accepts connections. */
  isReady: boolean;
  readMetrics(): Promise<ProcessMetrics>;
}

/** Metrics of the primary. The others that its registry has are those of a server, which it is not. */
const OWN = /^(?:process_|nodejs_|stedenband_workers$|stedenband_worker_exits_total$)/;

/** The worst worker counts, not the mean: an alert is about the clients of that one. */
const AGGREGATORS: Readonly<Record<string, string>> = {
  nodejs_eventloop_lag_seconds: 'max',
  nodejs_eventloop_lag_mean_seconds: 'max',
  nodejs_eventloop_lag_stddev_seconds: 'max',
  nodejs_eventloop_lag_p50_seconds: 'max',
  nodejs_eventloop_lag_p90_seconds: 'max',
  nodejs_eventloop_lag_p99_seconds: 'max',
  process_start_time_seconds: 'min',
};

/**
 * The metrics of all workers as those of one instance. A counter never decreases: the counts of a worker that has ended
 * stay in the sums, as Prometheus takes a smaller one for a restart.
 */
export class MergedMetrics {
  readonly #running: () => MeasuredWorker[];
  readonly #exits: Counter;
  /** The last metrics of each worker that has not ended. */
  readonly #latest = new Map<number, ProcessMetrics>();
  /** The counts of the workers that have ended, merged. */
  #ended: ProcessMetrics = [];

  /** @param running Returns the workers that have not ended. */
  constructor(running: () => MeasuredWorker[]) {
    this.#running = running;
    collectProcessMetrics();
    new Gauge({
      name: 'stedenband_workers',
      help: 'Workers that accept connections.',
      registers,
      collect() {
        this.set(running().filter(({ isReady }) => isReady).length);
      },
    });
    this.#exits = new Counter({
      name: 'stedenband_worker_exits_total',
      help: 'Workers that ended without an order, and were replaced.',
      registers,
    });
  }

  countExit(): void {
    this.#exits.inc();
  }

  /** Called with the last metrics of a worker, before it exits. */
  record(worker: number, metrics: ProcessMetrics): void {
    this.#latest.set(worker, metrics);
  }

  /** Called when a worker has ended: its last counts stay in the sums. Of one that was killed, they are of the last scrape. */
  retire(worker: number): void {
    const counts = this.#latest.get(worker)?.filter(({ type }) => isCount(type)) ?? [];
    this.#latest.delete(worker);
    // The merged metrics have their values, unlike others, which compute them.
    this.#ended = merge([this.#ended, counts]).getMetricsAsArray() as ProcessMetrics;
  }

  async render(): Promise<RenderedMetrics> {
    // One that finishes its requests is read, too: its subscribers, for one, are now those of others. One that starts is not.
    const measured = this.#running().filter(({ id, isReady }) => isReady || this.#latest.has(id));
    await Promise.all(measured.map(worker => this.#read(worker)));
    const own = (await readMetrics()).filter(({ name }) => OWN.test(name));
    const merged = merge([...this.#latest.values(), own, this.#ended]);
    return { type: merged.contentType, text: await merged.metrics() };
  }

  async #read(worker: MeasuredWorker): Promise<void> {
    const read = worker.readMetrics().catch(() => undefined);
    const metrics = await Promise.race([read, sleep(WORKER_TIMEOUT_MS, undefined, { ref: false })]);
    // One that has ended meanwhile is counted by `retire`.
    if (metrics && this.#running().includes(worker)) this.record(worker.id, metrics);
  }
}

/** True for a counter and a histogram. The types of prom-client declare a number where the values are names. */
const isCount = (type: unknown): boolean => type === 'counter' || type === 'histogram';

function merge(metrics: ProcessMetrics[]) {
  const withAggregators = metrics.map(process =>
    process.map(metric => ({ ...metric, aggregator: AGGREGATORS[metric.name] ?? metric.aggregator })),
  );
  return AggregatorRegistry.aggregate(withAggregators);
}
