import type { Database } from '../database/open.js';

/** How the server is, as its health addresses answer. */
export interface Health {
  status: number;
  body: { status: 'ok' | 'unavailable'; reason?: string };
}

/** The process runs; it says nothing of the database, so that an outage of that does not restart the server. */
export function live(): Health {
  return { status: 200, body: { status: 'ok' } };
}

/** The server can answer: the database does, and has all migrations. */
export async function ready({ orm }: Database): Promise<Health> {
  try {
    const pending = await orm.migrator.getPending();
    if (pending.length === 0) return { status: 200, body: { status: 'ok' } };
    return { status: 503, body: { status: 'unavailable', reason: 'migrations are missing' } };
  } catch {
    return { status: 503, body: { status: 'unavailable', reason: 'the database does not answer' } };
  }
}
