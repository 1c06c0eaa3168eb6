import { type FeedState, feedLag } from '../../change/feed-lag.js';
import type { Database } from '../../database/open.js';

/** How the server is, as its health addresses answer. */
export interface Health {
  status: number;
  body: { status: 'ok' | 'unavailable'; reason?: string } & Partial<Readiness>;
}

/** The parts that a server needs to be ready. */
interface Readiness {
  database: 'ok' | 'away';
  /** How many migrations the database lacks; unknown while it is away. */
  missingMigrations: number | null;
  /** Changes in the log that this instance has not told its subscribers yet; unknown while the database is away. */
  feedLag: number | null;
}

/** The process runs; it says nothing of the database, so that an outage of that does not restart the server. */
export function live(): Health {
  return { status: 200, body: { status: 'ok' } };
}

/** The server can answer: it is not about to stop, and the database answers and has all migrations. */
export async function ready({ orm }: Database, feed: FeedState, closing: boolean): Promise<Health> {
  const [missing, lag = null] = await Promise.all([
    orm.migrator.getPending().then(
      pending => pending.length,
      () => null,
    ),
    feedLag(feed),
  ]);
  const parts: Readiness = { database: missing === null ? 'away' : 'ok', missingMigrations: missing, feedLag: lag };
  const reason = closing
    ? 'the server stops'
    : missing === null
      ? 'the database does not answer'
      : missing > 0 && 'migrations are missing';
  if (reason) return { status: 503, body: { status: 'unavailable', reason, ...parts } };
  return { status: 200, body: { status: 'ok', ...parts } };
}
