import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel';

/** A batch of a loader. */
export interface BatchEvent {
  /** The number of keys. */
  keys: number;
}

/** A statement that reads. */
export interface QueryEvent {
  /** With placeholders (`$1`), without values. */
  text: string;
}

/** Tracing channels of batches and queries. Subscribers make spans of their events. */
export const batchChannel = tracingChannel<'stedenband:batch', BatchEvent>('stedenband:batch');
export const queryChannel = tracingChannel<'stedenband:reading', QueryEvent>('stedenband:reading');

/** Loads a batch of a loader, traced by `batchChannel`. */
export function traceBatch<T>(keys: readonly unknown[], load: () => Promise<T>): Promise<T> {
  return trace(batchChannel, () => ({ keys: keys.length }), load);
}

/** Runs a function, traced by a channel. Costs nothing without subscribers. */
export function trace<T, Event extends object>(
  channel: TracingChannel<string, Event>,
  event: () => Event,
  run: () => Promise<T>,
): Promise<T> {
  return channel.hasSubscribers ? channel.tracePromise(run, event()) : run();
}
