import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
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
  // Texts of graphql-js have no full stop.
  return new GraphQLError(`${place}: ${message.replace(/\.?$/, '.')}`, { extensions: { ...extensions, code } });
}

/** Returns a value as JSON of at most 60 characters, for messages and log lines. */
export function abbreviate(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}… (${text.length} characters)` : text;
}
