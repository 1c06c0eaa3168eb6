import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { CURRENT } from '../../graph/sql/moment.js';
import { queryRows } from '../../graph/sql/query.js';
import type { RowVersion } from '../history/open-rows.js';
import type { VersionedTable } from '../history/versioned-tables.js';

/** A version as the database has it: values by column. */
export type WrittenVersion = Record<string, unknown> & { known_until: number | undefined };

/** Reads versions by their keys and first changes, in one statement a table, and returns a function that finds them. */
export async function readVersions(
  em: EntityManager,
  tables: ReadonlyMap<string, VersionedTable>,
  versions: readonly RowVersion[],
): Promise<(version: RowVersion) => WrittenVersion | undefined> {
  const written = new Map<string, WrittenVersion>();
  for (const [name, ofTable] of Map.groupBy(versions, ({ row }) => row.table)) {
    const { key } = tables.get(name) as VersionedTable;
    const wanted = JSON.stringify(ofTable.map(({ row, from }) => ({ ...row.key, known_from: from })));
    const rows = await queryRows<{ version: WrittenVersion & { known_from: number } }>(
      em,
      sql`select to_jsonb(v) ${sourceOf(name)} as version
        from jsonb_populate_recordset(null::${raw(`history.${name}`)}, ${wanted}::jsonb) w
        join ${raw(`history.${name}`)} v on v.known_from = w.known_from and ${raw(key.map(column => `v."${column}" = w."${column}"`).join(' and '))}`,
    );
    for (const { version } of rows) {
      const { known_from: from, known_until: until } = version;
      const values = { ...version, known_until: until === CURRENT ? undefined : until };
      written.set(keyOf(name, key, version, from), values);
    }
  }
  return ({ row, from }) => {
    const { key } = tables.get(row.table) as VersionedTable;
    return written.get(keyOf(row.table, key, row.key, from));
  };
}

const keyOf = (table: string, key: readonly string[], row: Record<string, unknown>, from: number) =>
  JSON.stringify([table, ...key.map(column => row[column]), from]);

/** The source of a citation as the log has it, in place of its id. */
function sourceOf(table: string): Sql {
  return table === 'citation'
    ? sql`|| (select jsonb_build_object('source_id', jsonb_build_object(
        'title', s.title, 'publisher', s.publisher, 'url', s.url, 'publishedOn', s.published_on)) from source s where s.id = v.source_id)`
    : sql``;
}
