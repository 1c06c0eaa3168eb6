import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import { Language, nameIn, type StoredNames } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { TEXT_TABLES, type TextTable } from './fields.js';
import { RedactionStore } from './places.js';
import type { Redaction } from './redaction.js';

interface TextRow {
  key: string;
  record: string;
  values: Record<string, unknown>;
}

/** Redacts the texts of records and of their parts. Two statements a table. */
export async function rewriteTables(em: EntityManager, redaction: Redaction, dryRun: boolean): Promise<void> {
  for (const table of TEXT_TABLES) {
    if (!table.columns.some(({ field }) => redaction.coversField(field))) continue;
    const rewritten = rewrittenRows(await readTexts(em, table, redaction), table, redaction);
    if (rewritten.length && !dryRun) await writeTexts(em, table, rewritten);
  }
}

/**
 * ```sql
 * select t.id as key, t.id as record, jsonb_build_object('notes', t.notes, …) as "values" from organisation t
 * where t.id = $1 and jsonb_build_object('notes', t.notes, …)::text ilike any($2)
 * ```
 */
function readTexts(em: EntityManager, table: TextTable, redaction: Redaction): Promise<TextRow[]> {
  const { id } = redaction.scope;
  const values = raw(`jsonb_build_object(${table.columns.map(({ name }) => `'${name}', t.${name}`).join(', ')})`);
  const isInScope = id == null ? sql`true` : sql`${raw(table.record)} = ${id}`;
  return queryRows<TextRow>(
    em,
    sql`select t.id::text as key, ${raw(table.record)} as record, ${values} as "values" from ${raw(table.name)} t
      where ${isInScope} and ${redaction.mayHold(sql`${values}::text`)}`,
  );
}

/** Returns the rows that hold what is redacted, without it. */
function rewrittenRows(rows: readonly TextRow[], { columns, sortedBy }: TextTable, redaction: Redaction): object[] {
  return rows.flatMap(({ key, record, values }) => {
    const rewritten: Record<string, unknown> = {};
    for (const { name, field } of columns) {
      const value = values[name];
      if (!redaction.covers(record, field)) continue;
      const after = redaction.rewrite(value, RedactionStore.RECORD, record, field);
      if (after !== value) rewritten[name] = after;
    }
    if (Object.keys(rewritten).length === 0) return [];
    const all: Record<string, unknown> = { ...values, ...rewritten };
    const sortName = sortedBy && { sort_name: sortNameOf(all[sortedBy] as StoredNames) };
    return { key, ...all, ...sortName };
  });
}

/** Returns the key that a list sorts names by. */
export const sortNameOf = (names: StoredNames): string => sortKey(nameIn(names, Language.EN));

/** `update organisation t set notes = r.notes, … from jsonb_to_recordset($1) as r(key text, notes text, …) where t.id = r.key` */
async function writeTexts(em: EntityManager, table: TextTable, rows: readonly object[]): Promise<void> {
  const columns = [
    ...table.columns.map(({ name, type }) => ({ name, type })),
    ...(table.sortedBy ? [{ name: 'sort_name', type: 'text' }] : []),
  ];
  const assignments = join(columns.map(({ name }) => raw(`${name} = r.${name}`) as Sql));
  const types = raw(columns.map(({ name, type }) => `${name} ${type}`).join(', '));
  const key = raw(table.key === 'text' ? 'r.key collate "C"' : 'r.key::integer');
  await queryRows(
    em,
    sql`update ${raw(table.name)} t set ${assignments}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(key text, ${types}) where t.id = ${key}`,
  );
}
