import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from '../../../authority/authority.enums.js';
import type { Incoming, SeedRecord } from '../seed.record.js';
import type { AuthoritySeed } from '../seed.schemas.js';

const SIDES = {
  [Country.NL]: {
    prefix: 'nl-',
    levels: Object.values<string>(DutchAuthorityLevel),
    code: /^[A-Z]{2}\d{2,4}$/,
    codeRule: 'a CBS code has two capital letters and two to four digits',
  },
  [Country.CN]: {
    prefix: 'cn-',
    levels: Object.values<string>(ChineseAuthorityLevel),
    code: /^\d{6}$/,
    codeRule: 'a GB/T 2260 code has six digits',
  },
};

/** Checks the fields that depend on the country: prefix of the id, level, format of the code, parent, prefecture, successor. */
export function checkAuthorities({ authorities }: Incoming): void {
  for (const authority of authorities ?? []) {
    if (authority.fields.country) checkSide(authority, authority.fields.country);
  }
}

function checkSide(authority: SeedRecord<AuthoritySeed>, country: AuthoritySeed['country']): void {
  const { id, level, code, parent, prefecture, succeededBy } = authority.fields;
  const { prefix, levels, code: codePattern, codeRule } = SIDES[country];
  if (id !== undefined && !id.startsWith(prefix))
    authority.report('id', `the id of an authority in ${country} must start with ${prefix}`, id);
  if (level && !levels.includes(level))
    authority.report('level', `in ${country} must be one of ${levels.join(', ')}`, level);
  if (code != null && !codePattern.test(code)) authority.report('code', codeRule, code);
  if (parent != null && !parent.startsWith(prefix))
    authority.report('parent', 'a parent must be in the same country', parent);
  if (succeededBy != null && !succeededBy.startsWith(prefix))
    authority.report('succeededBy', 'a successor must be in the same country', succeededBy);
  if (prefecture != null && country !== Country.CN)
    authority.report('prefecture', 'only Chinese authorities have a prefecture', prefecture);
}
