import { channel } from 'node:diagnostics_channel';
import type { Fork } from '../sql/fork.js';

/** The event of `recordsChannel`. */
export interface RecordsEvent {
  em: Fork;
  /** The statement that read them. */
  text: string;
  /** The ids that were asked for. */
  ids: readonly string[];
  /** The records that exist, with those that they refer to as far as they were joined. */
  rows: readonly object[];
  /** The part of the statement that reads lists under the records; `undefined` if it reads none. */
  lists: string | undefined;
}

/** Publishes records that were read by their ids: what depends on them changes only if one of them does. */
export const recordsChannel = channel('stedenband:records');
