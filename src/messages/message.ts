import { findFieldLabel } from './field-labels.js';
import { type ParamsOf, RULES, type Rule } from './rules.js';

/** The languages of our own messages, in the order of preference. */
export const MESSAGE_LANGUAGES = ['en', 'nl', 'zh'] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

export type MessageParam = string | number;
export type MessageParams = Readonly<Record<string, MessageParam>>;

/** A rule that a value breaks, and what the text names: the limit, the value, the field. */
export interface Message {
  rule: Rule;
  params: MessageParams;
}

/**
 * Creates a message; a parameter that the texts of the rule name and that is missing here does not compile. Others are for
 * programs, such as the enum that a form looks up.
 */
export function message<R extends Rule>(
  rule: R,
  params: Readonly<Record<ParamsOf<R>, MessageParam>> & MessageParams,
): Message {
  return { rule, params };
}

/** Matches a text that ends as a sentence does. */
const SENTENCE_END = /[.?!。？！]$/;

/** Ends a text, which may be that of a library, with a full stop, unless it ends as a sentence does. */
export const withFullStop = (text: string): string => (SENTENCE_END.test(text) ? text : `${text}.`);

/**
 * Renders a message in a language. A parameter called `field` is the name of a field as the schema spells it: Dutch and
 * Chinese texts show its label, if it has one. A parameter that ends as a sentence does needs no full stop behind it.
 */
export function renderMessage({ rule, params }: Message, language: MessageLanguage): string {
  const template = RULES[rule].text[language];
  const text = template.replace(/\{(\w+)\}([.。]?)/g, (placeholder, name: string, stop: string) => {
    const value = params[name];
    if (value === undefined) return placeholder;
    const label = name === 'field' && language !== 'en' ? labelOf(String(value), language) : undefined;
    const shown = label ?? String(value);
    return SENTENCE_END.test(shown) ? shown : shown + stop;
  });
  // A label begins a Dutch sentence with a capital; a name without a label, as of a column of a file, has its own spelling.
  const isLabelFirst = template.startsWith('{field}') && labelOf(String(params.field), 'nl') !== undefined;
  return language === 'nl' && isLabelFirst ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Returns the label of a field, if it has one, regardless of the place in a list: `themes.1` is called as `themes`. */
function labelOf(field: string, language: 'nl' | 'zh'): string | undefined {
  return findFieldLabel(field.replace(/\.\d+(?=\.|$)/g, ''), language);
}

/**
 * Returns how a message names the value at a path of the arguments: `names.zh` for `["input", "names", "zh"]`,
 * `filter.activeOn` for `["filter", "activeOn"]`.
 */
export function fieldOf(path: readonly string[]): string {
  return (path.length > 1 && path[0] === 'input' ? path.slice(1) : path).join('.');
}
