import { parseSearch } from '../graph/search/search-terms.js';

/** The weights of queries whose longest word has 1, 2 and 3 letters: the shorter the prefix, the more records match it. */
const WEIGHTS = [40, 20, 10];
/** A hanzi selects as much as two letters. */
const LETTERS_PER_HANZI = 2;
const HAN = /^\p{Script=Han}/u;

/**
 * Weighs a search by the number of candidates that it may have to rank. All words of the query must match, so the longest
 * one decides. A query that is invalid or empty weighs nothing: no statement is sent.
 */
export function candidateWeight(query: string): number {
  try {
    const letters = (parseSearch(query, 'query')?.words ?? []).map(
      word => [...word].length * (HAN.test(word) ? LETTERS_PER_HANZI : 1),
    );
    return WEIGHTS[Math.max(...letters) - 1] ?? 0;
  } catch {
    return 0;
  }
}
