import type { GraphQLFormattedError } from 'graphql';
import { type Message, type MessageLanguage, renderMessage } from '../../messages/message.js';
import { RULES } from '../../messages/rules.js';

/**
 * Translates the message of an error, if it is one of ours. A text of graphql-js or Apollo Server, and the place before one
 * of ours (`Variable "$date" got invalid value "2050-13"; …`), stay English.
 */
export function localizeError(error: GraphQLFormattedError, language: MessageLanguage): GraphQLFormattedError {
  const problem = language === 'en' ? undefined : problemOf(error);
  if (!problem) return error;
  const english = renderMessage(problem, 'en');
  if (!error.message.endsWith(english)) return error;
  const place = error.message.slice(0, error.message.length - english.length);
  return { ...error, message: place + renderMessage(problem, language) };
}

/** Returns the rule and the parameters in the extensions of an error. */
function problemOf({ extensions }: GraphQLFormattedError): Message | undefined {
  const { rule, params } = (extensions ?? {}) as Partial<Message>;
  return rule !== undefined && Object.hasOwn(RULES, rule) ? { rule, params: params ?? {} } : undefined;
}

/** Translates the errors of a result. Returns a result without errors as it is. */
export function localizeResult<Result extends { errors?: readonly GraphQLFormattedError[] | undefined }>(
  result: Result,
  language: MessageLanguage,
): Result {
  if (language === 'en' || !result.errors) return result;
  return { ...result, errors: result.errors.map(error => localizeError(error, language)) };
}

/** Returns the value of `Content-Language` for errors that were translated: `nl`, or `nl, en` with texts of libraries. */
export function contentLanguage(errors: readonly GraphQLFormattedError[], language: MessageLanguage): string {
  return [...new Set(errors.map(error => (problemOf(error) ? language : 'en')))].join(', ');
}

/** The first bytes of a result with errors, which precede its data on every transport. */
const ERRORS_FIRST = '{"errors":';

/** Returns whether a result as JSON has errors. */
export const hasErrors = (json: string): boolean => json.startsWith(ERRORS_FIRST);

/** Translates the errors of an event, whose JSON all subscribers share. An event without errors is not parsed. */
export function localizeEvent(json: Buffer, language: MessageLanguage): Buffer {
  if (language === 'en' || !hasErrors(json.toString('latin1', 0, ERRORS_FIRST.length))) return json;
  return Buffer.from(JSON.stringify(localizeResult(JSON.parse(json.toString()), language)));
}
