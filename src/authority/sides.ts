import sql, { type Sql } from 'sql-template-tag';
import type { Problems } from '../change/problems.js';
import { checkExisting } from '../change/references.js';
import { toOneFilter } from '../graph/list/relation-filter.js';
import { allNames, namedTexts, type SearchDocument } from '../graph/search/search-document.js';
import { IndexedTexts } from '../graph/search/search-terms.js';
import { columnsOf, type EntityClass, tableOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { StoredNames } from '../graph/types/names.js';
import { message } from '../messages/message.js';
import { AuthorityFilter } from './authority.filter.js';

/** The two sides of a partnership or an exchange: field name and id prefix. */
export const SIDES = [
  ['dutch', 'nl-'],
  ['chinese', 'cn-'],
] as const;

/** Reports sides that are authorities of the other side, or do not exist. A side that is not given is not checked. */
export async function checkSides(
  problems: Problems,
  em: Fork,
  sides: { dutch?: string | null | undefined; chinese?: string | null | undefined },
): Promise<void> {
  for (const [field, prefix] of SIDES) {
    const id = sides[field];
    if (id == null) continue;
    if (!id.startsWith(prefix)) problems.add(field, message('WRONG_SIDE', { field, prefix, value: id }));
    await checkExisting(problems, em, 'authority', id, field);
  }
}

/**
 * Returns the condition that an authority is one of the two sides of a row:
 *
 *     (p.dutch_id = parent.k0 or p.chinese_id = parent.k0)
 *
 * @param type The GraphQL type of the authority, if known: then one comparison, which one index answers.
 */
export function hasSide(row: Sql, authority: Sql, type?: string): Sql {
  if (type === 'DutchAuthority') return sql`${row}.dutch_id = ${authority}`;
  if (type === 'ChineseAuthority') return sql`${row}.chinese_id = ${authority}`;
  return sql`(${row}.dutch_id = ${authority} or ${row}.chinese_id = ${authority})`;
}

/** Returns the condition on the authority of one side of a row. */
export const sideFilter = (reference: 'dutch_id' | 'chinese_id') =>
  toOneFilter(reference, { filter: () => AuthorityFilter, table: 'authority', alias: 'a' });

/** The names of the sides of a record; an exchange may lack one or both. */
export interface SideNames {
  dutch?: { names: StoredNames } | null | undefined;
  chinese?: { names: StoredNames } | null | undefined;
}

/** Returns all names of both sides. */
export function sideNames({ dutch, chinese }: SideNames): string[] {
  return [dutch, chinese].flatMap(side => (side ? allNames(side.names) : []));
}

/** Returns the names of both sides by the path of their field: `dutch.names.zh`. */
export function sideTexts({ dutch, chinese }: SideNames): ReturnType<typeof namedTexts> {
  return {
    ...(dutch && namedTexts('dutch.names', dutch.names)),
    ...(chinese && namedTexts('chinese.names', chinese.names)),
  };
}

/** A record with two sides, of which one or both may be unknown. */
interface Sided {
  dutch: string | null;
  chinese: string | null;
}

/** Builds the search documents of two-sided records. Reads the names of their sides in one statement, uncached. */
export async function documentsOfSided<Row extends Sided>(
  em: Fork,
  records: Row[],
  document: (record: Row, sides: SideNames, indexed: IndexedTexts) => SearchDocument,
): Promise<SearchDocument[]> {
  const ids = records.flatMap(({ dutch, chinese }) => [dutch, chinese]).filter(id => id !== null);
  const query = sql`select id, names from authority where id = any(${ids}::text[])`;
  const rows = await queryRows<{ id: string; names: StoredNames }>(em, query);
  const names = new Map<string | null, { names: StoredNames }>(rows.map(authority => [authority.id, authority]));
  const indexed = new IndexedTexts();
  return records.map(record =>
    document(record, { dutch: names.get(record.dutch), chinese: names.get(record.chinese) }, indexed),
  );
}

/** Returns the records that have an authority as one of their sides. */
export function rowsOfSides<Row extends object>(em: Fork, entity: EntityClass<Row>, authority: string): Promise<Row[]> {
  return queryRows<Row>(
    em,
    sql`select ${columnsOf(em, entity, 't')} from ${tableOf(em, entity)} t where ${hasSide(sql`t`, sql`${authority}`)}`,
  );
}
