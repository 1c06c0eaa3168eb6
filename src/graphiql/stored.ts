type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
type Items = Record<string, string>;

/** Returns an area that is empty with each load of the page. Its items are its own properties, as in a storage of the browser. */
const inMemory = (): Area =>
  Object.create({
    getItem(this: Items, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Items, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Items, key: string) {
      delete this[key];
    },
  });

/**
 * Returns a storage of the browser, or one in memory if there is none: a reader can block it, and a browser does so for a
 * page that another site embeds.
 */
function areaOf(name: 'localStorage' | 'sessionStorage'): Area {
  try {
    return (globalThis as { localStorage?: Area; sessionStorage?: Area })[name] ?? inMemory();
  } catch {
    return inMemory();
  }
}

export const localArea = areaOf('localStorage');
export const sessionArea = areaOf('sessionStorage');

/** Stores a choice of the reader for the next visit. A storage that is full leaves it to this visit alone. */
export function storeChoice(key: string, value: string): void {
  try {
    localArea.setItem(key, value);
  } catch {
    // The choice holds without it.
  }
}
