import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Where what clients may not see is written to. */
export type Log = (message: string, error?: unknown) => void;

/**
 * Shows an error when it was meant for the client, and hides every other behind an id that is also in the log: a
 * message from a driver may hold SQL, names or addresses.
 */
export function maskErrors(log: Log) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    const code = formatted.extensions?.code;
    // The last of too many errors of variables: graphql-js gives it neither a code nor a place.
    if (original instanceof GraphQLError && original.message.startsWith('Too many errors processing variables')) {
      return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
    }
    const meant = original instanceof GraphQLError && code !== undefined && code !== 'INTERNAL_SERVER_ERROR';
    if (meant) return formatted;
    const id = randomUUID();
    log(`error ${id}`, original);
    return {
      message: `The server failed to answer; report this id: ${id}.`,
      ...(formatted.path && { path: formatted.path }),
      ...(formatted.locations && { locations: formatted.locations }),
      extensions: { code: 'INTERNAL_SERVER_ERROR', id },
    };
  };
}
