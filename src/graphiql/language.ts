import { useSyncExternalStore } from 'react';
import type { Language, ReaderLanguage } from './result/format.js';
import { Store, useStore } from './store.js';

const STORAGE_KEY = 'stedenband:language';

function storedLanguage(): Language | undefined {
  const stored = localStorage.getItem(STORAGE_KEY);
  return stored === 'nl' || stored === 'en' ? stored : undefined;
}

const initialLanguage = storedLanguage() ?? (navigator.language.startsWith('nl') ? 'nl' : 'en');
const language = new Store<Language>(initialLanguage);

/** Returns the language of the panels. */
export const useLanguage = (): Language => useStore(language);

/** Texts of a panel; those without Chinese texts are shown in English to Chinese readers. */
export type Translations<T> = Readonly<Record<Language, T>> & { readonly zh?: T };

/** Returns the texts of a panel in the current language. */
export function useTranslation<T>(translations: Translations<T>): T {
  const language = useLanguage();
  return translations[useReaderLanguage()] ?? translations[language];
}

/** Returns the language of the clock and of the pictures: Chinese in a Chinese browser until the reader chooses another one. */
export const readerLanguage = (): ReaderLanguage =>
  !storedLanguage() && navigator.language.startsWith('zh') ? 'zh' : language.get();

/** Returns the language of the clock and of the pictures, and renders the component again if it changes. */
export const useReaderLanguage = (): ReaderLanguage => useSyncExternalStore(language.subscribe, readerLanguage);

export function setLanguage(next: Language): void {
  localStorage.setItem(STORAGE_KEY, next);
  language.set(next);
}
