import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { feedLagOf } from './health.js';
import type { Observed } from './observe.js';
import type { Service } from './service.js';

const registry = new Registry();
const registers = [registry];

/** Names of operations are the clients' own: so many get a series of their own, in the order in which they came. */
const MOST_NAMES = 100;

const requests = new Counter({
  name: 'stedenband_requests_total',
  help: 'Operations answered, by transport, type and HTTP status; 499 is a client that went away before.',
  labelNames: ['transport', 'type', 'status'],
  registers,
});
const errors = new Counter({
  name: 'stedenband_errors_total',
  help: 'Errors that clients were told, by extensions.code.',
  labelNames: ['code'],
  registers,
});
const durations = new Histogram({
  name: 'stedenband_request_duration_seconds',
  help: `Time to answer a query or mutation, by operation name: the first ${MOST_NAMES} names, then "other".`,
  labelNames: ['operation'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers,
});
const statements = new Histogram({
  name: 'stedenband_statements_per_operation',
  help: 'SQL statements that an operation sent for reading.',
  buckets: [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32],
  registers,
});
const cache = new Counter({
  name: 'stedenband_cache_requests_total',
  help: 'Answers looked for in the cache, by result: hit or miss.',
  labelNames: ['result'],
  registers,
});

/** What gauges look at when they are asked: a process may have several, as in tests. */
const services = new Set<Service>();

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
    const lags = await Promise.all([...services].map(feedLagOf));
    this.reset();
    if (lags.every(lag => lag !== undefined)) this.set(Math.max(0, ...lags));
    else this.remove();
  },
});

/** Measures a service, and the process that it runs in; gives the function that ends it. */
export function measure(service: Service): () => void {
  // What every dashboard for Node knows: event-loop delay, CPU, memory, garbage collection, handles.
  if (!registry.getSingleMetric('nodejs_eventloop_lag_seconds')) collectDefaultMetrics({ register: registry });
  services.add(service);
  return () => services.delete(service);
}

/** All metrics in the text format of Prometheus. */
export async function shownMetrics(): Promise<{ type: string; text: string }> {
  return { type: registry.contentType, text: await registry.metrics() };
}

const byOperation = new Map<string, { observe(seconds: number): void }>();
const other = durations.labels('other');

export function countRequest(its: Observed, status: number, seconds: number): void {
  requests.inc({ transport: its.transport, type: its.type ?? 'none', status });
  statements.observe(its.statements);
  // A subscription lasts as long as its client likes.
  if (its.type === undefined || its.type === 'subscription') return;
  const name = its.operationName ?? 'anonymous';
  let duration = byOperation.get(name);
  if (!duration) {
    duration = byOperation.size < MOST_NAMES ? durations.labels(name) : other;
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
  cache.inc({ result });
}
