import { GraphQLError } from 'graphql';

/** The error codes of invalid input, in `extensions.code`. Clients may branch on them: their meaning never changes. */
export type InputCode =
  /** A value breaks the rule in the message; a retry fails again. */
  | 'BAD_USER_INPUT'
  /** The cursor is damaged, or belongs to another list, order or filter. */
  | 'INVALID_CURSOR'
  /** The result has more groups than a response may contain. */
  | 'TOO_MANY_GROUPS';

/** Input that breaks a rule. The message contains the rule, its limit and the value. */
export class InputError extends GraphQLError {
  constructor(message: string, code: InputCode = 'BAD_USER_INPUT') {
    super(message, { extensions: { code } });
  }
}

/** Returns a value as JSON of at most 60 characters, for messages and log lines. */
export function abbreviate(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}… (${text.length} characters)` : text;
}
