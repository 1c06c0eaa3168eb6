import { ChineseAuthorityLevel as CN, DutchAuthorityLevel as NL } from '../authority/authority.enums.js';
import { simplify } from '../graph/search/traditional-characters.js';
import { codeListNamed } from '../graph/types/code-list.js';
import { fold } from '../graph/types/text.js';

type Level = NL | CN;

/** Levels that lists mix up: all are called 市, and governed alike. */
const LARGE_CITIES: readonly Level[] = [
  CN.DIRECT_ADMINISTERED_MUNICIPALITY,
  CN.SUB_PROVINCIAL_CITY,
  CN.PREFECTURE_LEVEL_CITY,
];
const CITIES: readonly Level[] = [NL.MUNICIPALITY, ...LARGE_CITIES, CN.COUNTY_LEVEL_CITY];
const PROVINCES: readonly Level[] = [NL.PROVINCE, CN.PROVINCE];
const REGIONS: readonly Level[] = [CN.AUTONOMOUS_REGION, CN.SPECIAL_ADMINISTRATIVE_REGION];
const PREFECTURES: readonly Level[] = [CN.AUTONOMOUS_PREFECTURE, CN.PREFECTURE_LEVEL_CITY];
const COUNTIES: readonly Level[] = [CN.COUNTY];
const DISTRICTS: readonly Level[] = [CN.DISTRICT];
const WATER: readonly Level[] = [NL.WATER_AUTHORITY];

/** Folded words before or behind a name that say which level is meant; longer ones first. */
const WORDS: readonly (readonly [words: string, levels: readonly Level[]])[] = [
  ['special administrative region', REGIONS],
  ['zhuang autonomous region', REGIONS],
  ['autonomous prefecture', PREFECTURES],
  ['autonomous region', REGIONS],
  ['zhuangzu zizhiqu', REGIONS],
  ['municipality of', CITIES],
  ['water authority', WATER],
  ['nieuw gebied', DISTRICTS],
  ['province of', PROVINCES],
  ['county of', COUNTIES],
  ['autonome regio', REGIONS],
  ['district of', DISTRICTS],
  ['city of', CITIES],
  ['town of', CITIES],
  ['new area', DISTRICTS],
  ['municipality', CITIES],
  ['prefectuur', PREFECTURES],
  ['prefecture', PREFECTURES],
  ['waterschap', WATER],
  ['zizhizhou', PREFECTURES],
  ['provincie', PROVINCES],
  ['zizhiqu', REGIONS],
  ['gemeente', CITIES],
  ['province', PROVINCES],
  ['district', DISTRICTS],
  ['county', COUNTIES],
  ['sheng', PROVINCES],
  ['xinqu', DISTRICTS],
  ['city', CITIES],
  ['stad', CITIES],
  ['town', CITIES],
  ['prov', PROVINCES],
  ['xian', COUNTIES],
  ['gem', CITIES],
  ['shi', CITIES],
  ['qu', DISTRICTS],
];

/** Those that only stand behind a name: `Xian Yang` is Xianyang in two words. */
const BEHIND = new Set(['zhuangzu zizhiqu', 'zizhizhou', 'zizhiqu', 'sheng', 'xinqu', 'xian', 'shi', 'qu']);

/** The city of Xi'an behind its province, where the word is no level. */
const XIAN_BEHIND_PROVINCE = /^shaanxi (?:sheng |province )?xian$/;

/** The same in Chinese, behind a name; longer ones first. */
const HANZI: readonly (readonly [suffix: string, levels: readonly Level[]])[] = [
  ['特别行政区', REGIONS],
  ['壮族自治区', REGIONS],
  ['自治区', REGIONS],
  ['自治州', PREFECTURES],
  ['地区', PREFECTURES],
  ['新区', DISTRICTS],
  ['省', PROVINCES],
  ['市', CITIES],
  ['县', COUNTIES],
  ['区', DISTRICTS],
];

/** A folded name without the words for its level, and the levels that they name. */
export interface WithoutLevel {
  name: string;
  levels?: readonly Level[];
}

/** Removes the words for a level from a folded name: `gemeente utrecht` → `utrecht`, `余杭区` → `余杭`. Never all of it. */
export function withoutLevel(folded: string): WithoutLevel {
  for (const [suffix, levels] of HANZI) {
    if (folded.endsWith(suffix) && [...folded].length >= [...suffix].length + 2) {
      return { name: folded.slice(0, -suffix.length), levels };
    }
  }
  if (XIAN_BEHIND_PROVINCE.test(folded)) return { name: 'shaanxi xian' };
  for (const [words, levels] of WORDS) {
    if (folded.startsWith(`${words} `) && !BEHIND.has(words)) return { name: folded.slice(words.length + 1), levels };
    if (folded.endsWith(` ${words}`)) return { name: folded.slice(0, -words.length - 1), levels };
  }
  return { name: folded };
}

const LEVEL_LISTS = ['DutchAuthorityLevel', 'ChineseAuthorityLevel'];

/** Returns the levels that a text names: a value of the enums, one of its labels, or a word. Undefined if it names none. */
export function levelsNamed(text: string): readonly Level[] | undefined {
  const folded = fold(simplify(text));
  const values = LEVEL_LISTS.flatMap(name => codeListNamed(name)?.codes ?? []).filter(
    ({ value, labels }) => value === text || Object.values(labels).some(label => fold(label) === folded),
  );
  if (values.length > 0) return values.map(({ value }) => value as Level);
  return [...WORDS, ...HANZI].find(([words]) => words === folded)?.[1];
}

/** Returns whether a record of a level is one of these. A list that says prefecture-level city may mean a sub-provincial one. */
export function isOfLevel(level: string, levels: readonly string[]): boolean {
  const isLarge = (value: string) => (LARGE_CITIES as readonly string[]).includes(value);
  return levels.includes(level) || (isLarge(level) && levels.some(isLarge));
}
