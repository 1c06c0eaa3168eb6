import type { Language } from './result/format.js';
import { Store, useStore } from './store.js';

const STORAGE_KEY = 'stedenband:language';

function initialLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (stored === 'nl' || stored === 'en') return stored;
  return navigator.language.startsWith('nl') ? 'nl' : 'en';
}

const language = new Store<Language>(initialLanguage());

/** Returns the language of the panels. */
export const useLanguage = (): Language => useStore(language);

/** Returns the texts of a panel in the current language. */
export const useTranslation = <T>(translations: Readonly<Record<Language, T>>): T => translations[useLanguage()];

export function setLanguage(next: Language): void {
  localStorage.setItem(STORAGE_KEY, next);
  language.set(next);
}
