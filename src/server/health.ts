import { setTimeout as sleep } from 'node:timers/promises';
import { latestChange } from '../change/log.js';
import type { Database } from '../database/open.js';
import type { Service } from './service.js';

/** How the server is, as its health addresses answer. */
export interface Health {
  status: number;
  body: { status: 'ok' | 'unavailable'; reason?: string } & Partial<Parts>;
}

/** The parts that a server needs to be ready. */
interface Parts {
  database: 'ok' | 'away';
  /** How many migrations the database lacks; unknown while it is away. */
  missingMigrations: number | null;
  /** Changes in the log that this instance has not told its subscribers yet; unknown while the database is away. */
  feedLag: number | null;
}

/** The feed's lag is not waited for longer than this, in milliseconds: metrics go on without it. */
const LONGEST_LOOK = 1_000;

/** The process runs; it says nothing of the database, so that an outage of that does not restart the server. */
export function live(): Health {
  return { status: 200, body: { status: 'ok' } };
}

/** The server can answer: it is not about to stop, and the database answers and has all migrations. */
export async function ready({ orm }: Database, service: Service, closing: boolean): Promise<Health> {
  const [missing, feedLag = null] = await Promise.all([
    orm.migrator.getPending().then(
      pending => pending.length,
      () => null,
    ),
    feedLagOf(service),
  ]);
  const parts: Parts = { database: missing === null ? 'away' : 'ok', missingMigrations: missing, feedLag };
  const reason = closing
    ? 'the server stops'
    : missing === null
      ? 'the database does not answer'
      : missing > 0 && 'migrations are missing';
  if (reason) return { status: 503, body: { status: 'unavailable', reason, ...parts } };
  return { status: 200, body: { status: 'ok', ...parts } };
}

/** How many changes of the log this instance has not told its subscribers yet; undefined while the database is away. */
export async function feedLagOf({ changes, fork }: Pick<Service, 'changes' | 'fork'>): Promise<number | undefined> {
  const latest = latestChange(fork()).catch(() => undefined);
  const found = await Promise.race([latest, sleep(LONGEST_LOOK, undefined, { ref: false })]);
  return found === undefined ? undefined : Math.max(0, found - changes.newest);
}
