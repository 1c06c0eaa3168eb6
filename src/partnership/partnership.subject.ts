import sql from 'sql-template-tag';
import { authoritySubject } from '../authority/authority.subject.js';
import { documentsOfSided, rowsOfSides, type SideNames, sideNames, sideTexts } from '../authority/sides.js';
import { SubjectType } from '../change/change.js';
import { columnFacts, type Subject } from '../change/subject.js';
import { type SearchDocument, SearchType, searchDocument } from '../graph/search/search-document.js';
import type { IndexedTexts } from '../graph/search/search-terms.js';
import { queryRows } from '../graph/sql/query.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { Partnership } from './partnership.js';
import { partnerships } from './partnership.listing.js';

export function partnershipDocument(
  { id, notes, themes }: Pick<Partnership, 'id' | 'notes' | 'themes'>,
  sides: SideNames,
  indexed?: IndexedTexts,
): SearchDocument {
  const sortName = sides.dutch ? sortKey(nameIn(sides.dutch.names, Language.EN)) : '';
  const texts = { ...sideTexts(sides), themes: themes.join(' '), notes };
  const relatedNames = sideNames(sides);
  return searchDocument({ type: SearchType.PARTNERSHIP, id, sortName, names: [], relatedNames, texts }, indexed);
}

authoritySubject.documentsWithNames.push(async (em, authority) =>
  documentsOfSided(em, await rowsOfSides(em, Partnership, authority), partnershipDocument),
);

interface PeriodFacts {
  status: string;
  from: string;
  reason: string | null;
  decidedBy: string | null;
}

const periodFacts = ({ decidedBy, ...facts }: PeriodFacts) => (decidedBy === null ? facts : { ...facts, decidedBy });

export const partnershipSubject: Subject<Partnership> = {
  type: SubjectType.PARTNERSHIP,
  listing: partnerships,
  citationColumn: 'partnership_id',
  parts: [
    'citation using status_period p where status_period_id = p.id and p.partnership_id',
    'status_period where partnership_id',
    'programme_partnership where partnership_id',
  ],
  facts: async (em, row) => {
    // A decider is a fact where it is known: the log of earlier releases does not have it.
    const periods = sql`select status, from_on as "from", reason, nullif(decided_by, 'UNKNOWN') as "decidedBy" from status_period where partnership_id = ${row.id} order by from_day`;
    const programmes = sql`select programme_id as id from programme_partnership where partnership_id = ${row.id} order by programme_id`;
    const [statusPeriods, programmeIds] = await Promise.all([
      queryRows<PeriodFacts>(em, periods),
      queryRows<{ id: string }>(em, programmes),
    ]);
    return {
      ...columnFacts(row),
      statusPeriods: statusPeriods.map(periodFacts),
      programmes: programmeIds.map(({ id }) => id),
    };
  },
  affectedAuthorities: ({ dutch, chinese }) => [dutch as string, chinese as string],
  containsOtherNames: true,
  documentsWithNames: [],
  searchDocuments: (em, rows) => documentsOfSided(em, rows, partnershipDocument),
};
