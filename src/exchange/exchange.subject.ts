import { authoritySubject } from '../authority/authority.subject.js';
import { documentsOfSided, rowsOfSides, type SideNames, sideNames, sideTexts } from '../authority/sides.js';
import { SubjectType } from '../change/change.js';
import { columnFacts, type Subject } from '../change/subject.js';
import {
  allNames,
  namedTexts,
  type SearchDocument,
  SearchType,
  searchDocument,
} from '../graph/search/search-document.js';
import type { IndexedTexts } from '../graph/search/search-terms.js';
import { Exchange } from './exchange.js';
import { exchanges } from './exchange.listing.js';

export function exchangeDocument(exchange: Exchange, sides: SideNames, indexed?: IndexedTexts): SearchDocument {
  const { id, title, sortName, participants, description, notes } = exchange;
  const texts = {
    ...namedTexts('title', title),
    ...sideTexts(sides),
    participants: participants.join(', '),
    description,
    notes,
  };
  const [names, relatedNames] = [allNames(title), sideNames(sides)];
  return searchDocument({ type: SearchType.EXCHANGE, id, sortName, names, relatedNames, texts }, indexed);
}

authoritySubject.documentsWithNames.push(async (em, authority) =>
  documentsOfSided(em, await rowsOfSides(em, Exchange, authority), exchangeDocument),
);

export const exchangeSubject: Subject<Exchange> = {
  type: SubjectType.EXCHANGE,
  listing: exchanges,
  citationColumn: 'exchange_id',
  facts: async (_, row) => columnFacts(row),
  affectedAuthorities: ({ dutch, chinese }) => [dutch, chinese].filter(id => id !== null) as string[],
  containsOtherNames: true,
  documentsWithNames: [],
  searchDocuments: (em, rows) => documentsOfSided(em, rows, exchangeDocument),
};
