import { describedEnum } from './enum.js';

/** One value of a code list, and what it is called in each language. */
export interface Code {
  value: string;
  description: string;
  labels: { nl: string; en: string; zh: string };
}

/** An enum whose values people read. */
export interface CodeList {
  /** Of its type in GraphQL. */
  name: string;
  description: string;
  codes: Code[];
}

/** What is said of one value: what it means, and what it is called in Dutch, English and Chinese. */
type CodeLabels = readonly [description: string, nl: string, en: string, zh: string];

const lists = new Map<string, CodeList>();

/**
 * Registers an enum that people read the values of: with a description for the whole, and a description and three names
 * for every value; a value without all of them does not compile. An enum for programs only is a `describedEnum`.
 */
export function codeList<V extends string>(
  name: string,
  values: Record<string, V>,
  description: string,
  labels: Record<V, CodeLabels>,
): void {
  const codes = Object.entries<CodeLabels>(labels).map(([value, [meaning, nl, en, zh]]) => ({
    value,
    description: meaning,
    labels: { nl, en, zh },
  }));
  lists.set(name, { name, description, codes });
  const descriptions = Object.fromEntries(codes.map(code => [code.value, code.description]));
  describedEnum(name, values, description, descriptions as Record<V, string>);
}

/** All code lists, by name. */
export function codeLists(): CodeList[] {
  return [...lists.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
