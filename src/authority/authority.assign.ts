import { leadsTo } from '../change/cycle.js';
import { checkNames, checkNotCleared, storedNames, suppliedFacts } from '../change/facts.js';
import type { Problems } from '../change/problems.js';
import { checkExisting } from '../change/references.js';
import type { Context } from '../context.js';
import { wouldCreateCycle } from '../graph/read/containment.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import { Country } from './authority.enums.js';
import { type AuthorityFacts, authorityFacts, requiredAuthorityFacts } from './authority.input.js';
import type { Authority } from './authority.js';

const CODE_FORMS = {
  [Country.NL]: ['DUTCH_CODE_FORM', /^(GM|PV|WS)[0-9]{2,4}$/],
  [Country.CN]: ['CHINESE_CODE_FORM', /^[0-9]{6}$/],
} as const;

/**
 * Checks the fields of an authority against its country.
 *
 * @param id The id of the authority; null for a new one.
 * @param country Undefined if the input does not tell: then what depends on it is not checked.
 */
export async function checkAuthority(
  problems: Problems,
  em: Context['em'],
  id: string | null,
  country: Country.NL | Country.CN | undefined,
  input: AuthorityFacts,
): Promise<void> {
  const { code, wikidataId } = input;
  // A new authority has the level that is not null.
  checkNotCleared(problems, input, id === null ? ['names'] : requiredAuthorityFacts);
  checkNames(problems, input.names, 'names');
  if (wikidataId != null && !/^Q[1-9][0-9]{0,11}$/.test(wikidataId))
    problems.add('wikidataId', message('WIKIDATA_ID_FORM', { value: wikidataId }));
  if (country === undefined) return;
  const foreignLevel = country === Country.NL ? 'chineseLevel' : 'dutchLevel';
  if (input[foreignLevel]) problems.add(foreignLevel, message('FOREIGN_LEVEL', { field: foreignLevel, country }));
  const [rule, form] = CODE_FORMS[country];
  if (code != null && !form.test(code)) problems.add('code', message(rule, { value: code }));
  await checkContainers(problems, em, id, country, input);
  await checkSuccessor(problems, em, id, country, input);
}

/** Checks that the successor is another authority of the same country, and is not itself succeeded by this one. */
async function checkSuccessor(
  problems: Problems,
  em: Context['em'],
  id: string | null,
  country: Country,
  { succeededBy: value }: AuthorityFacts,
): Promise<void> {
  const field = 'succeededBy';
  if (value == null) return;
  if (!value.startsWith(prefixOf(country))) problems.add(field, message('SUCCESSOR_ABROAD', { value }));
  const exists = await checkExisting(problems, em, 'authority', value, field);
  if (exists && id !== null && (await leadsTo(em, { table: 'authority', column: 'succeeded_by_id' }, value, id)))
    problems.add(field, message('SUCCESSOR_CYCLE', { id, value }));
}

const prefixOf = (country: Country): string => (country === Country.NL ? 'nl-' : 'cn-');

async function checkContainers(
  problems: Problems,
  em: Context['em'],
  id: string | null,
  country: Country,
  input: AuthorityFacts,
): Promise<void> {
  const isDutch = country === Country.NL;
  for (const field of ['parent', 'prefecture'] as const) {
    const value = input[field];
    if (value == null) continue;
    if (!value.startsWith(prefixOf(country)) || (isDutch && field === 'prefecture'))
      problems.add(field, message('CONTAINER_ABROAD', { field, value }));
    const exists = await checkExisting(problems, em, 'authority', value, field);
    if (exists && id !== null && (await wouldCreateCycle(em, id, value)))
      problems.add(field, message('REFERENCE_CYCLE', { field, id, value }));
  }
}

/** Assigns the supplied fields to a record. */
export function assignAuthority(record: Authority, input: AuthorityFacts): void {
  const fields = suppliedFacts(record, input, Object.keys(authorityFacts)) as AuthorityFacts;
  const { names, dutchLevel, chineseLevel, location, ...columns } = fields;
  if (names) {
    record.names = storedNames(names);
    record.sortName = sortKey(nameIn(record.names, Language.EN));
  }
  const level = dutchLevel ?? chineseLevel;
  if (level) record.level = level;
  if (location !== undefined)
    Object.assign(record, { latitude: location?.latitude ?? null, longitude: location?.longitude ?? null });
  Object.assign(record, columns);
}
