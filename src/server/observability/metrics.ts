import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { Histogram } from './histogram.js';
import { LabelledCounter } from './labelled-counter.js';
import { OperationDurations } from './operation-durations.js';
import type { OperationRecord } from './operation-record.js';

const registry = new Registry();
export const registers: [Registry] = [registry];

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

/** Collects the metrics of Node.js that dashboards expect: event-loop delay, CPU, memory, garbage collection, handles. */
export function collectProcessMetrics(): void {
  if (!registry.getSingleMetric('nodejs_eventloop_lag_seconds')) collectDefaultMetrics({ register: registry });
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
