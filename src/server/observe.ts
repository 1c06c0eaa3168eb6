import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import type { OperationDefinitionNode } from 'graphql';
import { type Identity, IdentityKind } from '../access/identity.js';
import { statements } from '../graph/rows.js';
import type { Log } from './log.js';
import { countError, countRequest } from './metrics.js';

/** What was asked, as far as it is known. */
export interface Asked {
  /** The document, as it came. */
  query: string | undefined;
  operationName: string | undefined;
  /** Known once the document is found to be valid. */
  type: 'query' | 'mutation' | 'subscription' | undefined;
}

/** What is known of one operation while it is answered; what its log line and its metrics are made of. */
export interface Observed extends Asked {
  readonly transport: 'http' | 'stream' | 'websocket' | 'export';
  /** When it began, by `performance.now()`. */
  readonly began: number;
  /** The span that it belongs to, as its client says: https://www.w3.org/TR/trace-context/. */
  readonly traceparent: string | undefined;
  /** The id of the key, or the kind of credential that it came with. */
  key: string | undefined;
  /** In points, as it was estimated. */
  cost: number | undefined;
  /** Codes of the errors that its client was told. */
  readonly codes: string[];
  /** How many statements it sent for reading. */
  statements: number;
}

/** Operations from begin to end, for whoever makes spans of them. */
export const operations = tracingChannel<'stedenband:operation', Observed>('stedenband:operation');

const current = new AsyncLocalStorage<Observed>();
statements.subscribe(() => {
  const its = current.getStore();
  if (its) its.statements += 1;
});

/** @param began When, by `performance.now()`. */
export function begin(
  transport: Observed['transport'],
  traceparent?: string,
  began: number = performance.now(),
): Observed {
  return {
    transport,
    began,
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
export function within<T>(observed: Observed, answer: () => Promise<T>): Promise<T> {
  return current.run(observed, () =>
    operations.hasSubscribers ? operations.tracePromise(answer, observed) : answer(),
  );
}

/** Notes what an operation costs, in points, as it was estimated. */
export function noteCost(points: number, its = current.getStore()): void {
  if (its) its.cost = points;
}

/** Notes who asks. */
export function noteIdentity({ keyId, kind }: Identity, its = current.getStore()): void {
  if (its && kind !== IdentityKind.ANONYMOUS) its.key = keyId ?? kind;
}

/** Notes what is asked, as it came: it may be no document at all. */
export function noteRequest(query: unknown, operationName: unknown, its = current.getStore()): void {
  if (!its) return;
  if (typeof query === 'string') its.query = query;
  if (typeof operationName === 'string') its.operationName = operationName;
}

/** What was asked, to be noted again when the same is answered with what is kept. */
export function asked(): Asked | undefined {
  const its = current.getStore();
  return its && { query: its.query, operationName: its.operationName, type: its.type };
}

/** Notes that what is asked was asked, and answered, before. */
export function noteAsked(before: Asked | undefined, its = current.getStore()): void {
  if (!its || !before) return;
  its.query = before.query;
  its.operationName = before.operationName;
  its.type = before.type;
}

/** Notes which operation of a valid document it is. */
export function noteOperation(operation: OperationDefinitionNode | null | undefined, its = current.getStore()): void {
  if (!its || !operation) return;
  its.type = operation.operation;
  if (operation.name) its.operationName = operation.name.value;
}

/** Counts an error that a client is told, and notes it of the operation that is being answered. */
export function noteError(code: string, its = current.getStore()): void {
  countError(code);
  its?.codes.push(code);
}

/** Counts and logs an operation that is answered. Status 499 is a client that went away before. */
export function end(its: Observed, status: number, log: Log): void {
  const duration = performance.now() - its.began;
  countRequest(its, status, duration / 1_000);
  log.request?.(its, status, duration);
}
