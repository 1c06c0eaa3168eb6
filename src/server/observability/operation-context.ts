import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import type { OperationDefinitionNode } from 'graphql';
import { type Identity, IdentityKind } from '../../access/identity.js';
import { statementChannel } from '../../graph/sql/query.js';
import type { Logger } from './logger.js';
import { countError, countRequest } from './metrics.js';
import type { OperationRecord, OperationSummary } from './operation-record.js';

/** Publishes the start and the end of each operation, for spans. */
export const operationChannel = tracingChannel<'stedenband:operation', OperationRecord>('stedenband:operation');

// The functions below take the record of the current operation from here. A cache hit and a message of a WebSocket have
// no async context: they pass their record explicitly.
const current = new AsyncLocalStorage<OperationRecord>();
statementChannel.subscribe(() => {
  const record = current.getStore();
  if (record) record.statements += 1;
});

/** @param startedAt The start, by `performance.now()`. */
export function startOperation(
  transport: OperationRecord['transport'],
  traceparent?: string,
  startedAt: number = performance.now(),
): OperationRecord {
  return {
    transport,
    startedAt,
    traceparent,
    query: undefined,
    documentHash: undefined,
    operationName: undefined,
    type: undefined,
    key: undefined,
    cost: undefined,
    codes: [],
    statements: 0,
  };
}

/** Runs a function in the context of an operation, and publishes it to the channel. */
export function runInOperation<T>(record: OperationRecord, run: () => Promise<T>): Promise<T> {
  return current.run(record, () =>
    operationChannel.hasSubscribers ? operationChannel.tracePromise(run, record) : run(),
  );
}

/** Records the estimated cost of the operation, in points. */
export function recordCost(points: number, record = current.getStore()): void {
  if (record) record.cost = points;
}

/** Records the client of the operation. */
export function recordIdentity({ keyId, kind }: Identity, record = current.getStore()): void {
  if (record && kind !== IdentityKind.ANONYMOUS) record.key = keyId ?? kind;
}

/** Records the query as it was received: it may be no document at all. It is logged as a hash. */
export function recordQuery(query: unknown, record = current.getStore()): void {
  if (record && typeof query === 'string') record.query = query;
}

/** Records the path of a valid export, or of a route of another transport that is no GraphQL. */
export function recordRoute(path: string, record = current.getStore()): void {
  if (record) record.operationName = path;
}

/** Records the operation of a valid document. */
export function recordOperation(
  { hash, node }: { hash: string; node: OperationDefinitionNode },
  record = current.getStore(),
): void {
  if (!record) return;
  record.documentHash = hash;
  record.type = node.operation;
  if (node.name) record.operationName = node.name.value;
}

/** Returns the summary of the current operation, to be stored with a cached response. */
export function currentSummary(): OperationSummary | undefined {
  const record = current.getStore();
  return record && { documentHash: record.documentHash, operationName: record.operationName, type: record.type };
}

/** Records the summary that is stored with a cached response. */
export function restoreSummary(summary: OperationSummary | undefined, record = current.getStore()): void {
  if (!record || !summary) return;
  record.documentHash = summary.documentHash;
  record.operationName = summary.operationName;
  record.type = summary.type;
}

/** Counts an error of a response, and records its code. */
export function recordError(code: string, record = current.getStore()): void {
  countError(code);
  record?.codes.push(code);
}

/** Counts and logs a finished operation. Status 499 is a client that disconnected before the response. */
export function finishOperation(record: OperationRecord, status: number, logger: Logger): void {
  const duration = performance.now() - record.startedAt;
  countRequest(record, status, duration / 1_000);
  logger.operation?.(record, status, duration);
}
