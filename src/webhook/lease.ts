import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';

/** The holder renews at each tick; another instance takes a lease over that was not renewed for this long. */
export const LEASE_MS = 3_000;

/** A webhook that has something to deliver. */
export interface DueWebhook {
  id: string;
  revision: number;
}

/**
 * Takes or renews the lease, and returns the webhooks to deliver to; none if another instance has the lease. Those of a key
 * that was revoked or has expired stand still. Without webhooks nothing is written. Two instances that take it at once wait
 * for the lock of its row: one of them finds it taken. A lease that ends later than any that is given now is of before the clock
 * was set back, and counts as expired.
 *
 * ```sql
 * with lease as (update webhook_lease set holder = $1, expires_at = clock_timestamp() + … where … returning holder)
 * select w.id, w.revision from webhook w where exists (select from lease) and …
 * ```
 */
export function takeLease(em: Fork, holder: string): Promise<DueWebhook[]> {
  const isDue = sql`(w.status in ('UNCONFIRMED', 'ACTIVE') or w.ping is not null) and not exists (
    select from access_key k where w.owner = 'key:' || k.id and (k.revoked_at is not null or k.expires_at <= now()))`;
  return queryRows<DueWebhook>(
    em,
    sql`with lease as (
        update webhook_lease l set holder = ${holder}, expires_at = clock_timestamp() + ${LEASE_MS} * interval '1 ms'
        where (l.holder = ${holder} or l.expires_at not between clock_timestamp() and clock_timestamp() + ${2 * LEASE_MS} * interval '1 ms')
          and exists (select from webhook w where ${isDue})
        returning holder)
      select w.id, w.revision from webhook w where exists (select from lease) and ${isDue}`,
  );
}

/** Gives the lease up, so that another instance takes it over at its next tick. */
export async function releaseLease(em: Fork, holder: string): Promise<void> {
  await queryRows(em, sql`update webhook_lease set expires_at = '-infinity' where holder = ${holder} returning holder`);
}
