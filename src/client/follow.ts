import { request } from './ask.js';
import type { Connection } from './connection.js';
import { errorOf, isPassing, RegisterError, type ResponseError } from './errors.js';
import { type ChangeFilter, LatestChange } from './generated/operations.js';
import { Retry } from './retry.js';
import type { Status } from './status.js';
import { type Change, Subscription } from './subscription.js';

/** The options of `follow`. */
export interface FollowOptions {
  /** The cursor of the last change that was processed; by default only changes from now on are sent. */
  after?: string | undefined;
  /** Restricts the changes. */
  filter?: ChangeFilter;
  /**
   * Called for each change once, in the order of the log; the next one is sent after its promise resolved. If it throws,
   * following ends with the error: the change counts as not processed.
   */
  onChange(change: Change): unknown;
  /** Called when the connection opens, and when it breaks. */
  onStatus?(status: Status): void;
  /** Ends following: `follow` resolves after the call of `onChange` that runs. */
  signal?: AbortSignal;
}

/** Limits the wait for the cursor to begin after: the connection may be dead without a word. */
const ANSWER_TIMEOUT_MS = 15_000;

/** A close code that no later attempt can change: this client and the server do not speak the same protocol. */
const WRONG_PROTOCOL = new Set([4400, 4406, 4409]);
const HISTORY_CHANGED = 4410;

/** Returns the error of a subscription that ended, or `undefined` if its connection broke. */
function errorOfEnd(reason: unknown): RegisterError | undefined {
  if (Array.isArray(reason)) return errorOf(reason as ResponseError[]);
  const { code, reason: text = '' } = (reason ?? {}) as { code?: number; reason?: string };
  if (code === HISTORY_CHANGED) {
    const lastCommon = /last common (\S+)$/.exec(text)?.[1];
    return new RegisterError('HISTORY_CHANGED', text, { lastCommon });
  }
  return code !== undefined && WRONG_PROTOCOL.has(code)
    ? new RegisterError('UNEXPECTED_RESPONSE', `The socket was closed with ${code}: ${text}`)
    : undefined;
}

/** Follows the log until the signal is aborted, over any number of connections. */
export async function follow(connection: Connection, options: FollowOptions): Promise<void> {
  const { filter, onChange, onStatus, signal } = options;
  const retry = new Retry(options);
  let { after } = options;
  while (after === undefined && !signal?.aborted) {
    const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    try {
      const ends = AbortSignal.any([timeout, signal ?? timeout]);
      after = (await request(connection, LatestChange, {}, { signal: ends })).data.latestChangeCursor;
    } catch (error) {
      if (signal?.aborted) return;
      if (!isPassing(error)) throw error;
      await retry.pause(error, error.retryAfterSeconds);
    }
  }
  const listener = { onOpen: () => onStatus?.({ state: 'open' }), onAlive: () => retry.reset() };
  while (after !== undefined && !signal?.aborted) {
    const subscription: Subscription = new Subscription(connection, after, filter, listener, signal);
    try {
      for (;;) {
        const event = await subscription.next();
        if (signal?.aborted) return;
        if ('end' in event) {
          const error = errorOfEnd(event.end);
          if (error && !isPassing(error)) throw error;
          if (event.end !== undefined) await retry.pause(event.end, error?.retryAfterSeconds);
          break;
        }
        retry.reset();
        await onChange(event);
        after = event.cursor;
      }
    } finally {
      subscription.close();
    }
  }
}
