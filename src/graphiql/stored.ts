/** Returns what the browser has stored; null if a page of another site, in which this one is embedded, has no storage. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
