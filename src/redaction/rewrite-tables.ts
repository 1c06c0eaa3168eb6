import sql, { join, raw } from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { CURRENT } from '../graph/sql/moment.js';
import { queryRows } from '../graph/sql/query.js';
import { Language, nameIn, type StoredNames } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { TEXT_TABLES, type TextTable } from './fields.js';
import { RedactionStore } from './places.js';
import type { Redaction } from './redaction.js';

interface TextRow {
  key: string;
  /** The change since which the row was known so; null for the row as it is now. */
  knownFrom: number | null;
  /** True for the version that equals the row as it is now. */
  isCurrent: boolean;
  record: string;
  values: Record<string, unknown>;
}

/** The tables of the register as it is, and those of its versions. */
type Schema = 'public' | 'history';

/** Redacts the texts of records and of their parts, as they are and in all versions. At most four statements a table. */
export async function rewriteTables(em: Fork, redaction: Redaction, dryRun: boolean): Promise<void> {
  for (const table of TEXT_TABLES) {
    if (!table.columns.some(({ field }) => redaction.coversField(field))) continue;
    // The versions first: a current version that equals its row has no successor when the change is written.
    for (const schema of ['history', 'public'] as const) {
      const rewritten = rewrittenRows(await readTexts(em, schema, table, redaction), table, redaction);
      if (rewritten.length && !dryRun) await writeTexts(em, schema, table, rewritten);
    }
  }
}

/**
 * ```sql
 * select t.id as key, …, t.id as record, jsonb_build_object('notes', t.notes, …) as "values" from public.organisation t
 * where t.id = $1 and normalize(jsonb_build_object('notes', t.notes, …)::text, nfkd) ~* $2
 * ```
 */
function readTexts(em: Fork, schema: Schema, table: TextTable, redaction: Redaction): Promise<TextRow[]> {
  const { id } = redaction.scope;
  const values = raw(`jsonb_build_object(${table.columns.map(({ name }) => `'${name}', t.${name}`).join(', ')})`);
  const record = raw(table.record.replace('from status_period', `from ${schema}.status_period`));
  const version = raw(schema === 'history' ? `t.known_from, known_until = ${CURRENT}` : 'null, false');
  const isInScope = id == null ? sql`true` : sql`${record} = ${id}`;
  return queryRows<TextRow>(
    em,
    sql`select t.id::text as key, v."knownFrom", v."isCurrent", ${record} as record, ${values} as "values"
      from ${raw(`${schema}.${table.name}`)} t, lateral (select ${version}) v("knownFrom", "isCurrent")
      where ${isInScope} and ${redaction.mayHold(sql`${values}::text`)}`,
  );
}

/** Returns the rows that hold what is redacted, without it. */
function rewrittenRows(rows: readonly TextRow[], { columns, sortedBy }: TextTable, redaction: Redaction): object[] {
  return rows.flatMap(({ key, knownFrom, isCurrent, record, values }) => {
    const store = knownFrom === null ? RedactionStore.RECORD : isCurrent ? undefined : RedactionStore.VERSION;
    const rewritten: Record<string, unknown> = {};
    for (const { name, field } of columns) {
      const value = values[name];
      if (!redaction.covers(record, field)) continue;
      const after = redaction.rewrite(value, store, record, field, name);
      if (after !== value) rewritten[name] = after;
    }
    if (Object.keys(rewritten).length === 0) return [];
    const all: Record<string, unknown> = { ...values, ...rewritten };
    const sortName = sortedBy && { sort_name: sortNameOf(all[sortedBy] as StoredNames) };
    return { key, known_from: knownFrom, ...all, ...sortName };
  });
}

/** Returns the key that a list sorts names by. */
export const sortNameOf = (names: StoredNames): string => sortKey(nameIn(names, Language.EN));

/** `update public.organisation t set notes = r.notes, … from jsonb_to_recordset($1) as r(key text, notes text, …) where t.id = r.key` */
async function writeTexts(em: Fork, schema: Schema, table: TextTable, rows: readonly object[]): Promise<void> {
  const columns = [
    ...table.columns.map(({ name, type }) => ({ name, type })),
    ...(table.sortedBy ? [{ name: 'sort_name', type: 'text' }] : []),
  ];
  const assignments = join(columns.map(({ name }) => raw(`${name} = r.${name}`)));
  const types = raw(columns.map(({ name, type }) => `${name} ${type}`).join(', '));
  const key = raw(table.key === 'text' ? 'r.key collate "C"' : 'r.key::integer');
  const isVersion = raw(schema === 'history' ? 't.known_from = r.known_from' : 'true');
  await queryRows(
    em,
    sql`update ${raw(`${schema}.${table.name}`)} t set ${assignments}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(key text, known_from integer, ${types})
      where t.id = ${key} and ${isVersion}`,
  );
}
