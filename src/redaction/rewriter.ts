import { REDACTED_TEXT, REDACTED_URL } from '../change/redacted.js';
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

const URL = /https?:\/\/[^\s"<>]+/g;
const isUrl = (text: string): boolean => /^https?:\/\/\S+$/.test(text);

/** A text that is a mark; that of a source may have a number. */
const MARK_ALONE = /^\[redacted\](?: \(\d+\))?$/;

/** Redacts texts as a whole. Names of fields that a source supports stay. */
export const WHOLE_TEXTS: Rewriter = {
  rewrite: (text, member) => {
    if ((member === 'supports' && text in FACT_LABELS) || MARK_ALONE.test(text)) return text;
    return isUrl(text) ? REDACTED_URL : REDACTED_TEXT;
  },
  indexIn: () => 0,
};

/** Returns the web address as people read it: `%20` as a space. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/**
 * Redacts a passage wherever it stands in a text, regardless of case and of the form of accents. Between two of its words
 * may be spaces, line feeds, `-`, `_`, `.` or `+`, so that an address such as `jan.jansen@example.nl` holds "Jan Jansen". A
 * web address that holds the passage is redacted as a whole.
 *
 * @param wholeWords Leaves words that contain the passage: "Jansen" stays in "Jansens".
 */
export function passageRewriter(passage: string, wholeWords: boolean): Rewriter {
  const pattern = patternOf(passage, wholeWords);
  const holds = (text: string) => text.search(pattern) >= 0;
  const withoutUrls = (text: string) =>
    text.replace(URL, url => (holds(url) || holds(decoded(url)) ? REDACTED_URL : url));
  return {
    rewrite: (text, member) =>
      member === 'supports' && text in FACT_LABELS ? text : withoutUrls(text).replace(pattern, REDACTED_TEXT),
    indexIn: text => text.search(pattern),
  };
}

const BETWEEN_WORDS = '(?:[\\s\\-_.+]|%20)+';

function patternOf(passage: string, wholeWords: boolean): RegExp {
  const words = passage.trim().split(/\s+/).map(inBothForms).join(BETWEEN_WORDS);
  // Chinese has no spaces between words.
  const isWord = (character: string | undefined) =>
    wholeWords && character !== undefined && /[\p{L}\p{N}]/u.test(character) && !/\p{Script=Han}/u.test(character);
  const characters = [...passage.trim()];
  const before = isWord(characters[0]) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = isWord(characters.at(-1)) ? '(?![\\p{L}\\p{M}\\p{N}])' : '';
  return new RegExp(`${before}${words}${after}`, 'giu');
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Matches a word with composed and with decomposed accents. */
function inBothForms(word: string): string {
  const [composed, decomposed] = [word.normalize('NFC'), word.normalize('NFD')];
  return composed === decomposed ? escaped(composed) : `(?:${escaped(composed)}|${escaped(decomposed)})`;
}

/**
 * Returns patterns of `ilike`, of which each text with the passage matches at least one, in any case and form: the longest
 * part of the passage whose case every database folds, plain and as in web addresses.
 */
export function likePatterns(passage: string): string[] {
  const parts = passage.normalize('NFC').match(/[A-Za-z0-9]+|\p{Script=Han}+/gu) ?? [''];
  const longest = parts.reduce((a, b) => (b.length > a.length ? b : a));
  return [...new Set([longest, encodeURIComponent(longest).replaceAll('%', '\\%')])].map(part => `%${part}%`);
}
