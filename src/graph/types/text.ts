/**
 * Text as the register compares it: case, accents, tone marks and apostrophes folded away, everything else that is
 * neither letter nor digit is one space. Hanzi stay. `'s-Hertogenbosch` → `s hertogenbosch`, `Súdwest-Fryslân` →
 * `sudwest fryslan`, `Shànghǎi` → `shanghai`. Done here and not in the database, whose collations differ.
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

/** `fold` without the spaces: what makes "shang hai" and "Shanghai" the same. */
export function compact(text: string): string {
  return fold(text).replaceAll(' ', '');
}

/**
 * The key names are sorted by, the same on every database: folded, and without the Dutch article in front, so that
 * 's-Hertogenbosch stands under H.
 */
export function sortKey(name: string): string {
  return fold(name.replace(/^['’][st][- ]/i, ''));
}

/** Whether a text may go to the database: PostgreSQL stores no NUL and no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
