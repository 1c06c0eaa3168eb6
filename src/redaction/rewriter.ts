import { REDACTED_TEXT, REDACTED_URL } from '../change/redacted.js';
import { simplify, spellingsOfHanzi } from '../graph/search/traditional-characters.js';
import { FACT_LABELS } from '../messages/field-labels.js';

/** Removes what is redacted from texts. */
export interface Rewriter {
  /**
   * Returns a text with marks in the place of what is redacted; the same text if there is nothing to redact.
   *
   * @param member The name of the value in its field: `seenIn`.
   */
  rewrite(text: string, member: string): string;
  /** Returns the index of what is redacted in a text; -1 if there is none. */
  indexIn(text: string): number;
}

/** A web address; in Chinese it ends at a mark of punctuation, without a space. */
const URL = /https?:\/\/[^\s"<>\u3000-\u303f\uff01-\uff0f\uff1a-\uff20]+/g;
/** A web address with such marks in it, if what follows them is encoded. */
const URL_WITH_MARKS = /https?:\/\/[^\s"<>]+/g;
const isUrl = (text: string): boolean => /^https?:\/\/\S+$/.test(text);

/** A text that is a mark; that of a source may have a number. */
const MARK_ALONE = /^\[redacted\](?: \(\d+\))?$/;

/** Returns whether a value is the name of a field that a source supports. */
const isFieldName = (text: string, member: string): boolean =>
  member === 'supports' && Object.hasOwn(FACT_LABELS, text);

/** Redacts texts as a whole. Names of fields that a source supports stay. */
export const WHOLE_TEXTS: Rewriter = {
  rewrite: (text, member) => {
    if (isFieldName(text, member) || MARK_ALONE.test(text)) return text;
    return isUrl(text) ? REDACTED_URL : REDACTED_TEXT;
  },
  indexIn: () => 0,
};

/** Returns the web address as people read it: `%20` as a space. Bytes that are no UTF-8 stay. */
const decoded = (url: string): string =>
  url.replace(/(?:%[\da-f]{2})+/gi, encoded => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });

/**
 * Redacts a passage wherever it stands in a text, as the search finds it: regardless of case, accents and apostrophes, of
 * hyphenation and other characters without a width, and of the characters between two of its words, so that
 * `jan.jansen@example.nl` holds "Jan Jansen". A web address that holds the passage is redacted as a whole.
 *
 * @param wholeWords Leaves words that contain the passage: "Jansen" stays in "Jansens".
 */
export function passageRewriter(passage: string, wholeWords: boolean): Rewriter {
  const pattern = patternOf(passage, wholeWords);
  const holds = (text: string) => placesIn(text, pattern).length > 0;
  const withoutUrls = (text: string, urls: RegExp) =>
    text.replace(urls, url => (holds(url) || holds(decoded(url)) ? REDACTED_URL : url));
  return {
    rewrite: (text, member) =>
      isFieldName(text, member) ? text : withoutUrls(withoutPassage(withoutUrls(text, URL), pattern), URL_WITH_MARKS),
    indexIn: text => placesIn(text, pattern)[0]?.start ?? -1,
  };
}

function withoutPassage(text: string, pattern: RegExp): string {
  return placesIn(text, pattern).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + REDACTED_TEXT + rest.slice(end),
    text,
  );
}

const ASCII = /^[\0-\x7f]*$/;
const APOSTROPHES = /['’‘ʼ`´]/;

/** Returns the letters of a character that the search compares: without case, accents, forms of apostrophes and of hanzi. */
const lettersOf = (character: string): string =>
  APOSTROPHES.test(character)
    ? "'"
    : simplify(character.normalize('NFKD'))
        .replace(/\p{M}+/gu, '')
        .toLowerCase();

/** Returns where a passage stands in a text, with the accents of its last letter. */
function placesIn(text: string, pattern: RegExp): { start: number; end: number }[] {
  if (ASCII.test(text)) {
    const matches = text.toLowerCase().matchAll(pattern);
    return [...matches].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  }
  let plain = '';
  /** The start of the character of each letter. */
  const starts: number[] = [];
  let start = 0;
  for (const character of text) {
    const letters = lettersOf(character);
    plain += letters;
    for (let n = 0; n < letters.length; n += 1) starts.push(start);
    start += character.length;
  }
  return [...plain.matchAll(pattern)].map(({ index, 0: { length } }) => {
    // A character with several letters, such as ĳ, is redacted as a whole.
    const last = starts[index + length - 1] as number;
    const next = starts.slice(index + length).find(position => position > last);
    return { start: starts[index] as number, end: next ?? text.length };
  });
}

const INSIDE_WORDS = "[\\p{Cf}'`]*";
const BETWEEN_WORDS = '(?:%20|[^\\p{L}\\p{N}])+';

/** Returns the words of a passage: runs of the letters and digits that the search compares. */
export const wordsOf = (passage: string): string[] =>
  [...passage]
    .map(lettersOf)
    .join('')
    .replace(/[\p{Cf}']/gu, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function patternOf(passage: string, wholeWords: boolean): RegExp {
  const words = wordsOf(passage);
  // Chinese has no spaces between words.
  const isWord = (character: string | undefined) =>
    wholeWords && character !== undefined && !/\p{Script=Han}/u.test(character);
  const before = isWord([...(words[0] ?? '')][0]) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = isWord([...(words.at(-1) ?? '')].at(-1)) ? '(?![\\p{L}\\p{N}])' : '';
  return new RegExp(`${before}${words.map(word => [...word].join(INSIDE_WORDS)).join(BETWEEN_WORDS)}${after}`, 'giu');
}

/**
 * Returns a pattern of PostgreSQL that each text with the passage matches in the form NFKD: the longest part of the passage
 * whose case every database folds, with accents and signs between its letters, plain and as in web addresses. Hanzi in all
 * their spellings.
 */
export function partPattern(passage: string): string {
  const parts = wordsOf(passage).flatMap(word => word.match(/[a-z0-9]+|\p{Script=Han}+/gu) ?? []);
  const longest = parts.reduce((a, b) => (b.length > a.length ? b : a), '');
  if (/^\p{Script=Han}/u.test(longest)) {
    const spellings = [...longest].map(spellingsOfHanzi);
    const encoded = spellings.map(characters => `(?:${characters.map(encodeURIComponent).join('|')})`);
    return `${spellings.map(characters => `[${characters.join('')}]`).join('[^a-z0-9一-鿿]*')}|${encoded.join('')}`;
  }
  return [...longest].map(letter => `(?:${letter}|(?:%[0-9a-f]{2}){2,3})`).join('(?:[^a-z0-9]|%[0-9a-f]{2})*');
}
