import { isReaderLanguage } from './language-codes.js';
import type { ReaderLanguage } from './result/format.js';
import { Store, useStore } from './store.js';
import { localArea, storeChoice } from './stored.js';

const STORAGE_KEY = 'stedenband:language';

function initialLanguage(): ReaderLanguage {
  const chosen = localArea.getItem(STORAGE_KEY);
  if (isReaderLanguage(chosen)) return chosen;
  const browser = navigator.language.slice(0, 2);
  return isReaderLanguage(browser) ? browser : 'en';
}

const language = new Store<ReaderLanguage>(initialLanguage());

/** Returns the language that the reader chose, or that of the browser. */
export const readerLanguage = language.get;

/** Texts of a component in each language. */
export type Translations<T> = Readonly<Record<ReaderLanguage, T>>;

/** Returns the language of the reader, and renders the component again if it changes. */
export const useReaderLanguage = (): ReaderLanguage => useStore(language);

/** Returns the texts of a component in the language of the reader. */
export function useTranslation<T>(translations: Translations<T>): T {
  return translations[useReaderLanguage()];
}

/** Changes the language of the page. A choice is stored; the language of a link is not. */
export function setLanguage(next: ReaderLanguage, isChoice = true): void {
  if (isChoice) storeChoice(STORAGE_KEY, next);
  if (next !== language.get()) language.set(next);
}
