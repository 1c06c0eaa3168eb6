import sql, { type Sql } from 'sql-template-tag';
import { authoritySubject } from '../authority/authority.subject.js';
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
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { StoredNames } from '../graph/types/names.js';
import { organisationSubject } from '../organisation/organisation.subject.js';
import { Programme } from './programme.js';
import { programmes } from './programme.listing.js';

/** @param partners Names of the participating authorities and organisations. */
export function programmeDocument(programme: Programme, partners: StoredNames[]): SearchDocument {
  const { id, names, sortName, description, funder, implementer, themes, otherPartners, notes } = programme;
  return searchDocument({
    type: SearchType.PROGRAMME,
    id,
    sortName,
    names: allNames(names),
    texts: {
      ...namedTexts('names', names),
      partners: [...partners.flatMap(allNames), ...otherPartners].join(', '),
      description,
      funder,
      implementer,
      themes: themes.join(', '),
      notes,
    },
  });
}

const partnerIds = async (em: Fork, programme: string, partner: 'authority' | 'organisation'): Promise<string[]> => {
  const query =
    partner === 'authority'
      ? sql`select authority_id as id from programme_authority where programme_id = ${programme} order by authority_id`
      : sql`select organisation_id as id from programme_organisation where programme_id = ${programme} order by organisation_id`;
  return (await queryRows<{ id: string }>(em, query)).map(({ id }) => id);
};

async function document(em: Fork, row: Programme): Promise<SearchDocument> {
  const query = sql`
    (select a.names from authority a join programme_authority p on p.authority_id = a.id where p.programme_id = ${row.id} order by a.id)
    union all
    (select o.names from organisation o join programme_organisation p on p.organisation_id = o.id where p.programme_id = ${row.id} order by o.id)`;
  return programmeDocument(
    row,
    (await queryRows<{ names: StoredNames }>(em, query)).map(({ names }) => names),
  );
}

/** Returns the search documents of the programmes whose ids a subquery selects. */
async function documents(em: Fork, which: Sql): Promise<SearchDocument[]> {
  const query = sql`select ${columnsOf(em, Programme, 'g')} from programme g where g.id in (${which})`;
  return Promise.all((await queryRows<Programme>(em, query)).map(row => document(em, row)));
}

authoritySubject.documentsWithNames.push((em, authority) =>
  documents(em, sql`select programme_id from programme_authority where authority_id = ${authority}`),
);
organisationSubject.documentsWithNames.push((em, organisation) =>
  documents(em, sql`select programme_id from programme_organisation where organisation_id = ${organisation}`),
);

export const programmeSubject: Subject<Programme> = {
  type: SubjectType.PROGRAMME,
  listing: programmes,
  citationColumn: 'programme_id',
  parts: ['programme_organisation where programme_id', 'programme_authority where programme_id'],
  facts: async (em, row) => {
    const partners = [partnerIds(em, row.id, 'organisation'), partnerIds(em, row.id, 'authority')] as const;
    const [organisations, authorities] = await Promise.all(partners);
    return { ...columnFacts(row), organisations, authorities };
  },
  affectedAuthorities: ({ authorities }) => authorities as string[],
  containsOtherNames: true,
  documentsWithNames: [],
  searchDocuments: (em, rows) => Promise.all(rows.map(row => document(em, row))),
};
