import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../../graph/errors.js';
import { DatabaseUnavailableError, isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import type { Logger } from '../observability/logger.js';
import { recordError } from '../observability/operation-context.js';

/**
 * Converts any error to the form that clients see, and records its code. Errors with a code are meant for the client. All
 * others are replaced by an id that is also logged: the message of a database driver can contain SQL, names or addresses.
 *
 * @param formatted The error as JSON, if another formatter has been applied already.
 */
export function toGraphqlError(
  error: unknown,
  logger: Logger,
  formatted: GraphQLFormattedError = formatError(error),
): GraphQLFormattedError {
  const masked = maskError(error, logger, formatted);
  recordError(String(masked.extensions?.code));
  return masked;
}

/** Formats an error without `extensions.http`, in which Apollo Server reads the status of the response. */
export function formatError(error: unknown): GraphQLFormattedError {
  if (!(error instanceof GraphQLError)) return { message: '' };
  const formatted = error.toJSON();
  if (formatted.extensions?.http === undefined) return formatted;
  const { http: _, ...extensions } = formatted.extensions;
  return { ...formatted, extensions };
}

function maskError(error: unknown, logger: Logger, formatted: GraphQLFormattedError): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const code = formatted.extensions?.code;
  // graphql-js adds this error after the last one of variables, with neither code nor path.
  if (original instanceof GraphQLError && original.message.startsWith('Too many errors processing variables')) {
    return { ...formatted, extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode } };
  }
  const isClientError = original instanceof GraphQLError && code !== undefined && code !== 'INTERNAL_SERVER_ERROR';
  if (isClientError) return formatted;
  const place = {
    ...(formatted.path && { path: formatted.path }),
    ...(formatted.locations && { locations: formatted.locations }),
  };
  if (isDatabaseUnavailable(original)) {
    logDatabaseUnavailable(logger, original);
    const { message, extensions } = new DatabaseUnavailableError();
    return { message, ...place, extensions: { code: extensions.code } };
  }
  const id = randomUUID();
  logger(`error ${id}`, original);
  return {
    message: `The server failed to answer; report this id: ${id}.`,
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR' satisfies ErrorCode, id },
  };
}

/** Limits the log lines of an outage, which affects every request. */
const OUTAGE_LOG_INTERVAL_MS = 1_000;
let lastOutageLog = Number.NEGATIVE_INFINITY;

/** Logs that the database is unavailable, once per interval. */
export function logDatabaseUnavailable(logger: Logger, error: unknown): void {
  const now = performance.now();
  if (now - lastOutageLog < OUTAGE_LOG_INTERVAL_MS) return;
  lastOutageLog = now;
  logger('the database cannot answer now', error);
}
