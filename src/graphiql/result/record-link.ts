import type { ReaderLanguage } from './format.js';
import { type KnownAt, withKnownAt } from './known-at.js';

/** Returns the address of the page of a record, relative to that of this page, in a language and at a moment. */
export const recordLink = (id: string, language: ReaderLanguage, knownAt: KnownAt | undefined): string =>
  withKnownAt(`id/${encodeURIComponent(id)}?language=${language}`, knownAt);
