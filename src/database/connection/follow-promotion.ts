import type { Pool, PoolClient } from 'pg';
import type { DatabaseClient } from './client.js';

/** SQLSTATE of a write that a server refuses, because it is read-only. */
const READ_ONLY = '25006';
/** Pause between two searches: a register without a host that accepts writes may have many mutations. */
const SEARCH_INTERVAL_MS = 500;

/** The parts of a client and of a pool that `pg` does not declare. */
interface ClientParts {
  connection: { on(event: 'errorMessage', listener: (error: { code?: string }) => void): void };
}
interface PoolParts {
  /** Connections that the pool ends when they are released; it adds those that are older than `maxLifetimeSeconds`. */
  _expired: WeakSet<PoolClient>;
}

/**
 * Replaces all connections of a pool after a write that their host refuses, if another host accepts writes: it was promoted,
 * and the former primary is still up. Statements in flight end before their connection does.
 */
export function followPromotion(pool: Pool): void {
  const clients = new Set<PoolClient>();
  let searchedAt = Number.NEGATIVE_INFINITY;
  const onRefusedWrite = async (client: PoolClient) => {
    const now = performance.now();
    if (now - searchedAt < SEARCH_INTERVAL_MS) return;
    searchedAt = now;
    if (!(await (client as unknown as DatabaseClient).isReplaced())) return;
    for (const each of clients) (pool as unknown as PoolParts)._expired.add(each);
    for (let idle = pool.idleCount; idle > 0; idle -= 1) pool.connect((_error, _client, release) => release?.());
  };
  pool.on('connect', client => {
    clients.add(client);
    (client as unknown as ClientParts).connection.on('errorMessage', ({ code }) => {
      if (code === READ_ONLY) void onRefusedWrite(client);
    });
  });
  pool.on('remove', client => clients.delete(client));
}
