import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';

/** The ids of an authority and of all that lies in it, however deep: as a province, or as the prefecture of a district. */
export function inside(id: Sql | string): Sql {
  return sql`(with recursive ${all(id, sql`inside`)} select id from inside)`;
}

/**
 * The same for a statement that may ask for it in several places: it is worked out once.
 *
 * @param shared What the statement has behind its `with recursive`; this is added to it.
 */
export function insideOnce(id: string, shared: Sql[]): Sql {
  const name = raw(`inside${shared.length}`);
  shared.push(all(id, name));
  return sql`(select id from ${name})`;
}

const all = (id: Sql | string, name: Sql) => sql`${name} as (
    select id from authority where id = ${id}
    union
    select below.id from authority below join ${name} on below.parent_id = ${name}.id or below.prefecture_id = ${name}.id)`;

/** Whether an authority would come to lie in itself if it lay in another. */
export async function lieInEachOther(em: EntityManager, id: string, other: string): Promise<boolean> {
  const [found] = await queryRows<{ within: boolean }>(em, sql`select ${other} in ${inside(id)} as within`);
  return found?.within ?? false;
}
