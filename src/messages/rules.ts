import { AUTHORITY_RULES } from './authority.rules.js';
import { DATE_RULES } from './date.rules.js';
import { EXCHANGE_RULES } from './exchange.rules.js';
import { PARTNERSHIP_RULES } from './partnership.rules.js';
import { RECORD_RULES } from './record.rules.js';
import { TEXT_RULES } from './text.rules.js';
import { VARIABLE_RULES } from './variable.rules.js';

/** A text per language of our own messages. */
export interface Translations {
  readonly en: string;
  readonly nl: string;
  readonly zh: string;
}

/** The definition of a rule: its name in a form, and the message when a value breaks it, with `{parameters}`. */
export interface RuleDefinition {
  readonly label: Translations;
  readonly text: Translations;
}

/** All rules that a message names. One file per kind of value: each spreads into this table. */
export const RULES = {
  ...TEXT_RULES,
  ...VARIABLE_RULES,
  ...DATE_RULES,
  ...RECORD_RULES,
  ...AUTHORITY_RULES,
  ...PARTNERSHIP_RULES,
  ...EXCHANGE_RULES,
} satisfies Record<string, RuleDefinition>;

export type Rule = keyof typeof RULES;

type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The names of the parameters in the English text of a rule. */
export type ParamsOf<R extends Rule> = Placeholders<(typeof RULES)[R]['text']['en']>;
