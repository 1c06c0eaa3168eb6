import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { queryRows } from '../../graph/sql/query.js';

/** A table that has versions in schema `history`. */
export interface VersionedTable {
  name: string;
  /** All columns of a row, in order. */
  columns: string[];
  /** The columns of the primary key, in the order of its index. */
  key: string[];
  /** The expressions of generated columns, which are plain ones in the versions. */
  generated: ReadonlyMap<string, string>;
}

/** The tables whose rows are not in the log, which has only how far a proposal got. */
const UNLOGGED = ['proposal', 'proposal_item'];

/** Reads which tables have versions that the log gives, by name. */
export async function loggedTables(em: EntityManager): Promise<ReadonlyMap<string, VersionedTable>> {
  return new Map([...(await versionedTables(em))].filter(([name]) => !UNLOGGED.includes(name)));
}

/** Reads from the catalogue of the database which tables have versions, by name. */
export async function versionedTables(em: EntityManager): Promise<ReadonlyMap<string, VersionedTable>> {
  const query = sql`
    select c.relname::text as name,
      array_agg(a.attname::text order by a.attnum) as columns,
      array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) filter (where a.attnum = any(i.indkey)) as key,
      coalesce(jsonb_object_agg(a.attname, pg_get_expr(d.adbin, d.adrelid)) filter (where a.attgenerated <> ''), '{}') as generated
    from pg_class v
    join pg_namespace h on h.oid = v.relnamespace and h.nspname = 'history'
    join pg_class c on c.relname = v.relname and c.oid = to_regclass(quote_ident(v.relname))
    join pg_index i on i.indrelid = c.oid and i.indisprimary
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where v.relkind = 'r' group by c.relname order by c.relname`;
  const tables = await queryRows<Omit<VersionedTable, 'generated'> & { generated: Record<string, string> }>(em, query);
  return new Map(tables.map(table => [table.name, { ...table, generated: new Map(Object.entries(table.generated)) }]));
}
