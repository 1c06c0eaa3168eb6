import sql, { raw } from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';

/** Returns ids by a unique column of a table: `select code as key, id from authority where code = any($1)`. */
export async function idsByColumn(
  em: Fork,
  table: string,
  column: string,
  keys: readonly (string | undefined)[],
): Promise<Map<string, string[]>> {
  const wanted = keys.filter(key => key !== undefined);
  if (wanted.length === 0) return new Map();
  const query = sql`select ${raw(column)} as key, array_agg(id order by id) as ids from ${raw(table)}
    where ${raw(column)} = any(${wanted}::text[]) group by 1`;
  return new Map((await queryRows<{ key: string; ids: string[] }>(em, query)).map(({ key, ids }) => [key, ids]));
}
