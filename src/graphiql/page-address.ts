import { Store } from './store.js';

/** Longest address that is shown; of a longer one it is the page. */
const MAX_ADDRESS_LENGTH = 300;

/** Hash of the state of the page. The address lacks it while the page is as it was opened; an embedded view has none. */
export const pageHash = new Store('');

/** Returns the address of the page with its state. */
export const pageAddress = (): string => new URL(pageHash.get() || location.hash, location.href).href;

/** Returns the address of the page as a picture or a printed page shows it. */
export function shownAddress(): string {
  const href = pageAddress();
  return href.length > MAX_ADDRESS_LENGTH ? `${location.origin}${location.pathname}` : href;
}
