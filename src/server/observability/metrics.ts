import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { type FeedState, feedLag } from '../../change/feed-lag.js';
import { Histogram, type HistogramChild } from './histogram.js';
import type { OperationRecord } from './operation-record.js';

const registry = new Registry();
const registers = [registry];

/** Limits the series by operation name, because clients choose the names. The first names get a series each. */
const MAX_OPERATION_NAMES = 100;

/** A counter that prom-client reads at a scrape: its own check of the labels takes longer than an increment. */
class LabelledCounter<Labels extends Record<string, string>> {
  readonly #counts = new Map<string, { labels: Labels; count: number }>();

  constructor(name: string, help: string, labelNames: (keyof Labels & string)[]) {
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

const requests = new LabelledCounter<{ transport: string; type: string; status: string }>(
  'stedenband_requests_total',
  'Operations by transport, type and HTTP status; 499: the client disconnected before the end of the response.',
  ['transport', 'type', 'status'],
);
const errors = new Counter({
  name: 'stedenband_errors_total',
  help: 'Errors in responses, by extensions.code.',
  labelNames: ['code'],
  registers,
});
const durations = new Histogram({
  name: 'stedenband_request_duration_seconds',
  help: `Duration of queries and mutations by operation name: the first ${MAX_OPERATION_NAMES} names, then "other".`,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registry,
});
const statements = new Histogram({
  name: 'stedenband_statements_per_operation',
  help: 'SQL statements that an operation sent for reading.',
  buckets: [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32],
  registry,
}).createChild();
const cache = new LabelledCounter<{ result: string }>(
  'stedenband_cache_requests_total',
  'Look-ups in the response cache, by result: hit or miss.',
  ['result'],
);

const historyChanges = new Counter({
  name: 'stedenband_history_changed_total',
  help: 'Times that the log had lost changes which this instance had read, as after a restore or a failover.',
  registers,
});

/** The services that the gauges read at a scrape. Tests run several in a process. */
const services = new Set<FeedState>();

new Gauge({
  name: 'stedenband_subscribers',
  help: 'Open subscriptions to the feed of changes.',
  registers,
  collect() {
    this.set([...services].reduce((sum, { changes }) => sum + changes.size, 0));
  },
});
new Gauge({
  name: 'stedenband_feed_lag_changes',
  help: 'Changes in the log not yet sent to the subscribers of this instance; absent while the database is unavailable.',
  registers,
  async collect() {
    const lags = await Promise.all([...services].map(feedLag));
    this.reset();
    if (lags.every(lag => lag !== undefined)) this.set(Math.max(0, ...lags));
    else this.remove();
  },
});

/** Adds a service to the gauges, and collects the metrics of the process. Returns the function that removes it. */
export function registerService(service: FeedState): () => void {
  // The metrics of Node.js that dashboards expect: event-loop delay, CPU, memory, garbage collection, handles.
  if (!registry.getSingleMetric('nodejs_eventloop_lag_seconds')) collectDefaultMetrics({ register: registry });
  services.add(service);
  return () => services.delete(service);
}

/** Returns all metrics in the text format of Prometheus. */
export async function renderMetrics(): Promise<{ type: string; text: string }> {
  return { type: registry.contentType, text: await registry.metrics() };
}

const durationByName = new Map<string, HistogramChild>();
const otherDurations = durations.createChild({ operation: 'other' });

/** Counts a finished operation. Called once per operation, after the end of its response. */
export function countRequest(operation: OperationRecord, status: number, seconds: number): void {
  const { transport, type = 'none', operationName = 'anonymous' } = operation;
  requests.increment(`${transport} ${type} ${status}`, () => ({ transport, type, status: String(status) }));
  statements.observe(operation.statements);
  // The duration of a subscription is decided by its client.
  if (type === 'none' || type === 'subscription') return;
  let duration = durationByName.get(operationName);
  if (!duration && durationByName.size < MAX_OPERATION_NAMES) {
    duration = durations.createChild({ operation: operationName });
    durationByName.set(operationName, duration);
  }
  (duration ?? otherDurations).observe(seconds);
}

/** Counts an error of a response by its code. */
export function countError(code: string): void {
  errors.inc({ code });
}

/** Counts a change of the history of the log. */
export function countHistoryChange(): void {
  historyChanges.inc();
}

/** Counts a look-up in the response cache. */
export function countCache(result: 'hit' | 'miss'): void {
  cache.increment(result, () => ({ result }));
}
