import { GraphQLError } from 'graphql';

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
export function exportError(status: number, code: string, message: string): ExportError {
  return new ExportError(status, [new GraphQLError(message, { extensions: { code } })]);
}
