import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { columnsOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';
import { Change } from './change.js';
import { type Payload, rejectField, UserErrorCode } from './payload.js';

/**
 * Claims an idempotency key for this transaction, or returns the stored result of an earlier call with it. Concurrent
 * calls with one key are serialised: `insert … on conflict do nothing` waits until the first one commits or rolls back.
 *
 * @param fingerprint Hash of the mutation and its input.
 * @param dryRun Only looks for an earlier result: a claim would make the real call wait for the end of the dry run.
 * @throws WriteRejected if the key was used with another fingerprint.
 */
export async function claimKey<Row>(
  em: EntityManager,
  actor: string,
  key: string,
  fingerprint: string,
  dryRun: boolean,
): Promise<Payload<Row> | null> {
  const claim = sql`insert into idempotent_answer (actor, key, fingerprint) values (${actor}, ${key}, ${fingerprint}) on conflict do nothing returning key`;
  if (!dryRun && (await queryRows(em, claim)).length) return null;
  const query = sql`select fingerprint, record, change_id as change from idempotent_answer where actor = ${actor} and key = ${key}`;
  const [stored] = await queryRows<{ fingerprint: string; record: Row | null; change: number | null }>(em, query);
  if (dryRun && !stored) return null;
  if (stored?.fingerprint !== fingerprint) {
    throw rejectField(
      UserErrorCode.KEY_REUSED,
      'idempotencyKey',
      'This idempotencyKey was already used for a call with different input; use a new key.',
    );
  }
  const changes = await queryRows<Change>(
    em,
    sql`select ${columnsOf(em, Change, 'c')} from change c where c.id = ${stored.change}`,
  );
  return { record: stored.record, change: changes[0] ?? null, userErrors: [] };
}

/** Stores the result of a call in the transaction that wrote it: a repeated call returns the record as it was then. */
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
