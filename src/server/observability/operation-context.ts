import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import type { OperationDefinitionNode } from 'graphql';
import { type Identity, IdentityKind } from '../../access/identity.js';
import { statementChannel } from '../../graph/sql/query.js';
import type { Logger } from './logger.js';
import { countError, countRequest } from './metrics.js';
import type { OperationRecord, OperationSummary } from './operation-record.js';

/** Operations from begin to end, for whoever makes spans of them. */
export const operationChannel = tracingChannel<'stedenband:operation', OperationRecord>('stedenband:operation');

const current = new AsyncLocalStorage<OperationRecord>();
statementChannel.subscribe(() => {
  const its = current.getStore();
  if (its) its.statements += 1;
});

/** @param startedAt When, by `performance.now()`. */
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
    operationName: undefined,
    type: undefined,
    key: undefined,
    cost: undefined,
    codes: [],
    statements: 0,
  };
}

/** Answers an operation; whatever is noted meanwhile is noted of it. */
export function runInOperation<T>(observed: OperationRecord, answer: () => Promise<T>): Promise<T> {
  return current.run(observed, () =>
    operationChannel.hasSubscribers ? operationChannel.tracePromise(answer, observed) : answer(),
  );
}

/** Notes what an operation costs, in points, as it was estimated. */
export function recordCost(points: number, its = current.getStore()): void {
  if (its) its.cost = points;
}

/** Notes who asks. */
export function recordIdentity({ keyId, kind }: Identity, its = current.getStore()): void {
  if (its && kind !== IdentityKind.ANONYMOUS) its.key = keyId ?? kind;
}

/** Notes what is asked, as it came: it may be no document at all. */
export function recordRequest(query: unknown, operationName: unknown, its = current.getStore()): void {
  if (!its) return;
  if (typeof query === 'string') its.query = query;
  if (typeof operationName === 'string') its.operationName = operationName;
}

/** What was asked, to be noted again when the same is answered with what is kept. */
export function currentSummary(): OperationSummary | undefined {
  const its = current.getStore();
  return its && { query: its.query, operationName: its.operationName, type: its.type };
}

/** Notes that what is asked was asked, and answered, before. */
export function restoreSummary(before: OperationSummary | undefined, its = current.getStore()): void {
  if (!its || !before) return;
  its.query = before.query;
  its.operationName = before.operationName;
  its.type = before.type;
}

/** Notes which operation of a valid document it is. */
export function recordOperation(operation: OperationDefinitionNode | null | undefined, its = current.getStore()): void {
  if (!its || !operation) return;
  its.type = operation.operation;
  if (operation.name) its.operationName = operation.name.value;
}

/** Counts an error that a client is told, and notes it of the operation that is being answered. */
export function recordError(code: string, its = current.getStore()): void {
  countError(code);
  its?.codes.push(code);
}

/** Counts and logs an operation that is answered. Status 499 is a client that went away before. */
export function finishOperation(its: OperationRecord, status: number, log: Logger): void {
  const duration = performance.now() - its.startedAt;
  countRequest(its, status, duration / 1_000);
  log.operation?.(its, status, duration);
}
