import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { SubjectType } from '../change/change.js';
import { columnFacts, type Subject } from '../change/subject.js';
import {
  allNames,
  namedTexts,
  type SearchDocument,
  SearchType,
  searchDocument,
} from '../graph/search/search-document.js';
import { columnsOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';
import type { StoredNames } from '../graph/types/names.js';
import type { Authority } from './authority.js';
import { authorities } from './authority.listing.js';

/** The sides of a partnership or an exchange; an exchange may lack one or both. */
export interface Sides {
  dutch?: { names: StoredNames } | null | undefined;
  chinese?: { names: StoredNames } | null | undefined;
}

/** The names of both sides. */
export function sideNames({ dutch, chinese }: Sides): string[] {
  return [dutch, chinese].flatMap(side => (side ? allNames(side.names) : []));
}

/** Search texts: the names of both sides, by field. */
export function sideTexts({ dutch, chinese }: Sides): ReturnType<typeof namedTexts> {
  return {
    ...(dutch && namedTexts('dutch.names', dutch.names)),
    ...(chinese && namedTexts('chinese.names', chinese.names)),
  };
}

/** Record with two sides; null if unknown. */
interface Sided {
  dutch: string | null;
  chinese: string | null;
}

/** Builds the search documents of records with two sides. Reads the names of the sides in one statement. */
export async function documentsOfSided<Row extends Sided>(
  em: EntityManager,
  rows: Row[],
  document: (row: Row, sides: Sides) => SearchDocument,
): Promise<SearchDocument[]> {
  const ids = rows.flatMap(({ dutch, chinese }) => [dutch, chinese]).filter(id => id !== null);
  const query = sql`select id, names from authority where id = any(${ids}::text[])`;
  const named = await queryRows<{ id: string; names: StoredNames }>(em, query);
  const names = new Map<string | null, { names: StoredNames }>(named.map(authority => [authority.id, authority]));
  return rows.map(row => document(row, { dutch: names.get(row.dutch), chinese: names.get(row.chinese) }));
}

export function authorityDocument({ id, names, code, sortName }: Authority): SearchDocument {
  return searchDocument({
    type: SearchType.AUTHORITY,
    id,
    sortName,
    names: allNames(names),
    texts: { ...namedTexts('names', names), code },
  });
}

/** Returns search documents of other types that contain the names of an authority. */
type Dependents = (em: EntityManager, authority: string) => Promise<SearchDocument[]>;
const dependents: Dependents[] = [];

/** Registers records whose search document contains the names of an authority, so that a new name updates them too. */
export function foundByAuthorityNames(documents: Dependents): void {
  dependents.push(documents);
}

export const authoritySubject: Subject<Authority> = {
  type: SubjectType.AUTHORITY,
  listing: authorities,
  citationColumn: 'authority_id',
  facts: async (_, row) => {
    const { latitude, longitude, ...facts } = columnFacts(row);
    return { ...facts, location: latitude == null ? null : { latitude, longitude } };
  },
  affectedAuthorities: ({ id }) => [id as string],
  searchDocuments: async (em, row) => {
    const related = await Promise.all(dependents.map(documents => documents(em, row.id)));
    return [authorityDocument(row), ...related.flat()];
  },
};

/** Reads the rows of a table of which the authority is one of the sides. */
export function rowsOfSides<Row extends object>(
  em: EntityManager,
  entity: abstract new (...args: never[]) => Row,
  table: ReturnType<typeof sql>,
  authority: string,
): Promise<Row[]> {
  return queryRows<Row>(
    em,
    sql`select ${columnsOf(em, entity, 't')} from ${table} t where t.dutch_id = ${authority} or t.chinese_id = ${authority}`,
  );
}
