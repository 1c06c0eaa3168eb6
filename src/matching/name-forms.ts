import { simplify } from '../graph/search/traditional-characters.js';
import { fold } from '../graph/types/text.js';
import { levelsNamed, withoutLevel } from './levels.js';
import { countryBefore, countryNamed, provinceAbbreviated } from './places.js';

/** Limits the part of a name that is read. Names of the register are shorter. */
export const MAX_NAME_LENGTH = 200;

/** A name in the forms in which names are compared. */
export interface NameForms {
  /** Folded, in simplified characters: `gemeente sudwest fryslan`. */
  folded: string;
  /** Without spaces: `gemeentesudwestfryslan`. */
  compact: string;
  /** Without the words for its level, in words: `sudwest fryslan`. */
  coreWords: string;
  /** The same without spaces: `sudwestfryslan`. */
  core: string;
  /** The levels that its words name. */
  levels?: readonly string[];
  /** Folded, in its own characters, if some are traditional: a record may have the name as it is spelled. */
  traditional?: string;
}

/** Removes the numbers of tones, if every word has them: `shang4hai3` → `shanghai`. */
function withoutToneNumbers(folded: string): string {
  return /^(?:[a-z]+[1-5])+(?: (?:[a-z]+[1-5])+)*$/.test(folded) ? folded.replace(/[1-5]/g, '') : folded;
}

/** Returns the forms of a name of a place. */
export function formsOf(name: string): NameForms {
  const spelled = name.slice(0, MAX_NAME_LENGTH);
  const simplified = simplify(spelled);
  const folded = withoutToneNumbers(fold(simplified));
  let coreWords = folded;
  let levels: readonly string[] | undefined;
  for (let before = ''; before !== coreWords; ) {
    before = coreWords;
    const core = withoutLevel(coreWords.replace(/^the (?=.)/, ''));
    coreWords = core.name;
    levels ??= core.levels;
  }
  return {
    folded,
    compact: folded.replaceAll(' ', ''),
    coreWords,
    core: coreWords.replaceAll(' ', ''),
    ...(levels && { levels }),
    ...(simplified !== spelled && { traditional: fold(spelled) }),
  };
}

/** The name of an authority as a list spells it, taken apart. */
export interface ParsedName extends NameForms {
  /** The country that a qualifier names. */
  country?: 'NL' | 'CN';
  /** The levels that a qualifier names, and the qualifier, which may be a place too: a `xian` is a county, Xi'an a city. */
  stated?: { levels: readonly string[]; text: string };
  /** Other texts in brackets, behind a comma, or in the other script: areas, and other names. */
  qualifiers: string[];
}

const ARTICLE = /^(?:['’]?s|['’]?t|de|den|het|the|la|le)-?$/i;
const BRACKETS = /[(（[【]([^)）\]】]*)[)）\]】]?/g;
const SEPARATORS = /[,，、;；|]/;
/** An abbreviated province or country without brackets: one to three capitals at the end. */
const CAPITALS = /^(.+) ([A-Z]{1,3})\.?$/;
const HAN_PART = /[\p{Script=Han}·]+/gu;

/** Splits a name from what stands in brackets or behind a comma; an article is put in front: `Haag, Den` → `Den Haag`. */
function splitQualifiers(text: string): { name: string; qualifiers: string[] } {
  const behind: string[] = [];
  const outside = text.replace(BRACKETS, (_, inside: string) => {
    behind.push(inside);
    return ' ';
  });
  const [first = '', ...parts] = outside.split(SEPARATORS);
  let name = first.trim();
  const qualifiers: string[] = [];
  for (const part of [...parts, ...behind].map(item => item.trim())) {
    if (ARTICLE.test(part)) name = `${part}${part.endsWith('-') ? '' : ' '}${name}`;
    else qualifiers.push(part);
  }
  const [, start, capitals] = CAPITALS.exec(name) ?? [];
  if (start && capitals && (provinceAbbreviated(capitals) || countryNamed(capitals))) {
    return { name: start, qualifiers: [...qualifiers, capitals] };
  }
  return { name, qualifiers };
}

/** Splits a name that stands in both scripts: `上海 Shanghai` is sought as 上海, and Shanghai must be a name of it too. */
function splitScripts(name: string): { name: string; qualifiers: string[] } {
  const hanzi = name.match(HAN_PART)?.join('');
  const rest = name.replace(HAN_PART, ' ').trim();
  return hanzi && fold(rest) ? { name: hanzi, qualifiers: [rest] } : { name, qualifiers: [] };
}

/** Takes the name of an authority apart: `Bergen (NH)`, `Haag, Den`, `Suzhou, Jiangsu, China`, `上海 Shanghai`. */
export function parseName(text: string): ParsedName {
  const split = splitQualifiers(text.slice(0, MAX_NAME_LENGTH));
  const scripts = splitScripts(split.name);
  const before = countryBefore(scripts.name);
  const forms = formsOf(before.name);
  let { country } = before;
  let stated: ParsedName['stated'];
  const qualifiers: string[] = [];
  for (const qualifier of [...split.qualifiers, ...scripts.qualifiers]) {
    if (fold(qualifier) === '') continue;
    const named = countryNamed(qualifier);
    const levels = named ? undefined : levelsNamed(qualifier);
    if (named) country ??= named;
    else if (levels) stated ??= { levels, text: qualifier };
    else qualifiers.push(qualifier);
  }
  return { ...forms, ...(country && { country }), ...(stated && { stated }), qualifiers };
}
