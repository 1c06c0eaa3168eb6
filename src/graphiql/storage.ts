/** What GraphiQL keeps under these names may hold headers, and headers may hold a key. */
const WITH_HEADERS = /^graphiql:(?:headers|shouldPersistHeaders)$/;
const TABS = 'graphiql:tabState';
const HISTORY = /^graphiql:(?:queries|favorites)$/;

/** Where nothing is kept yet: a panel takes somewhat more than half of the width, and the answer less than the question. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'graphiql:docExplorerFlex': '1.15',
  'graphiql:editorFlex': '1.15',
};

const withoutHeaders = (value: string): string =>
  JSON.stringify(JSON.parse(value), (key, inner) => (key === 'headers' ? null : inner));

/**
 * What GraphiQL remembers. Headers live as long as the session of this one tab of the browser, and only there; all
 * else stays for the next visit.
 */
export const storage = {
  getItem: (name: string): string | null =>
    sessionStorage.getItem(name) ?? localStorage.getItem(name) ?? DEFAULTS[name] ?? null,
  setItem(name: string, value: string): void {
    const kept = name === TABS || HISTORY.test(name) ? withoutHeaders(value) : value;
    if (WITH_HEADERS.test(name)) sessionStorage.setItem(name, value);
    else localStorage.setItem(name, kept);
    // GraphiQL puts headers into tabs only when the analyst asked for it, into its history always.
    if (name !== TABS) return;
    if (kept === value) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  },
  removeItem(name: string): void {
    sessionStorage.removeItem(name);
    localStorage.removeItem(name);
  },
  clear(): void {
    for (const kept of [sessionStorage, localStorage]) {
      for (const name of Object.keys(kept)) if (name.startsWith('graphiql:')) kept.removeItem(name);
    }
  },
  get length(): number {
    return [...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter(name => name.startsWith('graphiql:'))
      .length;
  },
};
