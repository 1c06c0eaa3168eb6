import { GraphQLError } from 'graphql';
import { type Message, renderMessage } from '../messages/message.js';

/**
 * All error codes in `extensions.code`. Clients branch on them: a code never changes its meaning. This is the only list;
 * every error of ours takes its code from this type.
 */
export type ErrorCode =
  /** The request is no request of GraphQL over HTTP, or lacks something. */
  | 'BAD_REQUEST'
  /** A value breaks a rule that the message names; the same request cannot succeed. */
  | 'BAD_USER_INPUT'
  /** The client of a subscription does not keep up: resume from the cursor. */
  | 'TOO_SLOW'
  /** The database took too long to begin an export: filter more narrowly. */
  | 'EXPORT_TOO_SLOW'
  /** The key, the origin or the route does not permit this. */
  | 'FORBIDDEN'
  /** The document is not GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** The log went back to an earlier state, as after a restore: load a copy again. */
  | 'HISTORY_CHANGED'
  /** The server failed; the message has an id that is also in the log. */
  | 'INTERNAL_SERVER_ERROR'
  /** The cursor is damaged, or belongs to another list, order or filter: start again without it. */
  | 'INVALID_CURSOR'
  /** Nothing is at this path. */
  | 'NOT_FOUND'
  /** `operationName` names no operation of the document, or is missing where the document has several. */
  | 'OPERATION_RESOLUTION_FAILURE'
  /** No document has this id or hash: send its text. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** The document exceeds a limit that `extensions.limit` names. */
  | 'QUERY_TOO_COMPLEX'
  /**
   * The budget is spent, too many sockets are open, or other operations of the client use all database connections that it
   * may use: try again after `Retry-After`.
   */
  | 'RATE_LIMITED'
  /** The database of this instance accepts no writes: a replica, or a role that may only read. */
  | 'READ_ONLY'
  /** The database is unavailable: try again after `Retry-After`. */
  | 'SERVICE_UNAVAILABLE'
  /** All places for exports are taken: try again after `Retry-After`. */
  | 'TOO_MANY_EXPORTS'
  /** More groups than one response can hold: filter, or group by less. */
  | 'TOO_MANY_GROUPS'
  /** More records than a file of this format can hold. */
  | 'TOO_MANY_RECORDS'
  /** More operations on one socket than it may have. */
  | 'TOO_MANY_SUBSCRIPTIONS'
  /** The credential is missing or not valid. */
  | 'UNAUTHENTICATED'
  /** Only trusted documents may be executed. */
  | 'UNTRUSTED_DOCUMENT';

/** Returns the English text of a problem, and what `extensions` need to render it in the language of the client. */
export function describeProblem(problem: Message | string): { text: string; rule?: Message } {
  return typeof problem === 'string' ? { text: problem } : { text: renderMessage(problem, 'en'), rule: problem };
}

/** Creates an error that is meant for the client. */
export function graphqlError(
  code: ErrorCode,
  problem: Message | string,
  extensions: Record<string, unknown> = {},
): GraphQLError {
  const { text, rule } = describeProblem(problem);
  return new GraphQLError(text, { extensions: { code, ...rule, ...extensions } });
}

/** The codes of mistakes in the arguments of a field. */
export type InputCode = Extract<ErrorCode, 'BAD_USER_INPUT' | 'INVALID_CURSOR' | 'TOO_MANY_GROUPS'>;

/** Input that breaks a rule. The message contains the rule, its limit and the value. */
export class InputError extends GraphQLError {
  constructor(problem: Message | string, code: InputCode = 'BAD_USER_INPUT') {
    const { text, rule } = describeProblem(problem);
    super(text, { extensions: { code, ...rule } });
  }
}

/** Returns a value as JSON of at most 60 characters, for messages and log lines. */
export function abbreviate(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}… (${text.length} characters)` : text;
}
