import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel';

/** A batch of a loader. */
export interface BatchEvent {
  /** How many keys it asks for. */
  keys: number;
}

/** A statement that reads. */
export interface QueryEvent {
  /** With `$1` where values stand, which are not told. */
  text: string;
}

/** Batches and statements from begin to end, for whoever makes spans of them. */
export const batchChannel = tracingChannel<'stedenband:batch', BatchEvent>('stedenband:batch');
export const queryChannel = tracingChannel<'stedenband:reading', QueryEvent>('stedenband:reading');

/** Loads a batch of a loader. */
export function traceBatch<T>(keys: readonly unknown[], load: () => Promise<T>): Promise<T> {
  return trace(batchChannel, () => ({ keys: keys.length }), load);
}

/** Runs something that a channel tells of; as it is when nobody listens. */
export function trace<T, About extends object>(
  channel: TracingChannel<string, About>,
  about: () => About,
  run: () => Promise<T>,
): Promise<T> {
  return channel.hasSubscribers ? channel.tracePromise(run, about()) : run();
}
