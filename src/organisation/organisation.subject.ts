import { SubjectType } from '../change/change.js';
import { columnFacts, type Subject } from '../change/subject.js';
import {
  allNames,
  namedTexts,
  type SearchDocument,
  SearchType,
  searchDocument,
} from '../graph/search/search-document.js';
import type { Organisation } from './organisation.js';
import { organisations } from './organisation.listing.js';

export function organisationDocument({ id, names, role, city, notes, sortName }: Organisation): SearchDocument {
  return searchDocument({
    type: SearchType.ORGANISATION,
    id,
    sortName,
    names: allNames(names),
    texts: { ...namedTexts('names', names), ...namedTexts('role', role), city, notes },
  });
}

export const organisationSubject: Subject<Organisation> = {
  type: SubjectType.ORGANISATION,
  listing: organisations,
  citationColumn: 'organisation_id',
  facts: async (_, row) => columnFacts(row),
  affectedAuthorities: () => [],
  searchDocuments: async (_, rows) => rows.map(organisationDocument),
  documentsWithNames: [],
};
