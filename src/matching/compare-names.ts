import { distance } from 'fastest-levenshtein';
import { namesOfToday } from '../graph/search/older-names.js';
import { HAN } from '../graph/search/search-terms.js';
import type { NameMatch } from './match.js';

/** Two names of which one may be the other. */
export interface Comparison {
  /** From 0 to 1; 1 if they are equal but for case, accents, spaces and words for a level. */
  value: number;
  by: NameMatch;
}

const VALUES: Readonly<Record<Exclude<NameMatch, 'part'>, number>> = {
  equal: 1,
  older: 0.9,
  abbreviation: 0.9,
  slip: 0.8,
};
/** The most that names can have that only share words. */
const MAX_PART = 0.7;
/** Names that are less alike are no candidates. */
const MIN_VALUE = 0.4;
/** In a shorter name a slip is another name. */
const MIN_SLIP_LENGTH = 4;
const MIN_HANZI_SLIP_LENGTH = 3;

const compared = (by: Exclude<NameMatch, 'part'>): Comparison => ({ value: VALUES[by], by });

/** Returns whether two names differ by one letter: another one, one too many or too few, or two exchanged. */
export function isOneSlip(name: string, other: string): boolean {
  if (name === other || Math.abs(name.length - other.length) > 1) return false;
  const edits = distance(name, other);
  if (edits !== 2) return edits === 1;
  const at = [...name].findIndex((letter, i) => letter !== other[i]);
  return (
    name.length === other.length &&
    name[at] === other[at + 1] &&
    name[at + 1] === other[at] &&
    name.slice(at + 2) === other.slice(at + 2)
  );
}

/**
 * Compares two names without words for a level.
 *
 * @param name The words of the name that is sought, folded.
 * @param other The words of a name of a record, folded.
 */
export function compareNames(name: string, other: string): Comparison | undefined {
  const [compactOne, compactOther] = [name.replaceAll(' ', ''), other.replaceAll(' ', '')];
  if (!compactOne || !compactOther) return undefined;
  if (compactOne === compactOther) return compared('equal');
  if (namesOfToday(compactOne).includes(compactOther)) return compared('older');
  const shortest = Math.min(compactOne.length, compactOther.length);
  const minLength = HAN.test(compactOne) ? MIN_HANZI_SLIP_LENGTH : MIN_SLIP_LENGTH;
  if (shortest >= minLength && isOneSlip(compactOne, compactOther)) return compared('slip');
  const value = MAX_PART * Math.max(sharedPart(name, other), closeness(compactOne, compactOther));
  return value >= MIN_VALUE ? { value, by: 'part' } : undefined;
}

/** Returns the share of the words of two names that both have; of hanzi, whether one contains the other. */
function sharedPart(name: string, other: string): number {
  if (HAN.test(name)) return name.includes(other) || other.includes(name) ? 0.8 : 0;
  const [words, others] = [new Set(name.split(' ')), new Set(other.split(' '))];
  const shared = [...words].filter(word => others.has(word));
  if (!shared.some(word => word.length > 2)) return 0;
  // A name inside a longer one is worth asking about: Valkenburg in Valkenburg aan de Geul.
  const isInside = shared.length === Math.min(words.size, others.size);
  return Math.max(shared.length / (words.size + others.size - shared.length), isInside ? 0.6 : 0);
}

/** Returns how alike two names are by their letters. */
const closeness = (name: string, other: string): number =>
  1 - distance(name, other) / Math.max(name.length, other.length);

/** Returns the better of two comparisons. */
export const better = <T extends Comparison>(name: T | undefined, other: T | undefined): T | undefined =>
  !name || (other && other.value > name.value) ? other : name;
