/** Longest address that is shown; of a longer one it is the page. */
const MAX_ADDRESS_LENGTH = 300;

/** Returns the address of the page as a picture or a printed page shows it. */
export function shownAddress(): string {
  const { href, origin, pathname } = location;
  return href.length > MAX_ADDRESS_LENGTH ? `${origin}${pathname}` : href;
}
