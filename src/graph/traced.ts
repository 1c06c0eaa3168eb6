import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel';

/** A batch of a loader. */
export interface Batch {
  /** How many keys it asks for. */
  keys: number;
}

/** A statement that reads. */
export interface Reading {
  /** With `$1` where values stand, which are not told. */
  text: string;
}

/** Batches and statements from begin to end, for whoever makes spans of them. */
export const batches = tracingChannel<'stedenband:batch', Batch>('stedenband:batch');
export const readings = tracingChannel<'stedenband:reading', Reading>('stedenband:reading');

/** Loads a batch of a loader. */
export function tracedBatch<T>(keys: readonly unknown[], load: () => Promise<T>): Promise<T> {
  return traced(batches, () => ({ keys: keys.length }), load);
}

/** Runs something that a channel tells of; as it is when nobody listens. */
export function traced<T, About extends object>(
  channel: TracingChannel<string, About>,
  about: () => About,
  run: () => Promise<T>,
): Promise<T> {
  return channel.hasSubscribers ? channel.tracePromise(run, about()) : run();
}
