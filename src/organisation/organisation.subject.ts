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

/** Returns search documents of other types that contain the names of an organisation. */
type Dependents = (em: EntityManager, organisation: string) => Promise<SearchDocument[]>;
const dependents: Dependents[] = [];

/** Registers records whose search document contains the names of an organisation, so that a new name updates them too. */
export function foundByOrganisationNames(documents: Dependents): void {
  dependents.push(documents);
}

export const organisationSubject: Subject<Organisation> = {
  type: SubjectType.ORGANISATION,
  listing: organisations,
  citationColumn: 'organisation_id',
  facts: async (_, row) => columnFacts(row),
  affectedAuthorities: () => [],
  searchDocuments: async (_, rows) => rows.map(organisationDocument),
  documentsWithNamesOf: async (em, id) => (await Promise.all(dependents.map(documents => documents(em, id)))).flat(),
};
