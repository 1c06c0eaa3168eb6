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

/** What is found by an organisation's names beside itself; the concepts that are add to it. */
type Dependents = (em: EntityManager, organisation: string) => Promise<SearchDocument[]>;
const dependents: Dependents[] = [];

/** Declares records that are found by the names of an organisation, so that they follow a change of them. */
export function foundByOrganisationNames(documents: Dependents): void {
  dependents.push(documents);
}

export const organisationSubject: Subject<Organisation> = {
  type: SubjectType.ORGANISATION,
  listing: organisations,
  citationColumn: 'organisation_id',
  facts: async (_, row) => columnFacts(row),
  affectedAuthorities: () => [],
  searchDocuments: async (em, row) => {
    const others = await Promise.all(dependents.map(documents => documents(em, row.id)));
    return [organisationDocument(row), ...others.flat()];
  },
};
