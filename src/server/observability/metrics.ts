import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import { type FeedState, feedLag } from '../../change/feed-lag.js';
import { Histogram, type HistogramChild } from './histogram.js';
import type { OperationRecord } from './operation-record.js';

const registry = new Registry();
const registers = [registry];

/** Names of operations are the clients' own: so many get a series of their own, in the order in which they came. */
const MAX_OPERATION_NAMES = 100;

/** Counts by labels. Those are read when they are shown: at every request that would take longer than the count. */
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

  /** @param key Equal for equal labels. */
  add(key: string, labels: () => Labels): void {
    const known = this.#counts.get(key);
    if (known) known.count += 1;
    else this.#counts.set(key, { labels: labels(), count: 1 });
  }
}

const requests = new LabelledCounter<{ transport: string; type: string; status: string }>(
  'stedenband_requests_total',
  'Operations answered, by transport, type and HTTP status; 499 is a client that went away before.',
  ['transport', 'type', 'status'],
);
const errors = new Counter({
  name: 'stedenband_errors_total',
  help: 'Errors that clients were told, by extensions.code.',
  labelNames: ['code'],
  registers,
});
const durations = new Histogram(
  'stedenband_request_duration_seconds',
  `Time to answer a query or mutation, by operation name: the first ${MAX_OPERATION_NAMES} names, then "other".`,
  [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
);
const statementsOf = new Histogram(
  'stedenband_statements_per_operation',
  'SQL statements that an operation sent for reading.',
  [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32],
);
for (const one of [durations, statementsOf]) registry.registerMetric(one as unknown as Metric);
const statements = statementsOf.series();
const cache = new LabelledCounter<{ result: string }>(
  'stedenband_cache_requests_total',
  'Answers looked for in the cache, by result: hit or miss.',
  ['result'],
);

/** What gauges look at when they are asked: a process may have several, as in tests. */
const services = new Set<FeedState>();

new Gauge({
  name: 'stedenband_subscribers',
  help: 'Subscriptions that follow the feed of changes.',
  registers,
  collect() {
    this.set([...services].reduce((sum, { changes }) => sum + changes.size, 0));
  },
});
new Gauge({
  name: 'stedenband_feed_lag_changes',
  help: 'Changes in the log that this instance has not told its subscribers yet; absent while the database is away.',
  registers,
  async collect() {
    const lags = await Promise.all([...services].map(feedLag));
    this.reset();
    if (lags.every(lag => lag !== undefined)) this.set(Math.max(0, ...lags));
    else this.remove();
  },
});

/** Measures a service, and the process that it runs in; gives the function that ends it. */
export function registerService(service: FeedState): () => void {
  // What every dashboard for Node knows: event-loop delay, CPU, memory, garbage collection, handles.
  if (!registry.getSingleMetric('nodejs_eventloop_lag_seconds')) collectDefaultMetrics({ register: registry });
  services.add(service);
  return () => services.delete(service);
}

/** All metrics in the text format of Prometheus. */
export async function renderMetrics(): Promise<{ type: string; text: string }> {
  return { type: registry.contentType, text: await registry.metrics() };
}

const byOperation = new Map<string, HistogramChild>();
const other = durations.series({ operation: 'other' });

export function countRequest(its: OperationRecord, status: number, seconds: number): void {
  const { transport, type = 'none' } = its;
  requests.add(`${transport} ${type} ${status}`, () => ({ transport, type, status: String(status) }));
  statements.observe(its.statements);
  // A subscription lasts as long as its client likes.
  if (type === 'none' || type === 'subscription') return;
  const name = its.operationName ?? 'anonymous';
  let duration = byOperation.get(name);
  if (!duration) {
    duration = byOperation.size < MAX_OPERATION_NAMES ? durations.series({ operation: name }) : other;
    if (duration !== other) byOperation.set(name, duration);
  }
  duration.observe(seconds);
}

/** Counts an error that a client is told. */
export function countError(code: string): void {
  errors.inc({ code });
}

/** Counts an answer that was looked for in the cache. */
export function countCache(result: 'hit' | 'miss'): void {
  cache.add(result, () => ({ result }));
}
