import { GraphQLError } from 'graphql';

/** Codes a client may branch on; they stand in `extensions.code` and never change their meaning. */
export type InputCode =
  /** A value breaks a rule the message names; sending the same again cannot help. */
  | 'BAD_USER_INPUT'
  /** The cursor is damaged, or of another list, order or filter: start again without it. */
  | 'INVALID_CURSOR'
  /** More groups than one answer may hold: filter, or group by less. */
  | 'TOO_MANY_GROUPS';

/** A refusal the client can act on: its message names the rule, the rule's bound and what came. */
export class InputError extends GraphQLError {
  constructor(message: string, code: InputCode = 'BAD_USER_INPUT') {
    super(message, { extensions: { code } });
  }
}

/** What came, short enough for a message and safe in a log line: JSON, cut at 60 characters. */
export function abbreviate(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}… (${text.length} characters)` : text;
}
