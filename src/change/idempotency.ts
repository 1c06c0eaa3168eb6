import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { columnsOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';
import { Change } from './change.js';
import { type Payload, rejectField, UserErrorCode } from './payload.js';

const MAX_KEY_LENGTH = 255;

/**
 * Claims a key for this transaction, or gives the answer that a call with it got before. Two calls at once with one key
 * stand in line: the second waits for the first to commit, or takes its place when it did not.
 *
 * @param fingerprint Tells this call from any other.
 * @throws Refusal when the key was used for another call, or is no key.
 */
export async function claimKey<Row>(
  em: EntityManager,
  actor: string,
  key: string,
  fingerprint: string,
): Promise<Payload<Row> | null> {
  if (key.length < 1 || key.length > MAX_KEY_LENGTH) {
    throw rejectField(
      UserErrorCode.INVALID,
      'idempotencyKey',
      `An idempotencyKey has 1 to ${MAX_KEY_LENGTH} characters; got ${key.length}.`,
    );
  }
  const claim = sql`insert into idempotent_answer (actor, key, fingerprint) values (${actor}, ${key}, ${fingerprint}) on conflict do nothing returning key`;
  if ((await queryRows(em, claim)).length) return null;
  const query = sql`select fingerprint, record, change_id as change from idempotent_answer where actor = ${actor} and key = ${key}`;
  const [kept] = await queryRows<{ fingerprint: string; record: Row | null; change: number | null }>(em, query);
  if (kept?.fingerprint !== fingerprint) {
    throw rejectField(
      UserErrorCode.KEY_REUSED,
      'idempotencyKey',
      'This idempotencyKey was used for a call with another input; take a new one.',
    );
  }
  const changes = await queryRows<Change>(
    em,
    sql`select ${columnsOf(em, Change, 'c')} from change c where c.id = ${kept.change}`,
  );
  return { record: kept.record, change: changes[0] ?? null, userErrors: [] };
}

/** Keeps the answer of a call, in the transaction that wrote it: the record as it then was, so that it comes back the same. */
export async function storeResult<Row>(
  em: EntityManager,
  actor: string,
  key: string,
  { record, change }: Payload<Row>,
): Promise<void> {
  await queryRows(
    em,
    sql`update idempotent_answer set record = ${record && JSON.stringify(record)}::jsonb, change_id = ${change?.id ?? null} where actor = ${actor} and key = ${key}`,
  );
}
