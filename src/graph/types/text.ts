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

/**
 * Returns the key by which names sort, equal on every database: folded, without a leading Dutch article, so that
 * 's-Hertogenbosch sorts under H.
 */
export function sortKey(name: string): string {
  return fold(name.replace(/^['’][st][- ]/i, ''));
}

/** Returns whether PostgreSQL can store a text: it rejects NUL and unpaired surrogates. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
