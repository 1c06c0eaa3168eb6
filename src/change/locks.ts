import { crc32 } from 'node:zlib';
import sql, { raw } from 'sql-template-tag';
import { type EntityClass, tableOf } from '../graph/sql/columns.js';
import { type Fork, ForkProperty } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';

/** First key of the advisory locks with a name; an arbitrary constant. The lock of the log has one key only. */
const NAMED_LOCKS = 7_370_002;

/**
 * Locks a name for other transactions until this one ends. A rule that reads several records, such as "no cycles", is
 * checked under a lock: two concurrent calls would each read the records as they were before the other.
 *
 * Two names with the same checksum share a lock, which costs a wait and nothing else.
 */
export async function lockName(em: Fork, name: string): Promise<void> {
  await queryRows(em, sql`select pg_advisory_xact_lock(${NAMED_LOCKS}, ${crc32(name) | 0})`);
}

/** First key of the advisory locks of new ids, and their number: one transaction may create thousands of records. */
const ID_LOCKS = 7_370_003;
const ID_LOCK_COUNT = 512;

const idLock = (id: string): number => crc32(id) % ID_LOCK_COUNT;

/** The locks of new ids that a transaction has, by its fork, and whether they are exclusive. */
const heldIdLocks = new ForkProperty<Map<number, boolean>>('id locks');

/**
 * Locks new ids for other transactions until this one ends; one statement. Ids share a fixed number of locks, since the lock
 * table of the database is small; each is taken once.
 *
 * @param exclusive Ids that no other transaction may lock meanwhile.
 * @param shared Ids that others may lock so, too.
 */
export async function lockNewIds(em: Fork, exclusive: readonly string[], shared: readonly string[]): Promise<void> {
  const held = heldIdLocks.get(em) ?? new Map<number, boolean>();
  heldIdLocks.set(em, held);
  const wanted = new Map<number, boolean>();
  for (const lock of shared.map(idLock)) if (!held.has(lock)) wanted.set(lock, false);
  for (const lock of exclusive.map(idLock)) if (!held.get(lock)) wanted.set(lock, true);
  if (wanted.size === 0) return;
  const locks = [...wanted.keys()].sort((a, b) => a - b);
  await queryRows(
    em,
    sql`select case when exclusive then pg_advisory_xact_lock(${ID_LOCKS}, lock) else pg_advisory_xact_lock_shared(${ID_LOCKS}, lock) end
      from unnest(${locks}::int[], ${locks.map(lock => wanted.get(lock))}::boolean[]) as w(lock, exclusive)`,
  );
  for (const [lock, isExclusive] of wanted) held.set(lock, isExclusive);
}

/**
 * Locks records for other writers until the transaction ends, in the order of their ids: `select … for no key update`.
 * Unlike `for update`, it lets others refer to the records meanwhile, and is no part of a deadlock with them.
 *
 * @param isForDeletion Whether they may be deleted: then `for update`, which waits for others that refer to them.
 */
export async function lockRecords(
  em: Fork,
  entity: EntityClass<object>,
  ids: readonly string[],
  isForDeletion = false,
): Promise<void> {
  const strength = raw(isForDeletion ? 'for update' : 'for no key update');
  await queryRows(
    em,
    sql`select id from ${tableOf(em, entity)} where id = any(${[...ids]}::text[]) order by id ${strength}`,
  );
}
