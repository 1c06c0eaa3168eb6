import type { SqlEntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { queryRows } from '../../graph/sql/query.js';

/**
 * Gives all changes the same time, under the lock of the log: they become visible together, and no instant may name a part
 * of them. A millisecond for each would set the log of a large register minutes ahead.
 */
export async function recordedNow(em: SqlEntityManager, changes: Iterable<object>): Promise<Iterable<object>> {
  const [next] = await queryRows<{ time: string }>(em, sql`select next_change_time() as time`);
  return recordedAt(changes, new Date(next?.time as string));
}

function* recordedAt(changes: Iterable<object>, time: Date): Generator<object> {
  for (const change of changes) yield { ...change, recordedAt: time };
}
