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

export const authoritySubject: Subject<Authority> = {
  type: SubjectType.AUTHORITY,
  listing: authorities,
  citationColumn: 'authority_id',
  facts: async (_, row) => {
    const { latitude, longitude, ...facts } = columnFacts(row);
    return { ...facts, location: latitude == null ? null : { latitude, longitude } };
  },
  affectedAuthorities: ({ id }) => [id as string],
  searchDocuments: async (_, rows) => rows.map(authorityDocument),
  documentsWithNames: [],
};
