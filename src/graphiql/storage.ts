import { localArea, sessionArea } from './stored.js';

/** Storage keys whose value contains headers. Headers may contain an API key. */
const WITH_HEADERS = /^graphiql:(?:headers|shouldPersistHeaders)$/;
const TABS = 'graphiql:tabState';
const HISTORY = /^graphiql:(?:queries|favorites)$/;

/** Initial layout: a panel takes a little more than half of the width, and the editor more than the result. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'graphiql:docExplorerFlex': '1.15',
  'graphiql:editorFlex': '1.15',
};

const withoutHeaders = (value: string): string =>
  JSON.stringify(JSON.parse(value), (key, nested) => (key === 'headers' ? null : nested));

/**
 * Storage of GraphiQL. Headers go to `sessionStorage`, which ends with the browser tab; all else goes to `localStorage`.
 */
export const storage = {
  getItem: (name: string): string | null =>
    sessionArea.getItem(name) ?? localArea.getItem(name) ?? DEFAULTS[name] ?? null,
  setItem(name: string, value: string): void {
    const stored = name === TABS || HISTORY.test(name) ? withoutHeaders(value) : value;
    if (WITH_HEADERS.test(name)) sessionArea.setItem(name, value);
    else localArea.setItem(name, stored);
    // GraphiQL stores headers with tabs only if the analyst enabled that, but with its history always.
    if (name !== TABS) return;
    if (stored === value) sessionArea.removeItem(name);
    else sessionArea.setItem(name, value);
  },
  removeItem(name: string): void {
    sessionArea.removeItem(name);
    localArea.removeItem(name);
  },
  clear(): void {
    for (const area of [sessionArea, localArea]) {
      for (const name of Object.keys(area)) if (name.startsWith('graphiql:')) area.removeItem(name);
    }
  },
  get length(): number {
    return [...Object.keys(sessionArea), ...Object.keys(localArea)].filter(name => name.startsWith('graphiql:')).length;
  },
};
