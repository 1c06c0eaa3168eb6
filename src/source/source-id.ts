import { createHash } from 'node:crypto';
import { fold } from '../graph/types/text.js';
import type { Source } from './source.js';

const MAX_SLUG_LENGTH = 60;

/**
 * Returns the id of a source, equal for equal title, publisher, address and date: readable words, and six hexadecimal
 * digits that distinguish sources with the same words.
 */
export function sourceId({ title, publisher, url, publishedOn }: Omit<Source, 'id'>): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([title, publisher, url, publishedOn]))
    .digest('hex')
    .slice(0, 6);
  return ['src', ...slug([publisher, title, publishedOn ?? '']), hash].join('-');
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
