import sql, { raw, type Sql } from 'sql-template-tag';
import type { Fork } from '../sql/fork.js';
import { queryRows } from '../sql/query.js';

/** Subquery: the ids of an authority and of all authorities within it, at any depth, by `parent_id` or `prefecture_id`. */
export function inside(id: Sql | string): Sql {
  return sql`(with recursive ${all(id, sql`inside`)} select id from inside)`;
}

/**
 * Same as `inside`, computed once per statement as a common table expression.
 *
 * @param ctes The common table expressions of the statement, behind its `with recursive`; one is added.
 */
export function insideOnce(id: string, ctes: Sql[]): Sql {
  const name = raw(`inside${ctes.length}`);
  ctes.push(all(id, name));
  return sql`(select id from ${name})`;
}

const all = (id: Sql | string, name: Sql) => sql`${name} as (
    select id from authority where id = ${id}
    union
    select below.id from authority below join ${name} on below.parent_id = ${name}.id or below.prefecture_id = ${name}.id)`;

/** Returns true if placing an authority in another would create a cycle. */
export async function wouldCreateCycle(em: Fork, id: string, other: string): Promise<boolean> {
  const [row] = await queryRows<{ within: boolean }>(em, sql`select ${other} in ${inside(id)} as within`);
  return row?.within ?? false;
}
