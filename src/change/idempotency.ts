import { hash } from 'node:crypto';
import sql, { raw } from 'sql-template-tag';
import type { Context } from '../context.js';
import { columnsOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { Change } from './change.js';
import type { Payload } from './payload.js';
import { rejectField, UserErrorCode } from './user-error.js';

/** Limits the expired results that a call removes: more than one, so that they become fewer. */
const MAX_EXPIRED_PER_CALL = 3;

/** Returns the fingerprint of a call: equal for calls of one mutation with equal inputs. */
export const fingerprint = (mutation: string, request: object): string =>
  hash('sha256', JSON.stringify([mutation, request]));

/**
 * Claims an idempotency key for this transaction, or returns the stored result of an earlier call with it. Concurrent
 * calls with one key are serialised: `insert … on conflict do nothing` waits until the first one commits or rolls back.
 * Results that are older than `idempotencyDays` are removed by later calls with other keys.
 *
 * @param callFingerprint Hash of the mutation and its input.
 * @param dryRun Only looks for an earlier result: a claim would make the real call wait for the end of the dry run.
 * @throws WriteRejected if the key was used with another fingerprint.
 */
export async function claimKey<Row>(
  em: Fork,
  context: Pick<Context, 'identity' | 'idempotencyDays'>,
  key: string,
  callFingerprint: string,
  dryRun: boolean,
): Promise<Payload<Row> | null> {
  const { actor } = context.identity;
  const claim = sql`with expired as (
      delete from idempotent_answer where (actor, key) in (select actor, key from idempotent_answer
        where created_at < now() - make_interval(days => ${context.idempotencyDays}) and (actor, key) <> (${actor}, ${key})
        order by created_at limit ${raw(String(MAX_EXPIRED_PER_CALL))} for update skip locked))
    insert into idempotent_answer (actor, key, fingerprint) values (${actor}, ${key}, ${callFingerprint})
    on conflict do nothing returning key`;
  if (!dryRun && (await queryRows(em, claim)).length) return null;
  const query = sql`select fingerprint, record, change_id as change from idempotent_answer where actor = ${actor} and key = ${key}`;
  const [stored] = await queryRows<{ fingerprint: string; record: Row | null; change: number | null }>(em, query);
  if (!stored && dryRun) return null;
  // It had expired, and another call removed it between the two statements.
  if (!stored) return claimKey(em, context, key, callFingerprint, dryRun);
  if (stored.fingerprint !== callFingerprint) {
    throw rejectField(UserErrorCode.KEY_REUSED, 'idempotencyKey', message('KEY_REUSED', {}));
  }
  const changes = await queryRows<Change>(
    em,
    sql`select ${columnsOf(em, Change, 'c')} from change c where c.id = ${stored.change}`,
  );
  const change = changes[0] ?? null;
  return {
    record: stored.record,
    change,
    withdrawnId: stored.record ? null : (change?.subjectId ?? null),
    userErrors: [],
  };
}

/**
 * Returns whether the stored result of a call is within its days. `claimKey` returns an older one, too, as long as no later call
 * has removed it.
 */
export async function isWithinDays(
  em: Fork,
  { identity: { actor }, idempotencyDays }: Pick<Context, 'identity' | 'idempotencyDays'>,
  key: string,
): Promise<boolean> {
  const query = sql`select key from idempotent_answer where actor = ${actor} and key = ${key}
    and created_at >= now() - make_interval(days => ${idempotencyDays})`;
  return (await queryRows(em, query)).length > 0;
}

/** Stores the result of a call in the transaction that wrote it: a repeated call returns the record as it was then. */
export async function storeResult<Row>(
  em: Fork,
  actor: string,
  key: string,
  { record, change }: Payload<Row>,
): Promise<void> {
  await queryRows(
    em,
    sql`update idempotent_answer set record = ${record && JSON.stringify(record)}::jsonb, change_id = ${change?.id ?? null} where actor = ${actor} and key = ${key}`,
  );
}
