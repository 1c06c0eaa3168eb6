import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { expect } from 'vitest';
import { fillVersions } from '../../src/database/history/fill-versions.js';
import { loggedTables, type VersionedTable } from '../../src/database/history/versioned-tables.js';
import type { Database } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';

/**
 * Returns all versions of all tables that the log gives, without what the log does not have: when a version between the first and the newest
 * was written, to the millisecond; when a withdrawn record was created, and the ids of its citations. No list is ordered by
 * these ids alone, and no answer has them.
 */
async function allVersions({ em: root }: Database): Promise<Record<string, string[]>> {
  const em = root.fork();
  const versions: Record<string, string[]> = {};
  for (const table of (await loggedTables(em)).values()) versions[table.name] = await versionsOf(em, table);
  return versions;
}

/** The log has citations of records. Those of periods are filled from the table, which lost those of withdrawn partnerships. */
const IS_LOGGED_CITATION =
  'v.status_period_id is null or exists (select from status_period p where p.id = v.status_period_id)';

async function versionsOf(em: EntityManager, { name, columns }: VersionedTable): Promise<string[]> {
  const values = columns.map(column => {
    if (column === 'created_at') return `(select t.created_at from ${name} t where t.id = v.id)`;
    if (column === 'updated_at')
      return `case when v.version = 1 and exists (select from ${name} t where t.id = v.id) or v.known_until = 2147483647 then v.updated_at end`;
    return name === 'citation' && column === 'id' ? '(select t.id from citation t where t.id = v.id)' : `v."${column}"`;
  });
  const rows = await queryRows<{ version: string }>(
    em,
    sql`select json_build_array(${raw(values.join(', '))}, v.known_from, v.known_until)::text as version from ${raw(`history.${name}`)} v
      where ${raw(name === 'citation' ? IS_LOGGED_CITATION : 'true')}`,
  );
  return rows.map(({ version }) => version).sort();
}

/** Checks that the versions which the log gives are those that the writes made, and fills the versions from the log. */
export async function expectFilledAsWritten(database: Database): Promise<void> {
  const written = await allVersions(database);
  const { em, commit } = await openTransaction(database.em.fork());
  await fillVersions(em);
  await commit();
  const filled = await allVersions(database);
  for (const [table, versions] of Object.entries(written)) {
    const lacking = versions.filter(version => !filled[table]?.includes(version));
    const surplus = (filled[table] ?? []).filter(version => !versions.includes(version));
    expect({ table, lacking: lacking.slice(0, 5), surplus: surplus.slice(0, 5) }).toEqual({
      table,
      lacking: [],
      surplus: [],
    });
    expect(versions.length).toBeGreaterThan(0);
  }
}
