import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DatabaseUnavailableError, isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import type { Logger } from '../observability/logger.js';
import { recordError } from '../observability/operation-context.js';

/**
 * Shows an error when it was meant for the client, and hides every other behind an id that is also in the log: a
 * message from a driver may hold SQL, names or addresses.
 */
export function maskErrors(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const shown = maskError(formatted, error, log);
    recordError(String(shown.extensions?.code));
    return shown;
  };
}

function maskError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const code = formatted.extensions?.code;
  // The last of too many errors of variables: graphql-js gives it neither a code nor a place.
  if (original instanceof GraphQLError && original.message.startsWith('Too many errors processing variables')) {
    return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
  }
  const isClientError = original instanceof GraphQLError && code !== undefined && code !== 'INTERNAL_SERVER_ERROR';
  if (isClientError) return formatted;
  const place = {
    ...(formatted.path && { path: formatted.path }),
    ...(formatted.locations && { locations: formatted.locations }),
  };
  if (isDatabaseUnavailable(original)) {
    logDatabaseUnavailable(log, original);
    const { message, extensions } = new DatabaseUnavailableError();
    return { message, ...place, extensions: { code: extensions.code } };
  }
  const id = randomUUID();
  log(`error ${id}`, original);
  return {
    message: `The server failed to answer; report this id: ${id}.`,
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', id },
  };
}

/** Of an outage one line a second tells as much as one a request. */
const OUTAGE_LOG_INTERVAL_MS = 1_000;
let lastOutageLog = Number.NEGATIVE_INFINITY;

/** Logs that the database cannot answer. */
export function logDatabaseUnavailable(log: Logger, error: unknown): void {
  const now = performance.now();
  if (now - lastOutageLog < OUTAGE_LOG_INTERVAL_MS) return;
  lastOutageLog = now;
  log('the database cannot answer now', error);
}
