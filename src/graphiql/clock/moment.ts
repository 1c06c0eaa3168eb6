import { readAddress } from '../address.js';
import type { KnownAt } from '../result/known-at.js';
import { Store, useStore } from '../store.js';

const knownAt = new Store<KnownAt | undefined>(readAddress(location.search, location.hash).knownAt);

/** Returns the moment of the page; `undefined` is the present. */
export const currentKnownAt = knownAt.get;

export const subscribeKnownAt = knownAt.subscribe;

/** Returns the moment of the page; `undefined` is the present. */
export const useKnownAt = (): KnownAt | undefined => useStore(knownAt);

/** Moves the page to a moment; `undefined` is the present. Its address follows. */
export function setKnownAt(next: KnownAt | undefined): void {
  if (next !== knownAt.get()) knownAt.set(next);
}
