import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../graph/errors.js';

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
export function exportError(status: number, code: ErrorCode, message: string): ExportError {
  return new ExportError(status, [new GraphQLError(message, { extensions: { code } })]);
}
