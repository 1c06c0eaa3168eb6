import { type FeedState, feedLag } from '../../change/feed-lag.js';
import type { Storage } from '../../config/config.js';
import type { Database } from '../../database/open.js';
import { isReadOnly } from '../../database/read-only.js';

/** The response of a health endpoint. */
export interface Health {
  status: number;
  body: { status: 'ok' | 'unavailable'; reason?: string } & Partial<Readiness>;
}

/** The components that a server needs to be ready. */
interface Readiness {
  database: 'ok' | 'unavailable';
  /** The kind of the database: a register that lost its DATABASE_URL would be served from an embedded one. */
  storage: Storage['kind'];
  /** The number of pending migrations; null while the database is unavailable. */
  missingMigrations: number | null;
  /** The number of changes in the log not yet sent to the subscribers; null while the database is unavailable. */
  feedLag: number | null;
  /** True if the database accepts no writes of this server; null while the database is unavailable. */
  readOnly: boolean | null;
}

/** Reports that the process runs. Ignores the database, so that an orchestrator does not restart it in an outage. */
export function live(): Health {
  return { status: 200, body: { status: 'ok' } };
}

/** Returns the kind of an open database. */
export const storageOf = ({ embedded }: Database): Storage['kind'] => (embedded ? 'embedded' : 'postgresql');

/** Reports 200 if the server is not closing, and the database responds and has all migrations; else 503. */
export async function ready(database: Database, feed: FeedState, closing: boolean): Promise<Health> {
  const { orm, em } = database;
  const [missing, lag = null, readOnly] = await Promise.all([
    orm.migrator.getPending().then(
      pending => pending.length,
      () => null,
    ),
    feedLag(feed),
    isReadOnly(em).catch(() => null),
  ]);
  const parts: Readiness = {
    database: missing === null ? 'unavailable' : 'ok',
    storage: storageOf(database),
    missingMigrations: missing,
    feedLag: lag,
    readOnly,
  };
  const reason = closing
    ? 'the server stops'
    : missing === null
      ? 'the database does not answer'
      : missing > 0 && 'migrations are missing';
  if (reason) return { status: 503, body: { status: 'unavailable', reason, ...parts } };
  return { status: 200, body: { status: 'ok', ...parts } };
}
