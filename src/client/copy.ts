import type { Connection } from './connection.js';
import type { Applied, CopyStore } from './copy-store.js';
import { isOfAnotherHistory, isPassing } from './errors.js';
import { type FeedPage, openSnapshot, readPage } from './feed.js';
import { Retry } from './retry.js';
import type { Status } from './status.js';

/** The options of `copy`. */
export interface CopyOptions {
  /** The place of the copy. One that has a copy already is brought up to date. */
  store: CopyStore;
  /**
   * Called after each step that was stored, also by another page that shares the store. The next one waits for its promise; if
   * it throws, copying ends with the error.
   */
  onApplied?(applied: Applied): unknown;
  /** Called when the register answers, and when it does not; while another page copies, only that it does. */
  onStatus?(status: Status): void;
  /** Ends copying: `copy` resolves after the step that runs. */
  signal?: AbortSignal;
}

/**
 * Loads all records, and then applies changes until the signal is aborted. One page at a time does so for all that share a store;
 * the others get its steps, and go on when it ends.
 */
export async function copy(connection: Connection, options: CopyOptions): Promise<void> {
  const { store, onApplied, onStatus, signal } = options;
  const { turns } = store;
  if (!turns) return copySteps(connection, options);
  let reported: string | undefined;
  const onAnnounced = (applied: Applied) => {
    reported = applied.cursor;
    onStatus?.({ state: 'open' });
    return onApplied?.(applied);
  };
  try {
    await turns(announce => copySteps(connection, options, announce, reported), {
      onAnnounced,
      ...(signal && { signal }),
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** @param announced The cursor of the last step that another page announced. */
async function copySteps(
  connection: Connection,
  options: CopyOptions,
  announce?: (applied: Applied) => void,
  announced?: string,
): Promise<void> {
  const { store, onStatus, signal } = options;
  const retry = new Retry(options);
  let isOpen = false;
  /** The page before: it tells whether to wait for changes. */
  let page: FeedPage | undefined;
  let isLost = false;
  /** The cursor of the last step that `onApplied` was called for. */
  let reported = announced ?? (await store.cursor());

  let isHandled = true;
  const onApplied = async (applied: Applied) => {
    reported = applied.cursor;
    announce?.(applied);
    isHandled = false;
    await options.onApplied?.(applied);
    isHandled = true;
  };

  const opened = () => {
    if (!isOpen) onStatus?.({ state: 'open' });
    isOpen = true;
  };

  /** Makes one step. What the store throws is no `RegisterError`, and ends copying. */
  const step = async (): Promise<void> => {
    const cursor = isLost ? undefined : await store.cursor();
    if (cursor === undefined) {
      const snapshot = await openSnapshot(connection, signal);
      opened();
      const isStored = await store.replace(snapshot.cursor, snapshot.batches);
      isLost = false;
      page = undefined;
      if (isStored) await onApplied({ cursor: snapshot.cursor, changes: undefined, isUpToDate: false });
      return;
    }
    // Another page or process has stored steps since, such as one that ended before it announced them.
    if (cursor !== reported) await onApplied({ cursor, changes: undefined, isUpToDate: false });
    const wasUpToDate = page?.isUpToDate === true && page.next === cursor;
    page = await readPage(connection, cursor, wasUpToDate, page?.streamCursor, signal);
    opened();
    const { changes, next, isUpToDate } = page;
    // Nothing to store, or another process stored it already: the next step begins at its cursor.
    if (next !== cursor && !(await store.apply(changes, cursor, next))) return;
    reported = next;
    if (changes.length || (isUpToDate && !wasUpToDate)) await onApplied({ cursor: next, changes, isUpToDate });
  };

  while (!signal?.aborted) {
    try {
      await step();
      retry.reset();
    } catch (error) {
      if (signal?.aborted) return;
      // An error of the handler can be a `RegisterError` of a request of its own.
      if (!isHandled) throw error;
      if (isOfAnotherHistory(error)) isLost = true;
      else if (!isPassing(error)) throw error;
      isOpen = false;
      await retry.pause(error, error.retryAfterSeconds);
    }
  }
}
