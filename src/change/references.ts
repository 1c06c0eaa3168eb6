import sql, { raw } from 'sql-template-tag';
import { prefixOf } from '../graph/record/id.js';
import { type Fork, ForkProperty } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import type { Problems } from './problems.js';
import { UserErrorCode } from './user-error.js';

/** The tables that fields refer to, by the prefixes of their ids. */
const TABLES = {
  nl: 'authority',
  cn: 'authority',
  org: 'organisation',
  tie: 'partnership',
  prog: 'programme',
} as const;
type Table = (typeof TABLES)[keyof typeof TABLES];

/** Ids of records that exist, by the fork whose transaction has read them: see `readReferences`. */
const knownIds = new ForkProperty<Set<string>>('known ids');

/**
 * Reads which of some ids exist, for the checks of many commands in one transaction; one statement per table. A record that
 * is withdrawn afterwards is refused by the database.
 */
export async function readReferences(em: Fork, ids: Iterable<string>): Promise<void> {
  const byTable = new Map<Table, string[]>();
  for (const id of new Set(ids)) {
    const table = TABLES[prefixOf(id) as keyof typeof TABLES];
    if (table) byTable.set(table, [...(byTable.get(table) ?? []), id]);
  }
  const existing = new Set<string>();
  for (const [table, wanted] of byTable) for (const id of await existingIds(em, table, wanted)) existing.add(id);
  knownIds.set(em, existing);
}

async function existingIds(em: Fork, table: Table, ids: readonly string[]): Promise<string[]> {
  const query = sql`select id from ${raw(table)} where id = any(${[...ids]}::text[])`;
  return (await queryRows<{ id: string }>(em, query)).map(({ id }) => id);
}

/**
 * Reports each id without a record, at its place in a list of ids.
 *
 * @returns Whether all records exist.
 */
export async function checkExisting(
  problems: Problems,
  em: Fork,
  table: Table,
  ids: string | readonly string[] | null | undefined,
  field: string,
): Promise<boolean> {
  if (ids == null || problems.has(field)) return false;
  const places: [string, string][] =
    typeof ids === 'string' ? [[field, ids]] : ids.map((id, index) => [`${field}.${index}`, id]);
  const readBefore = knownIds.get(em);
  const isKnown = (id: string) => readBefore?.has(id) && TABLES[prefixOf(id) as keyof typeof TABLES] === table;
  if (places.every(([, id]) => isKnown(id))) return true;
  const existing = new Set(
    await existingIds(
      em,
      table,
      places.map(([, id]) => id),
    ),
  );
  for (const [place, id] of places) {
    if (existing.has(id)) continue;
    problems.add(place, message('REFERENCE_MISSING', { field, value: id }), UserErrorCode.NOT_FOUND);
  }
  return !problems.has(field);
}
