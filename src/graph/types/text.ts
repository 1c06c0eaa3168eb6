/**
 * Folds a text for comparison: removes case, accents, tone marks and apostrophes, and replaces any other run of
 * characters that are neither letters nor digits by one space. Hanzi stay. `'s-Hertogenbosch` → `s hertogenbosch`,
 * `Súdwest-Fryslân` → `sudwest fryslan`, `Shànghǎi` → `shanghai`. Not done by the database, whose collations differ.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’‘ʼ`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Returns a text to search for with apostrophes in place of acute accents, Xi´an: `fold` makes spaces of them, and still has to,
 * because folded texts are stored.
 */
export const withApostrophes = (text: string): string => text.replaceAll('´', "'");

/** Folds a text and removes the spaces, so that "shang hai" equals "Shanghai". */
export function compact(text: string): string {
  return fold(text).replaceAll(' ', '');
}

/** Maximum number of characters (code points) of a sort key: it is part of indexes and cursors. */
const MAX_SORT_KEY_LENGTH = 200;

/**
 * Returns the key by which names sort, equal on every database: folded, without a leading Dutch article, so that
 * 's-Hertogenbosch sorts under H. Cut to 200 characters; records with equal keys sort by id.
 */
export function sortKey(name: string): string {
  const key = fold(name.replace(/^['’][st][- ]/i, ''));
  return key.length <= MAX_SORT_KEY_LENGTH ? key : [...key].slice(0, MAX_SORT_KEY_LENGTH).join('');
}

/** Returns whether PostgreSQL can store a text: it rejects NUL and unpaired surrogates. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Returns the first character of a text that PostgreSQL cannot store. */
export const unstorableCharacter = (text: string): string | undefined =>
  isStorable(text) ? undefined : [...text].find(character => !isStorable(character));

/** Matches a character that people see: no white space, control or format character, filler, or blank of Braille. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Returns whether people see anything of a text. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

/**
 * Match a character that a name cannot have, because nobody sees it, or sees the text in another order. Permitted are a joiner
 * between letters or emoji, a variation selector behind the hanzi or emoji that it varies, and those of Mongolian.
 */
const HIDDEN = [
  /(?<!\p{Ideographic}|\p{Emoji})[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u,
  /(?<!\p{Script=Mongolian})[\u180b-\u180f]/u,
  /(?<![\p{L}\p{M}\p{Emoji}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Emoji}])/u,
  /(?!\u200c|\u200d|\u180e|\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u,
];

/** Returns a character of a name that nobody sees, such as a mark of the direction of writing; undefined if there is none. */
export function hiddenCharacter(name: string): string | undefined {
  for (const pattern of HIDDEN) {
    const [character] = pattern.exec(name) ?? [];
    if (character !== undefined) return character;
  }
  return undefined;
}

/** Returns how a message names a character: `U+202E`. */
export const codePointOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
