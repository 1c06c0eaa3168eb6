import type { EntityManager } from '@mikro-orm/sql';
import sql, { type Sql } from 'sql-template-tag';
import { rows } from '../graph/rows.js';

/** The ids of an authority and of all that lies in it, however deep: as a province, or as the prefecture of a district. */
export function inside(id: Sql | string): Sql {
  return sql`(
    with recursive inside as (
      select id from authority where id = ${id}
      union
      select below.id from authority below join inside on below.parent_id = inside.id or below.prefecture_id = inside.id
    )
    select id from inside)`;
}

/** Whether an authority would come to lie in itself if it lay in another. */
export async function lieInEachOther(em: EntityManager, id: string, other: string): Promise<boolean> {
  const [found] = await rows<{ within: boolean }>(em, sql`select ${other} in ${inside(id)} as within`);
  return found?.within ?? false;
}
