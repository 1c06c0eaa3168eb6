import { labelCodes } from '../../messages/code-labels.js';
import { CODE_LIST_LABELS } from '../../messages/code-list-labels.js';
import { describedEnum } from './enum.js';

/** A value of a code list, with its label in each language. */
export interface Code {
  value: string;
  description: string;
  labels: { nl: string; en: string; zh: string };
}

/** An enum that people read, or another list of values: it has labels, as its values have. */
export interface CodeList extends Omit<Code, 'value'> {
  /** The name of the GraphQL enum, or of the list. */
  name: string;
  codes: Code[];
}

/** The description of a value, and its labels in Dutch, English and Chinese. */
export type CodeLabels = readonly [description: string, nl: string, en: string, zh: string];

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
  labelList(name, description, labels);
  const descriptions = Object.fromEntries(Object.entries<CodeLabels>(labels).map(([value, [text]]) => [value, text]));
  describedEnum(name, values, description, descriptions as Record<V, string>);
}

/**
 * Registers a list of values that people read.
 *
 * @throws Error for a list without labels of its own in `messages/code-list-labels.ts`: it stops the start.
 */
export function labelList(name: string, description: string, codes: Readonly<Record<string, CodeLabels>>): void {
  const [nl, en, zh] = CODE_LIST_LABELS[name] ?? [];
  if (!nl || !en || !zh) throw new Error(`The code list ${name} has no labels in messages/code-list-labels.ts.`);
  const labelled = Object.entries(codes).map(([value, [meaning, ...label]]) => ({
    value,
    description: meaning,
    labels: { nl: label[0], en: label[1], zh: label[2] },
  }));
  lists.set(name, { name, description, labels: { nl, en, zh }, codes: labelled });
  labelCodes(name, Object.fromEntries(labelled.map(({ value, labels }) => [value, labels])));
}

/** Returns a code list by its name. */
export function codeListNamed(name: string): CodeList | undefined {
  return lists.get(name);
}

/** Returns all code lists, sorted by name. */
export function codeLists(): CodeList[] {
  return [...lists.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
