import type { EntityManager } from '@mikro-orm/sql';
import { SubjectType } from '../change/change.js';
import { columnFacts, type Subject } from '../change/subject.js';
import {
  allNames,
  namedTexts,
  type SearchDocument,
  SearchType,
  searchDocument,
} from '../graph/search/search-document.js';
import type { Authority } from './authority.js';
import { authorities } from './authority.listing.js';

export function authorityDocument({ id, names, code, sortName }: Authority): SearchDocument {
  return searchDocument({
    type: SearchType.AUTHORITY,
    id,
    sortName,
    names: allNames(names),
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
  citationColumn: 'authority_id',
  facts: async (_, row) => {
    const { latitude, longitude, ...facts } = columnFacts(row);
    return { ...facts, location: latitude == null ? null : { latitude, longitude } };
  },
  affectedAuthorities: ({ id }) => [id as string],
  searchDocuments: async (em, row) => {
    const others = await Promise.all(dependents.map(documents => documents(em, row.id)));
    return [authorityDocument(row), ...others.flat()];
  },
};
