import type { Tongue as Language } from './result/items.js';
import { Store, useShared } from './store.js';

const STORAGE_KEY = 'stedenband:language';

function first(): Language {
  const kept = localStorage.getItem(STORAGE_KEY);
  if (kept === 'nl' || kept === 'en') return kept;
  return navigator.language.startsWith('nl') ? 'nl' : 'en';
}

const tongue = new Store<Language>(first());

/** The language that the panels speak. */
export const useTongue = (): Language => useShared(tongue);

/** The texts of a panel in that language. */
export const useWords = <T>(words: Readonly<Record<Language, T>>): T => words[useTongue()];

export function setLanguage(language: Language): void {
  localStorage.setItem(STORAGE_KEY, language);
  tongue.set(language);
}
