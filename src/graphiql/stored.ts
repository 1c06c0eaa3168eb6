type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Returns an area that is empty with each load of the page. */
function inMemory(): Area {
  const items = new Map<string, string>();
  return {
    getItem: key => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: key => void items.delete(key),
  };
}

/**
 * Returns a storage of the browser, or one in memory if there is none: a reader can block it, and a browser does so for a
 * page that another site embeds.
 */
function areaOf(name: 'localStorage' | 'sessionStorage'): Area {
  try {
    return window[name];
  } catch {
    return inMemory();
  }
}

export const localArea = areaOf('localStorage');
export const sessionArea = areaOf('sessionStorage');
