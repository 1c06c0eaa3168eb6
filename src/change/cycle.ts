import sql, { raw } from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';

/** A foreign key of a table to itself, along which records must not form a cycle. */
export interface Chain {
  table: 'authority' | 'organisation' | 'partnership';
  column: 'parent_id' | 'encouraged_by_id' | 'succeeded_by_id';
}

/**
 * Tests if a record refers to another through any number of references. A record leads to itself.
 *
 * ```sql
 * with recursive chain as (
 *   select id, parent_id as next from organisation where id = $1
 *   union
 *   select next_row.id, next_row.parent_id from organisation next_row join chain on next_row.id = chain.next
 * )
 * select id from chain where id = $2
 * ```
 */
export async function leadsTo(em: Fork, chain: Chain, from: string, to: string): Promise<boolean> {
  const [table, column] = [raw(chain.table), raw(chain.column)];
  const query = sql`
    with recursive chain as (
      select id, ${column} as next from ${table} where id = ${from}
      union
      select next_row.id, next_row.${column} from ${table} next_row join chain on next_row.id = chain.next
    )
    select id from chain where id = ${to}`;
  return (await queryRows(em, query)).length > 0;
}
