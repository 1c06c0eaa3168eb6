import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from '../authority/authority.enums.js';
import { abbreviate } from '../graph/errors.js';
import { type Message, message } from '../messages/message.js';
import type { FactsInput } from './concept.js';
import type { ProposalRow } from './row.js';

/** A row of an authority, and the id of its record if it has one. */
interface AuthorityRow {
  id?: string;
  values: ProposalRow['values'];
}

const LEVELS = { [Country.NL]: Object.values(DutchAuthorityLevel), [Country.CN]: Object.values(ChineseAuthorityLevel) };
type AuthorityCountry = keyof typeof LEVELS;
const COUNTRIES: readonly AuthorityCountry[] = [Country.NL, Country.CN];

const isLevelOf = (level: unknown, country: AuthorityCountry): boolean =>
  (LEVELS[country] as readonly unknown[]).includes(level);

/** Returns the country of an authority: of its id, as the row states it, or the only one that has its level. */
export function countryOf({ id, values }: AuthorityRow, level: unknown): AuthorityCountry | undefined {
  if (id !== undefined) return id.startsWith('nl-') ? Country.NL : Country.CN;
  const { country } = values;
  if (country !== undefined && country !== null && country !== '') return COUNTRIES.find(name => name === country);
  const [only, ...others] = COUNTRIES.filter(name => isLevelOf(level, name));
  return others.length ? undefined : only;
}

/** Returns the problems of a country, a level and a position that no input of the API can have. */
export function authorityProblems(input: FactsInput, row: AuthorityRow): [path: string, problem: Message][] {
  const { dutchLevel, chineseLevel, location } = input;
  const level = dutchLevel ?? chineseLevel;
  const country = countryOf(row, level);
  const unreadable = (field: string, value: unknown): [string, Message] => [
    field,
    message('ROW_VALUE_UNREADABLE', { field, value: abbreviate(value) }),
  ];
  const problems: [string, Message][] = [];
  if (!country) {
    const stated = row.values.country ?? '';
    problems.push(
      stated === '' ? ['country', message('ROW_VALUE_MISSING', { field: 'country' })] : unreadable('country', stated),
    );
  } else if (level != null && !isLevelOf(level, country)) problems.push(unreadable('level', level));
  for (const member of location ? ['latitude', 'longitude'] : []) {
    if ((location as FactsInput)[member] == null) problems.push(unreadable(`location.${member}`, null));
  }
  return problems;
}
