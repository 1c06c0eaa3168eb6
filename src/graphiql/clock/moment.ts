import { type KnownAt, knownAtOf, withKnownAt } from '../result/known-at.js';
import { Store, useStore } from '../store.js';

const knownAt = new Store<KnownAt | undefined>(knownAtOf(location.search));

// The address has the moment: a link opens the page there, and so do the buttons back and forward of the browser.
addEventListener('popstate', () => knownAt.set(knownAtOf(location.search)));

/** Returns the moment of the page; `undefined` is the present. */
export const currentKnownAt = knownAt.get;

export const subscribeKnownAt = knownAt.subscribe;

/** Returns the moment of the page; `undefined` is the present. */
export const useKnownAt = (): KnownAt | undefined => useStore(knownAt);

/** Moves the page to a moment; `undefined` is the present. */
export function setKnownAt(next: KnownAt | undefined): void {
  if (next === knownAt.get()) return;
  history.pushState(null, '', withKnownAt(`${location.pathname}${location.search}`, next));
  knownAt.set(next);
}
