import sql from 'sql-template-tag';
import {
  documentsOfSided,
  foundByAuthorityNames,
  rowsOfSides,
  type Sides,
  sideNames,
  sideTexts,
} from '../authority/authority.subject.js';
import { SubjectType } from '../change/change.js';
import { columnFacts, type Subject } from '../change/subject.js';
import { Language, nameIn } from '../graph/names.js';
import { rows } from '../graph/rows.js';
import { type SearchDocument, SearchType, searchDocument } from '../graph/search-document.js';
import { sortKey } from '../graph/text.js';
import { Partnership } from './partnership.js';
import { partnerships } from './partnership.listing.js';

export function partnershipDocument(
  { id, notes, themes }: Pick<Partnership, 'id' | 'notes' | 'themes'>,
  sides: Sides,
): SearchDocument {
  return searchDocument({
    type: SearchType.PARTNERSHIP,
    id,
    sortName: sides.dutch ? sortKey(nameIn(sides.dutch.names, Language.EN)) : '',
    own: [],
    calledBy: sideNames(sides),
    texts: { ...sideTexts(sides), themes: themes.join(' '), notes },
  });
}

foundByAuthorityNames(async (em, authority) =>
  documentsOfSided(em, await rowsOfSides(em, Partnership, sql`partnership`, authority), partnershipDocument),
);

export const partnershipSubject: Subject<Partnership> = {
  type: SubjectType.PARTNERSHIP,
  listing: partnerships,
  cited: 'partnership_id',
  facts: async (em, row) => {
    const periods = sql`select status, from_on as "from", reason from status_period where partnership_id = ${row.id} order by from_day`;
    const programmes = sql`select programme_id as id from programme_partnership where partnership_id = ${row.id} order by programme_id`;
    return {
      ...columnFacts(row),
      statusPeriods: await rows(em, periods),
      programmes: (await rows<{ id: string }>(em, programmes)).map(({ id }) => id),
    };
  },
  touches: ({ dutch, chinese }) => [dutch as string, chinese as string],
  documents: (em, row) => documentsOfSided(em, [row], partnershipDocument),
};
