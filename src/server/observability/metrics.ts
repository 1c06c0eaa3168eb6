import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { type FeedState, feedLag } from '../../change/feed-lag.js';
import type { Storage } from '../../config/config.js';
import { Histogram } from './histogram.js';
import { LabelledCounter } from './labelled-counter.js';
import { OperationDurations } from './operation-durations.js';
import type { OperationRecord } from './operation-record.js';
import { observeReplicas, type ReplicatedService } from './replica-metrics.js';

const registry = new Registry();
export const registers = [registry];

const requests = new LabelledCounter<{ transport: string; type: string; status: string }>(
  'stedenband_requests_total',
  'Operations by transport, type and HTTP status; 499: the client disconnected before the end of the response.',
  ['transport', 'type', 'status'],
  registers,
);
const errors = new Counter({
  name: 'stedenband_errors_total',
  help: 'Errors in responses, by extensions.code.',
  labelNames: ['code'],
  registers,
});
const durations = new OperationDurations(
  new Histogram({
    name: 'stedenband_request_duration_seconds',
    help: 'Duration of queries and mutations by operation name: those of trusted documents, 100 others, then "other".',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registry,
  }),
);
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
  registers,
);
const droppedLines = new Counter({
  name: 'stedenband_log_dropped_total',
  help: 'Log lines that were lost because standard error was full, blocked or closed.',
  registers,
});
const historyChanges = new Counter({
  name: 'stedenband_history_changed_total',
  help: 'Times that the log had lost changes which this instance had read, as after a restore or a failover.',
  registers,
});

/** The parts of a service that the gauges read. */
interface ObservedService extends FeedState, ReplicatedService {
  storage: Storage['kind'];
}

/** The services that the gauges read at a scrape. Tests run several in a process. */
const services = new Set<ObservedService>();

new Gauge({
  name: 'stedenband_subscribers',
  help: 'Open subscriptions to the feed of changes.',
  registers,
  collect() {
    this.set([...services].reduce((sum, { changes }) => sum + changes.size, 0));
  },
});
new Gauge({
  name: 'stedenband_listen_heard',
  help: '1 while this instance is notified of the changes of others, which the response cache needs; else 0.',
  registers,
  collect() {
    this.set([...services].every(({ changes }) => changes.isListening) ? 1 : 0);
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
new Gauge({
  name: 'stedenband_storage_info',
  help: 'Always 1; its label is the storage of the register: embedded or postgresql.',
  labelNames: ['storage'],
  registers,
  collect() {
    this.reset();
    for (const { storage } of services) this.set({ storage }, 1);
  },
});
observeReplicas(registers, () => [...services].flatMap(({ replicas }) => replicas?.states ?? []));

/** Adds a service to the gauges, and collects the metrics of the process. Returns the function that removes it. */
export function registerService(service: ObservedService): () => void {
  // The metrics of Node.js that dashboards expect: event-loop delay, CPU, memory, garbage collection, handles.
  if (!registry.getSingleMetric('nodejs_eventloop_lag_seconds')) collectDefaultMetrics({ register: registry });
  services.add(service);
  return () => services.delete(service);
}

/** Returns all metrics in the text format of Prometheus. */
export async function renderMetrics(): Promise<{ type: string; text: string }> {
  return { type: registry.contentType, text: await registry.metrics() };
}

/** Reserves a series of durations for the name of an operation of a trusted document. */
export function reserveOperationName(operationName: string): void {
  durations.reserve(operationName);
}

/** Counts a finished operation. Called once per operation, after the end of its response. */
export function countRequest(operation: OperationRecord, status: number, seconds: number): void {
  const { transport, type = 'none', operationName = 'anonymous' } = operation;
  requests.increment(`${transport} ${type} ${status}`, () => ({ transport, type, status: String(status) }));
  statements.observe(operation.statements);
  // The duration of a subscription is decided by its client.
  if (type === 'none' || type === 'subscription') return;
  durations.observe(operationName, seconds);
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

/** Counts log lines that were lost. */
export function countDroppedLines(lines: number): void {
  droppedLines.inc(lines);
}
