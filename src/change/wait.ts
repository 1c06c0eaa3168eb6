import type { ChangeStream } from './stream.js';

/** Reads the log this often during a wait, in case the notification of the change was lost. */
const READ_INTERVAL_MS = 250;

/** Waits until this process has read the change with an id. Returns false if it has not after the time. */
export async function hasReached(changes: ChangeStream, id: number, timeoutMs: number): Promise<boolean> {
  if (changes.newest.id >= id) return true;
  const subscriber = changes.subscribe(undefined);
  const timeout = setTimeout(() => void subscriber.return(), timeoutMs);
  const reading = setInterval(() => void changes.refresh(), READ_INTERVAL_MS);
  void changes.refresh();
  try {
    for await (const change of subscriber) if (change.id >= id) break;
  } finally {
    clearTimeout(timeout);
    clearInterval(reading);
    void subscriber.return();
  }
  return changes.newest.id >= id;
}
