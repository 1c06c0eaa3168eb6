import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { SubjectType } from '../change/change.js';
import { columnFacts, type Subject } from '../change/subject.js';
import { columnsOf } from '../graph/columns.js';
import type { StoredNames } from '../graph/names.js';
import { rows } from '../graph/rows.js';
import { allNames, namedTexts, type SearchDocument, SearchType, searchDocument } from '../graph/search-document.js';
import type { Authority } from './authority.js';
import { authorities } from './authority.listing.js';

/** The sides of a tie or an exchange, as far as it has them. */
export interface Sides {
  dutch?: { names: StoredNames } | null | undefined;
  chinese?: { names: StoredNames } | null | undefined;
}

/** The names of both sides. */
export function sideNames({ dutch, chinese }: Sides): string[] {
  return [dutch, chinese].flatMap(side => (side ? allNames(side.names) : []));
}

/** The names of both sides, by the name of the field. */
export function sideTexts({ dutch, chinese }: Sides): ReturnType<typeof namedTexts> {
  return {
    ...(dutch && namedTexts('dutch.names', dutch.names)),
    ...(chinese && namedTexts('chinese.names', chinese.names)),
  };
}

/** The names of authorities by id, read anew. */
export async function namesOfAuthorities(
  em: EntityManager,
  ids: readonly (string | null)[],
): Promise<Map<string, { names: StoredNames }>> {
  const query = sql`select id, names from authority where id = any(${ids.filter(id => id !== null)}::text[])`;
  const found = await rows<{ id: string; names: StoredNames }>(em, query);
  return new Map(found.map(authority => [authority.id, authority]));
}

export function authorityDocument({ id, names, code, sortName }: Authority): SearchDocument {
  return searchDocument({
    type: SearchType.AUTHORITY,
    id,
    sortName,
    own: allNames(names),
    texts: { ...namedTexts('names', names), code },
  });
}

/** What is found by an authority's names beside itself; the concepts that are add to it. */
type Dependents = (em: EntityManager, authority: string) => Promise<SearchDocument[]>;
const dependents: Dependents[] = [];

/** Declares records that are found by the names of an authority, so that they follow a change of them. */
export function foundByAuthorityNames(documents: Dependents): void {
  dependents.push(documents);
}

export const authoritySubject: Subject<Authority> = {
  type: SubjectType.AUTHORITY,
  listing: authorities,
  cited: 'authority_id',
  facts: async (_, row) => {
    const { latitude, longitude, ...facts } = columnFacts(row);
    return { ...facts, location: latitude == null ? null : { latitude, longitude } };
  },
  touches: ({ id }) => [id as string],
  documents: async (em, row) => {
    const others = await Promise.all(dependents.map(documents => documents(em, row.id)));
    return [authorityDocument(row), ...others.flat()];
  },
};

/** The rows of a table that refer to an authority as one of their sides. */
export function rowsOfSides<Row extends object>(
  em: EntityManager,
  entity: abstract new (...args: never[]) => Row,
  table: ReturnType<typeof sql>,
  authority: string,
): Promise<Row[]> {
  return rows<Row>(
    em,
    sql`select ${columnsOf(em, entity, 't')} from ${table} t where t.dutch_id = ${authority} or t.chinese_id = ${authority}`,
  );
}
