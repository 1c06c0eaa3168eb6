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
