import { crc32 } from 'node:zlib';
import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { type EntityClass, tableOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';

/** First key of the advisory locks with a name; an arbitrary constant. The lock of the log has one key only. */
const NAMED_LOCKS = 7_370_002;

/**
 * Locks a name for other transactions until this one ends. A rule that reads several records, such as "no cycles", is
 * checked under a lock: two concurrent calls would each read the records as they were before the other.
 *
 * Two names with the same checksum share a lock, which costs a wait and nothing else.
 */
export async function lockName(em: EntityManager, name: string): Promise<void> {
  await queryRows(em, sql`select pg_advisory_xact_lock(${NAMED_LOCKS}, ${crc32(name) | 0})`);
}

/**
 * Locks a record for other writers until the transaction ends: `select … for no key update`. Unlike `for update`, it lets
 * others refer to the record meanwhile, and is no part of a deadlock with them.
 */
export async function lockRecord(em: EntityManager, entity: EntityClass<object>, id: string): Promise<void> {
  await queryRows(em, sql`select id from ${tableOf(em, entity)} where id = ${id} for no key update`);
}
