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
  // A follower of an area must see the change by which an authority leaves it: later ones concern the area no more.
  affectedAuthorities: (facts, changed = []) =>
    ['id', ...changed.filter(name => name === 'parent' || name === 'prefecture')]
      .map(name => facts[name] as string | null)
      .filter(id => id !== null),
  searchDocuments: async (_, rows) => rows.map(authorityDocument),
  documentsWithNames: [],
};
