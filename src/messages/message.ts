import { labelOfCode } from './code-labels.js';
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
 * Chinese texts show its label, if it has one, as they do of a value which is a code of the list `type`. One called `place`
 * is a place in a file, whose words they translate. A parameter that ends as a sentence does needs no full stop behind it.
 */
export function renderMessage({ rule, params }: Message, language: MessageLanguage): string {
  const template = RULES[rule].text[language];
  const text = template.replace(/\{(\w+)\}([.。]?)/g, (placeholder, name: string, stop: string) => {
    const value = params[name];
    if (value === undefined) return placeholder;
    const label = language === 'en' ? undefined : labelOfParam(name, params, language);
    const shown = label ?? String(value);
    return SENTENCE_END.test(shown) ? shown : shown + stop;
  });
  if (language !== 'nl') return text;
  // A label begins a Dutch sentence with a capital; a name without a label, as of a column of a file, has its own spelling.
  const first = /^\{(\w+)\}/.exec(template)?.[1] ?? '';
  const isLabelFirst = LABELS[first]?.(String(params[first]), 'nl') !== undefined;
  return isLabelFirst ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Returns the label of a parameter, if it has one; that of a value which is a code is in the list that `type` names. */
function labelOfParam(name: string, params: MessageParams, language: 'nl' | 'zh'): string | undefined {
  const value = String(params[name]);
  return name === 'value' ? labelOfCode(params.type, value, language) : LABELS[name]?.(value, language);
}

/** Labels of parameters by the name of the parameter; undefined for a value that is shown as it is. */
const LABELS: Readonly<Record<string, (value: string, language: 'nl' | 'zh') => string | undefined>> = {
  field: labelOf,
  place: placeIn,
};

/** Returns the label of a field, if it has one, regardless of the place in a list: `themes.1` is called as `themes`. */
function labelOf(field: string, language: 'nl' | 'zh'): string | undefined {
  return findFieldLabel(field.replace(/\.\d+(?=\.|$)/g, ''), language);
}

/** Translates a place that a file was read at, such as `row 7` or `sheet Ties, row 7`; another place is a name. */
function placeIn(place: string, language: 'nl' | 'zh'): string | undefined {
  const [isPlace, sheet, row] = /^(?:sheet (.+), )?(?:row|line) (\d+)$/.exec(place) ?? [];
  if (isPlace === undefined) return undefined;
  if (language === 'nl') return `${sheet === undefined ? '' : `blad ${sheet}, `}regel ${row}`;
  return `${sheet === undefined ? '' : `工作表 ${sheet} `}第 ${row} 行`;
}

/**
 * Returns how a message names the value at a path of the arguments: `names.zh` for `["input", "names", "zh"]`,
 * `filter.activeOn` for `["filter", "activeOn"]`.
 */
export function fieldOf(path: readonly string[]): string {
  return (path.length > 1 && path[0] === 'input' ? path.slice(1) : path).join('.');
}
