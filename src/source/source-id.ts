import { hash } from 'node:crypto';
import { fold } from '../graph/types/text.js';
import type { Source } from './source.js';

/** The facts that identify a source: two sources that agree in all of them are one. */
export type SourceFacts = Omit<Source, 'id'>;

/** Returns the facts that identify a source as one text. */
export function sourceKey({ title, publisher, url, publishedOn }: SourceFacts): string {
  return JSON.stringify([title, publisher, url, publishedOn]);
}

const MAX_SLUG_LENGTH = 60;

/**
 * Returns the id of a source, equal for equal facts: readable words, and the first digits of a hash.
 *
 * @param digits The number of hexadecimal digits of the hash, 4 bits each.
 */
export function sourceId(source: SourceFacts, digits: number): string {
  const { title, publisher, publishedOn } = source;
  const digest = hash('sha256', sourceKey(source)).slice(0, digits);
  return ['src', ...slug([publisher, title, publishedOn ?? '']), digest].join('-');
}

/** Returns the words of a–z and 0–9, up to the maximum length. An id contains no other scripts. */
function slug(texts: readonly string[]): string[] {
  const words = fold(texts.join(' '))
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const fitting: string[] = [];
  let length = 0;
  for (const word of words) {
    length += word.length + 1;
    if (length - 1 > MAX_SLUG_LENGTH) break;
    fitting.push(word);
  }
  return fitting;
}
