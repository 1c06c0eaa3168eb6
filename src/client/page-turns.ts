import type { Applied, CopyTurns } from './copy-store.js';

/** Asks the page that copies for its last step. */
const ASK = 'ask';

/**
 * Returns the turns of the pages of one origin that share a store, by its name; `undefined` where the browser has no locks, as
 * on pages without https. The browser gives the lock of a page that was closed to the next one.
 */
export function pageTurns(name: string): CopyTurns | undefined {
  if (!globalThis.navigator?.locks) return undefined;
  const key = `stedenband ${name}`;
  return async (run, { onAnnounced, signal }) => {
    const channel = new BroadcastChannel(key);
    const failed = new AbortController();
    let isFirst = true;
    let isOwn = false;
    let last: Applied | undefined;
    let handled = Promise.resolve<unknown>(undefined);
    channel.onmessage = (event: MessageEvent) => {
      const data = event.data as Applied | typeof ASK;
      if (data === ASK) {
        if (last) channel.postMessage({ ...last, changes: [] } satisfies Applied);
      } else if (!isOwn) {
        // This page knows nothing of the copy yet.
        const applied = isFirst ? { ...data, changes: undefined } : data;
        isFirst = false;
        handled = handled.then(() => onAnnounced(applied));
        handled.catch(error => failed.abort(error));
      }
    };
    channel.postMessage(ASK);
    const ends = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
    try {
      await navigator.locks.request(key, { signal: ends }, async () => {
        isOwn = true;
        await handled;
        await run(applied => {
          last = applied;
          channel.postMessage(applied);
        });
      });
    } finally {
      channel.close();
    }
  };
}
