import { allNames } from '../graph/search/search-document.js';
import type { StoredNames } from '../graph/types/names.js';
import { formsOf, type NameForms } from './name-forms.js';

/** Returns the forms of a name; those of one name are computed once per batch. */
export type FormsReader = (name: string) => NameForms;

export function formsReader(): FormsReader {
  const cache = new Map<string, NameForms>();
  return name => {
    const forms = cache.get(name) ?? formsOf(name);
    cache.set(name, forms);
    return forms;
  };
}

/** Returns all names of a record; none if there is no record. */
export const namesIn = (names: StoredNames | null): string[] => (names ? allNames(names) : []);
