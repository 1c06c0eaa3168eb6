import sql from 'sql-template-tag';
import { InputError } from '../graph/errors.js';
import { inside } from '../graph/read/containment.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import type { ChangeFilter, ResolvedFilter } from './filter.js';

/**
 * Checks that the authorities of a filter exist, or are in the log: a subscription with a misspelt id would be silent for ever.
 *
 * @throws InputError that names the first unknown id.
 */
export async function checkAuthorities(
  em: Fork,
  { authority, authorities, within }: Pick<ChangeFilter, 'authority' | 'authorities' | 'within'>,
): Promise<void> {
  const named = [
    ...(authority == null ? [] : [{ path: 'filter.authority', id: authority }]),
    ...(authorities ?? []).map(id => ({ path: 'filter.authorities', id })),
    ...(within == null ? [] : [{ path: 'filter.within', id: within }]),
  ];
  if (named.length === 0) return;
  const rows = await queryRows<{ id: string }>(
    em,
    sql`select id from unnest(${named.map(({ id }) => id)}::text[]) id where not exists (select from authority a where a.id = id.id)
      and not exists (select from change c where c.authorities @> array[id.id])`,
  );
  const unknown = named.find(({ id }) => rows.some(row => row.id === id));
  if (unknown) throw new InputError(message('FEED_AUTHORITY_UNKNOWN', unknown));
}

/**
 * Checks the authorities of a filter, and resolves its area to the ids of the authorities within it.
 *
 * @throws InputError as `checkAuthorities` does.
 */
export async function resolveFilter(em: Fork, filter: ChangeFilter): Promise<ResolvedFilter> {
  const { within, ...others } = filter;
  if (within == null) {
    await checkAuthorities(em, filter);
    return others;
  }
  const [, rows] = await Promise.all([
    checkAuthorities(em, filter),
    queryRows<{ id: string }>(em, sql`select id from ${inside(within)} area`),
  ]);
  // An authority that was withdrawn is only in the log.
  return { ...others, within: [...new Set([within, ...rows.map(({ id }) => id)])] };
}
