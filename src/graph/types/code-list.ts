import { describedEnum } from './enum.js';

/** A value of a code list, with its label in each language. */
export interface Code {
  value: string;
  description: string;
  labels: { nl: string; en: string; zh: string };
}

/** An enum that people read: its values have labels. */
export interface CodeList {
  /** The name of the GraphQL enum. */
  name: string;
  description: string;
  codes: Code[];
}

/** The description of a value, and its labels in Dutch, English and Chinese. */
type CodeLabels = readonly [description: string, nl: string, en: string, zh: string];

const lists = new Map<string, CodeList>();

/**
 * Registers an enum that people read, with its description, and a description and three labels per value; a value without
 * them does not compile. Enums for programs only are registered by `describedEnum`.
 */
export function codeList<V extends string>(
  name: string,
  values: Record<string, V>,
  description: string,
  labels: Record<V, CodeLabels>,
): void {
  const codes = registerCodes(name, description, labels);
  const descriptions = Object.fromEntries(codes.map(code => [code.value, code.description]));
  describedEnum(name, values, description, descriptions as Record<V, string>);
}

/** Registers a list whose enum is not in the schema, and returns its values. */
export function registerCodes(name: string, description: string, labels: Record<string, CodeLabels>): Code[] {
  const codes = Object.entries<CodeLabels>(labels).map(([value, [meaning, nl, en, zh]]) => ({
    value,
    description: meaning,
    labels: { nl, en, zh },
  }));
  lists.set(name, { name, description, codes });
  return codes;
}

/** Returns all code lists, sorted by name. */
export function codeLists(): CodeList[] {
  return [...lists.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
