import { simplify } from '../graph/search/traditional-characters.js';
import { fold } from '../graph/types/text.js';

/** Folded names of the countries, as qualifiers of a name: `Rotterdam, NL`, `中国上海`. */
const COUNTRIES: Readonly<Record<'NL' | 'CN', readonly string[]>> = {
  NL: ['nl', 'nld', 'nederland', 'netherlands', 'the netherlands', 'holland', 'pays bas', 'niederlande', '荷兰'],
  CN: [
    'cn',
    'chn',
    'china',
    'volksrepubliek china',
    'vr china',
    'pr china',
    'p r china',
    'prc',
    '中国',
    '中华人民共和国',
  ],
};

/** Returns the country that a text names. */
export function countryNamed(text: string): 'NL' | 'CN' | undefined {
  const folded = fold(simplify(text));
  return (['NL', 'CN'] as const).find(country => COUNTRIES[country].includes(folded));
}

/** Splits the name of a country from the beginning of a name in hanzi: `中国上海` → `CN`, `上海`. */
export function countryBefore(hanzi: string): { country?: 'NL' | 'CN'; name: string } {
  const simplified = simplify(hanzi);
  for (const country of ['NL', 'CN'] as const) {
    const prefix = COUNTRIES[country].find(name => simplified.startsWith(name) && hanzi.length >= name.length + 2);
    if (prefix && /^\p{Script=Han}/u.test(prefix)) return { country, name: hanzi.slice(prefix.length) };
  }
  return { name: hanzi };
}

/** The abbreviations of Dutch provinces behind a name, as the CBS and the post use them, with the code of the province. */
const PROVINCES: Readonly<Record<string, string>> = {
  gr: 'PV20',
  fr: 'PV21',
  frl: 'PV21',
  dr: 'PV22',
  o: 'PV23',
  ov: 'PV23',
  fl: 'PV24',
  g: 'PV25',
  gld: 'PV25',
  u: 'PV26',
  ut: 'PV26',
  nh: 'PV27',
  zh: 'PV28',
  z: 'PV29',
  zl: 'PV29',
  nb: 'PV30',
  l: 'PV31',
  lb: 'PV31',
  li: 'PV31',
};

/** Returns the CBS code of the province that an abbreviation stands for: `PV27` for `(NH.)`. */
export const provinceAbbreviated = (text: string): string | undefined => {
  const folded = fold(text).replaceAll(' ', '');
  return Object.hasOwn(PROVINCES, folded) ? PROVINCES[folded] : undefined;
};

/**
 * Names, folded, that a place outside the register has too: Suzhou is 苏州 and 宿州, Limburg is Dutch, Belgian and German. They
 * are a question unless the row says more: the area (`within`), or for the second list at least the country.
 */
const SHARED_IN_A_COUNTRY = new Set(
  'suzhou taizhou fuzhou yichun yulin chaoyang jining beek bergen hengelo laren middelburg rijswijk valkenburg'.split(
    ' ',
  ),
);
const SHARED_WITH_ANOTHER_COUNTRY = new Set(['limburg', 'zeeland', 'emmen']);

/** Returns whether a name alone does not say which place is meant. */
export function isShared(core: string, { within, country }: { within: boolean; country: boolean }): boolean {
  if (within) return false;
  return SHARED_IN_A_COUNTRY.has(core) || (SHARED_WITH_ANOTHER_COUNTRY.has(core) && !country);
}
