import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';

/** A reference of a table to itself that must not come back to where it began. */
export interface Chain {
  table: 'organisation' | 'partnership';
  column: 'parent_id' | 'encouraged_by_id';
}

/** Whether the references of a record lead to another, over however many; a record leads to itself. */
export async function leadsTo(em: EntityManager, { table, column }: Chain, from: string, to: string): Promise<boolean> {
  const [its, next] = [raw(table), raw(column)];
  const query = sql`
    with recursive chain as (
      select id, ${next} as next from ${its} where id = ${from}
      union
      select its.id, its.${next} from ${its} its join chain on its.id = chain.next
    )
    select id from chain where id = ${to}`;
  return (await queryRows(em, query)).length > 0;
}
