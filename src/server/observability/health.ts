import { type FeedState, feedLag } from '../../change/feed-lag.js';
import type { Storage } from '../../config/config.js';
import type { Database } from '../../database/open.js';

/** The response of a health endpoint. */
export interface Health {
  status: number;
  body: { status: 'ok' | 'unavailable'; reason?: string } & Partial<Readiness>;
}

/** The components that a server needs to be ready. */
export interface Readiness {
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

/**
 * Returns a function that shares the result of a check: between calls at the same time, and for a while afterwards.
 *
 * @param check Called when no result is shared.
 */
export function shareResult<T>(check: () => Promise<T>, ttlMs: number): () => Promise<T> {
  let current: Promise<T> | undefined;
  const expire = () => {
    current = undefined;
  };
  return () => {
    current ??= check().finally(() => setTimeout(expire, ttlMs).unref());
    return current;
  };
}

/** The parts of a service that are asked whether it is ready. */
export interface CheckedService extends FeedState {
  /** Returns undefined while the database is unavailable. */
  isReadOnly(): Promise<boolean | undefined>;
}

/** Asks the database for what a server needs to be ready. */
export async function checkReadiness(database: Database, service: CheckedService): Promise<Readiness> {
  const [missing, lag = null, readOnly] = await Promise.all([
    database.orm.migrator.getPending().then(
      pending => pending.length,
      () => null,
    ),
    feedLag(service),
    service.isReadOnly(),
  ]);
  return {
    database: missing === null ? 'unavailable' : 'ok',
    storage: storageOf(database),
    missingMigrations: missing,
    feedLag: lag,
    readOnly: readOnly ?? null,
  };
}

/** Reports 200 if the server is not closing, and the database responds and has all migrations; else 503. */
export function ready(parts: Readiness, closing: boolean): Health {
  const { missingMigrations: missing } = parts;
  const reason = closing
    ? 'the server stops'
    : missing === null
      ? parts.readOnly
        ? 'no host of the database accepts writes'
        : 'the database does not answer'
      : missing > 0 && 'migrations are missing';
  if (reason) return { status: 503, body: { status: 'unavailable', reason, ...parts } };
  return { status: 200, body: { status: 'ok', ...parts } };
}
