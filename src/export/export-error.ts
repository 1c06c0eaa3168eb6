import type { GraphQLError } from 'graphql';
import { type ErrorCode, graphqlError } from '../graph/errors.js';
import type { Message } from '../messages/message.js';

/** A rejected export: the HTTP status and all reasons. */
export class ExportError extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly GraphQLError[],
  ) {
    super(errors.map(({ message }) => message).join(' '));
  }
}

/** Creates an error with one reason. */
export function exportError(status: number, code: ErrorCode, problem: Message): ExportError {
  return new ExportError(status, [graphqlError(code, problem)]);
}
