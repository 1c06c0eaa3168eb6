import type { Tongue } from './answer/items.js';
import { Shared, useShared } from './value.js';

const KEPT_AS = 'stedenband:language';

function first(): Tongue {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === 'nl' || kept === 'en') return kept;
  return navigator.language.startsWith('nl') ? 'nl' : 'en';
}

const tongue = new Shared<Tongue>(first());

/** The language that the panels speak. */
export const useTongue = (): Tongue => useShared(tongue);

/** The texts of a panel in that language. */
export const useWords = <T>(words: Readonly<Record<Tongue, T>>): T => words[useTongue()];

export function speak(language: Tongue): void {
  localStorage.setItem(KEPT_AS, language);
  tongue.set(language);
}
