import type { Database } from '../database/open.js';
import type { SharedStore } from '../limits/rate-limit.js';

/** The table in which instances on one PostgreSQL count together, as the limiter asks it. */
export function rateLimitStore({ em }: Database): SharedStore {
  const connection = em.getConnection() as unknown as { getNativeClient(): Promise<SharedStore> };
  const client = connection.getNativeClient();
  return { query: async query => (await client).query(query) };
}
