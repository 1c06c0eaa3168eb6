import { type AskOptions, request } from './ask.js';
import { Connection, type ConnectOptions } from './connection.js';
import { type CopyOptions, copy } from './copy.js';
import type { TypedDocument, VariablesOf } from './document.js';
import { type FollowOptions, follow } from './follow.js';
import { openPast, type PastRegister } from './past.js';

/** A register, by its address. It holds no connection: each method opens what it needs. */
export interface Register {
  /**
   * Sends a query or a mutation.
   *
   * @throws RegisterError if the response has errors, also beside data; the rest of the answer is its `data`.
   */
  ask<Data, Variables>(
    document: TypedDocument<Data, Variables>,
    ...args: [...VariablesOf<Variables>, options?: AskOptions]
  ): Promise<Data>;
  /**
   * Returns the register as it was known at a moment: an instant with its offset, such as `2026-11-24T14:00:00+01:00`, or
   * the cursor of a change.
   */
  at(moment: string): PastRegister;
  /**
   * Sends each change once, in the order of the log, until the signal is aborted, over lost connections and restarts.
   *
   * @throws RegisterError HISTORY_CHANGED or INVALID_CURSOR if the register was restored, so that changes which were sent
   * may no longer exist: load everything again. Others if the subscription is refused.
   */
  follow(options: FollowOptions): Promise<void>;
  /**
   * Keeps a copy of all records in a store, until the signal is aborted: all records of one moment, and then every change
   * set as one write. It goes on by itself as `follow` does; if the register was restored, it loads all records again.
   *
   * @throws RegisterError if the register refuses the request, and whatever the store or `onApplied` throws.
   */
  copy(options: CopyOptions): Promise<void>;
}

/** Returns the register at an address. Nothing is sent before its methods are called. */
export function connect(options: ConnectOptions): Register {
  const connection = new Connection(options);
  return {
    ask: async (document, ...[variables, askOptions]) =>
      (await request(connection, document, variables as never, askOptions as AskOptions)).data,
    at: moment => openPast(connection, moment),
    follow: followOptions => follow(connection, followOptions),
    copy: copyOptions => copy(connection, copyOptions),
  };
}
