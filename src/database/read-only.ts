import { NoWritableHostError } from './connection/find-host.js';
import type { Database } from './open.js';

/**
 * Returns whether the database accepts no writes on this connection: it is a replica, transactions are read-only, or the
 * role may not write. True also if there is no connection, because no host of several accepts writes.
 */
export async function isReadOnly(em: Database['em']): Promise<boolean> {
  try {
    const [row] = await em
      .getConnection()
      .execute<{ read_only: boolean }[]>(
        `select current_setting('transaction_read_only') = 'on' or not has_table_privilege('change', 'insert') as read_only`,
      );
    return row?.read_only === true;
  } catch (error) {
    if (error instanceof NoWritableHostError) return true;
    throw error;
  }
}
