import sql from 'sql-template-tag';
import type { Fork } from '../../graph/sql/fork.js';
import { queryRows } from '../../graph/sql/query.js';
import { isReadOnlyError } from '../../graph/sql/read-only.js';

/** Limits the links of clients with a key, and those of all others. */
const MAX_LINKS = 10_000;

/**
 * Stores a link. Beyond the limit the links of its kind that were not used for the longest time are removed: links of clients
 * without a key never push out those of others.
 */
export async function storeLink(
  em: Fork,
  hash: string,
  state: string,
  byKey: boolean,
  limit = MAX_LINKS,
): Promise<void> {
  await queryRows(
    em,
    sql`with stored as (
      insert into short_link (hash, state, by_key) values (${hash}, ${state}, ${byKey})
      on conflict (hash) do update set by_key = short_link.by_key or excluded.by_key, used_on = current_date
      returning (xmax = 0) as is_new
    )
    delete from short_link where exists (select from stored where is_new) and hash in (
      select hash from short_link where by_key = ${byKey}
      order by used_on desc, created_at desc, hash offset ${limit - 1}
    )`,
  );
}

/** Returns the state of a link; undefined if there is none. */
export async function readLink(em: Fork, hash: string): Promise<string | undefined> {
  const [link] = await queryRows<{ state: string; is_stale: boolean }>(
    em,
    sql`select state, used_on < current_date as is_stale from short_link where hash = ${hash}`,
  );
  if (link?.is_stale) await markUsed(em, hash);
  return link?.state;
}

/** Notes the day on which a link was used last, at most once a day. A replica cannot, and its links work all the same. */
async function markUsed(em: Fork, hash: string): Promise<void> {
  try {
    await queryRows(em, sql`update short_link set used_on = current_date where hash = ${hash}`);
  } catch (error) {
    if (!isReadOnlyError(error)) throw error;
  }
}
