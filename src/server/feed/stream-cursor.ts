/** The intervals of Durable Streams 1.0, 10.1: clients that wait at one offset in one interval ask for one address. */
const EPOCH = Date.UTC(2024, 9, 9);
const INTERVAL_MS = 20_000;
const MAX_JITTER_SECONDS = 3_600;

/**
 * Returns `Stream-Cursor` for a client that waits, by which shared caches tell its next request from this one. It never goes
 * back: a client that has this interval or a later one gets a later one still.
 *
 * @param received The cursor that the client sent back; a text that is no number counts as none.
 */
export function nextStreamCursor(received: string | undefined, now = Date.now()): string {
  const interval = Math.floor((now - EPOCH) / INTERVAL_MS);
  const before = /^\d{1,15}$/.test(received ?? '') ? Number(received) : -1;
  if (before < interval) return String(interval);
  const jitterMs = 1_000 * (1 + Math.random() * (MAX_JITTER_SECONDS - 1));
  return String(before + Math.max(1, Math.floor(jitterMs / INTERVAL_MS)));
}
