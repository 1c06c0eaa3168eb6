import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import type { ERROR_CODES } from '../messages/error-codes.js';
import { type Message, renderMessage, withFullStop } from '../messages/message.js';

/** A code in `extensions.code`. Clients branch on it. */
export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * An error that is meant for the client. Its text is English; `extensions` have the rule and its parameters, by which it is
 * rendered in the language of the client when it is sent.
 */
export class ClientError extends GraphQLError {
  /** @param options The nodes of the document that the error is about. */
  constructor(
    code: ErrorCode,
    problem: Message,
    extensions: Record<string, unknown> = {},
    options: Pick<GraphQLErrorOptions, 'nodes'> = {},
  ) {
    super(renderMessage(problem, 'en'), { ...options, extensions: { code, ...problem, ...extensions } });
  }
}

/** Creates an error that is meant for the client. */
export function graphqlError(code: ErrorCode, problem: Message, extensions: Record<string, unknown> = {}): ClientError {
  return new ClientError(code, problem, extensions);
}

/** The codes of mistakes in the arguments of a field. */
export type InputCode = Extract<ErrorCode, 'BAD_USER_INPUT' | 'INVALID_CURSOR' | 'TOO_MANY_GROUPS'>;

/** Input that breaks a rule. The message contains the rule, its limit and the value. */
export class InputError extends ClientError {
  constructor(problem: Message, code: InputCode = 'BAD_USER_INPUT') {
    super(code, problem);
  }
}

/**
 * Returns the error of a value with the place of the value before its text: `filter.startedOn.eq: …`. The text may be of a
 * scalar of a library, which has no rule.
 */
export function errorAt(place: string, { message, extensions }: GraphQLError): GraphQLError {
  const code: ErrorCode = 'BAD_USER_INPUT';
  // Texts of graphql-js have no full stop, but may end with a question.
  return new GraphQLError(`${place}: ${withFullStop(message)}`, { extensions: { ...extensions, code } });
}

/** Cuts a text to a length. Replaces the half of a character of two units at its end, which the database cannot store. */
export const truncate = (text: string, length: number): string => text.slice(0, length).toWellFormed();

/** Returns a value as JSON of at most 60 characters, for messages and log lines. */
export function abbreviate(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${truncate(text, 57)}… (${text.length} characters)` : text;
}
