import type { Authority } from '../../authority/authority.js';
import type { Exchange } from '../../exchange/exchange.js';
import { Language, nameIn, type StoredNames } from '../../graph/types/names.js';
import { sortKey } from '../../graph/types/text.js';
import type { Organisation } from '../../organisation/organisation.js';
import type { Partnership } from '../../partnership/partnership.js';
import type { Programme } from '../../programme/programme.js';
import type { AuthoritySeed, ExchangeSeed, OrganisationSeed, PartnershipSeed, ProgrammeSeed } from './seed.schemas.js';

/** A row to insert, without the columns that the database fills in. */
export type NewRow<Record> = Omit<Record, 'version' | 'createdAt' | 'updatedAt'>;

const stored = ({ aliases = [], ...names }: StoredNames): StoredNames => ({ ...names, aliases });
const sortNameOf = (names: StoredNames) => sortKey(nameIn(names, Language.EN));

export function authorityRow({ location, sources: _, names, ...seed }: AuthoritySeed): NewRow<Authority> {
  const { latitude, longitude } = location ?? { latitude: null, longitude: null };
  return { ...seed, names: stored(names), sortName: sortNameOf(names), latitude, longitude };
}

export function organisationRow({ sources: _, names, ...seed }: OrganisationSeed): NewRow<Organisation> {
  return { ...seed, names: stored(names), sortName: sortNameOf(names) };
}

export function partnershipRow({ sources: _, statusPeriods: __, ...seed }: PartnershipSeed): NewRow<Partnership> {
  return seed;
}

export function programmeRow(seed: ProgrammeSeed): NewRow<Programme> {
  const { sources: _, organisations: __, authorities: ___, partnerships: ____, names, ...columns } = seed;
  return { ...columns, names: stored(names), sortName: sortNameOf(names) };
}

export function exchangeRow({ sources: _, title, ...seed }: ExchangeSeed): NewRow<Exchange> {
  return { ...seed, title, sortName: sortNameOf(title) };
}
