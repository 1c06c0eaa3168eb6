import { GraphQLError } from 'graphql';

/**
 * Keeps the process alive when graphql-js 16 drops a rejection: if an item of a list throws synchronously, nobody handles
 * those of the items before it, which Node.js takes for a fatal error. The response already has the error, so nothing is
 * logged. Any other unhandled rejection still ends the process.
 *
 * One way there is an operation without a plan, such as one that gives null for the variable of an `@include`.
 */
export function ignoreOrphanedErrors(): void {
  process.on('unhandledRejection', reason => {
    if (!(reason instanceof GraphQLError)) throw reason;
  });
}
