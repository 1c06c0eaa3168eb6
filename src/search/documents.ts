import type { Authority } from '../authority/authority.js';
import type { Exchange } from '../exchange/exchange.js';
import { Language, nameIn, type StoredNames } from '../graph/names.js';
import { termsOf, termsOfName, tsvector } from '../graph/search-terms.js';
import { compact, fold, sortKey } from '../graph/text.js';
import type { Organisation } from '../organisation/organisation.js';
import type { Partnership } from '../partnership/partnership.js';
import type { Programme } from '../programme/programme.js';
import { type SearchDocument, SearchType } from './search-document.js';

type Texts = Record<string, string | null | undefined>;

/** Texts by field name, under a prefix: `names.nl`, `names.zh`, `names.aliases`. */
function named(prefix: string, { aliases, ...names }: StoredNames): Texts {
  const fields: Texts = { [`${prefix}.aliases`]: aliases?.join(', ') };
  for (const [language, name] of Object.entries(names)) fields[`${prefix}.${language}`] = name;
  return fields;
}

const allNames = ({ aliases = [], ...names }: StoredNames): string[] =>
  [...Object.values(names), ...aliases].filter(name => name != null);

/**
 * What search reads of a record.
 *
 * @param own Its own names: a search that is one of them, or begins one, puts the record on top.
 * @param calledBy All names it is called by, its sides' for one; they count for more than other texts.
 */
function document(
  type: SearchType,
  id: string,
  sortName: string,
  own: string[],
  calledBy: string[],
  texts: Texts,
): SearchDocument {
  const known = Object.entries(texts).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const title = [...own, ...calledBy].flatMap(termsOfName);
  return {
    id,
    type,
    sortName,
    names: [...new Set(own.flatMap(name => [fold(name), compact(name)]))],
    title: tsvector(title),
    terms: tsvector([...title, ...known.flatMap(([, text]) => termsOf(text))]),
    fields: Object.fromEntries(known.map(([field, text]) => [field, fold(text)])),
  };
}

/** The sides of a tie or an exchange, as far as it has them. */
export interface Sides {
  dutch?: Pick<Authority, 'names'> | null | undefined;
  chinese?: Pick<Authority, 'names'> | null | undefined;
}

const sideNames = ({ dutch, chinese }: Sides) => [dutch, chinese].flatMap(side => (side ? allNames(side.names) : []));
const sideTexts = ({ dutch, chinese }: Sides): Texts => ({
  ...(dutch && named('dutch.names', dutch.names)),
  ...(chinese && named('chinese.names', chinese.names)),
});

export function authorityDocument({ id, names, code, sortName }: Authority): SearchDocument {
  const own = allNames(names);
  return document(SearchType.AUTHORITY, id, sortName, own, [], { ...named('names', names), code });
}

export function partnershipDocument({ id, notes, themes }: Partnership, sides: Sides): SearchDocument {
  const sortName = sides.dutch ? sortKey(nameIn(sides.dutch.names, Language.EN)) : '';
  const texts = { ...sideTexts(sides), themes: themes.join(' '), notes };
  return document(SearchType.PARTNERSHIP, id, sortName, [], sideNames(sides), texts);
}

export function exchangeDocument(exchange: Exchange, sides: Sides): SearchDocument {
  const { id, title, sortName, participants, description, notes } = exchange;
  const texts = {
    ...named('title', title),
    ...sideTexts(sides),
    participants: participants.join(', '),
    description,
    notes,
  };
  return document(SearchType.EXCHANGE, id, sortName, allNames(title), sideNames(sides), texts);
}

/** @param partners The names of the authorities and organisations that take part. */
export function programmeDocument(programme: Programme, partners: StoredNames[]): SearchDocument {
  const { id, names, sortName, description, funder, implementer, themes, otherPartners, notes } = programme;
  const texts = {
    ...named('names', names),
    partners: [...partners.flatMap(allNames), ...otherPartners].join(', '),
    description,
    funder,
    implementer,
    themes: themes.join(', '),
    notes,
  };
  return document(SearchType.PROGRAMME, id, sortName, allNames(names), [], texts);
}

export function organisationDocument({ id, names, role, city, notes, sortName }: Organisation): SearchDocument {
  const texts = { ...named('names', names), ...named('role', role), city, notes };
  return document(SearchType.ORGANISATION, id, sortName, allNames(names), [], texts);
}
