import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseClient } from './connection/client.js';
import type { ConnectionOptions } from './connection/options.js';

/** Key of the advisory lock of migrations and seeds; an arbitrary constant. */
const EXCLUSIVE_LOCK = 7_370_003;

/** Limits the wait for the release of the lock. */
const RELEASE_TIMEOUT_MS = 2_000;

/**
 * Runs work while holding an advisory lock of the database: several processes that migrate or seed at once, such as the
 * init containers of several instances, do it one after the other. Waits without limit, and says so on standard error. The lock is held by an open
 * transaction on a connection of its own: a killed process releases it, and a connection pooler does not pass it on.
 *
 * @param work Called once, with the lock. A throw releases the lock and is rethrown.
 */
export async function runExclusively<T>(connection: ConnectionOptions, work: () => Promise<T>): Promise<T> {
  const client = new DatabaseClient(connection, 'lock', { keepAlive: true });
  // Without a listener an 'error' event ends the process. If only this connection breaks, the work goes on without
  // the lock, in transactions of its own.
  client.on('error', () => undefined);
  try {
    await client.connect();
    // A role may have time-outs.
    const timeouts = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
    await client.query(`begin; ${timeouts.map(name => `set local ${name} = 0`).join('; ')}`);
    const { rows } = await client.query<{ free: boolean }>(
      `select pg_try_advisory_xact_lock(${EXCLUSIVE_LOCK}) as free`,
    );
    if (!rows[0]?.free) {
      console.error('Another process migrates or seeds this database; waiting for it.');
      await client.query(`select pg_advisory_xact_lock(${EXCLUSIVE_LOCK})`);
    }
    try {
      return await work();
    } finally {
      // A firewall may have dropped the connection, idle until now, without a word. With a statement in flight `end` destroys
      // the socket instead of waiting for the other side.
      const released = client.query('commit').catch(() => undefined);
      await Promise.race([released, sleep(RELEASE_TIMEOUT_MS, undefined, { ref: false })]);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}
