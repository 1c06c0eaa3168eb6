import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { fillVersions } from '../../src/database/history/fill-versions.js';
import { type VersionedTable, versionedTables } from '../../src/database/history/versioned-tables.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { ADMIN, testApi } from '../support/api.js';
import { randomNumbers } from '../support/random-document.js';
import { RandomEditor } from '../support/random-edits.js';

const { ask, database, service } = testApi();

/**
 * Returns all versions of all tables, without what the log does not have: when a version between the first and the newest
 * was written, to the millisecond; when a withdrawn record was created, and the ids of its citations. No list is ordered by
 * these ids alone, and no answer has them.
 */
async function allVersions(): Promise<Record<string, string[]>> {
  const em = database().em.fork();
  const versions: Record<string, string[]> = {};
  for (const table of (await versionedTables(em)).values()) versions[table.name] = await versionsOf(table);
  return versions;
}

async function versionsOf({ name, columns }: VersionedTable): Promise<string[]> {
  const values = columns.map(column => {
    if (column === 'created_at') return `(select t.created_at from ${name} t where t.id = v.id)`;
    if (column === 'updated_at')
      return `case when v.version = 1 and exists (select from ${name} t where t.id = v.id) or v.known_until = 2147483647 then v.updated_at end`;
    return name === 'citation' && column === 'id' ? '(select t.id from citation t where t.id = v.id)' : `v."${column}"`;
  });
  const rows = await queryRows<{ version: string }>(
    database().em.fork(),
    sql`select json_build_array(${raw(values.join(', '))}, v.known_from, v.known_until)::text as version from ${raw(`history.${name}`)} v`,
  );
  return rows.map(({ version }) => version).sort();
}

/** Redacts the reasons of a record that was withdrawn. */
async function redactWithdrawn(): Promise<void> {
  const withdrawn = sql`select subject_id as id from change where kind = 'WITHDRAWN' limit 1`;
  const [record] = await queryRows<{ id: string }>(database().em.fork(), withdrawn);
  const input = { id: record?.id, field: 'reason', reason: 'AVG' };
  const document = 'mutation($input: RedactFieldInput!) { redactField(input: $input) { changes { kind } } }';
  expect((await ask(document, { input }, ADMIN)).data.redactField.changes).toEqual([{ kind: 'REDACTED' }]);
}

test('versions that are filled from the log are those that the writes made', async () => {
  const editor = new RandomEditor(database(), service(), randomNumbers(17));
  for (let edit = 0; edit < 300; edit += 1) await editor.edit();
  await redactWithdrawn();
  const written = await allVersions();
  const { em, commit } = await openTransaction(database().em.fork(), database().embedded);
  await fillVersions(em);
  await commit();
  const filled = await allVersions();
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
}, 180_000);
