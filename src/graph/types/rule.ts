import { RULES, type Rule as RuleName } from '../../messages/rules.js';
import { codeList } from './code-list.js';

const rules = Object.entries(RULES) as [RuleName, (typeof RULES)[RuleName]][];

/** The rules of all messages, as an enum of the schema. */
export const Rule = Object.fromEntries(rules.map(([name]) => [name, name])) as { [R in RuleName]: R };

codeList(
  'Rule',
  Rule,
  'Rule that a value or a request breaks. The description of each value is the English message, with the names of its parameters in braces. New rules may be added.',
  Object.fromEntries(
    rules.map(([name, { label, text }]) => [name, [text.en, label.nl, label.en, label.zh]] as const),
  ) as Record<RuleName, readonly [string, string, string, string]>,
);
