import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError, isValueNode } from 'graphql';
import { type ErrorCode, graphqlError } from '../../graph/errors.js';
import { isValueError, sqlStateOf } from '../../graph/sql/sql-state.js';
import { DatabaseUnavailableError, isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import { message } from '../../messages/message.js';
import type { Logger } from '../observability/logger.js';
import { oncePer } from '../observability/once-per.js';
import { recordError } from '../observability/operation-context.js';

/**
 * Converts any error to the form that clients see, and records its code. Errors with a code are meant for the client, and
 * so are those in which graphql-js and Apollo Server report a mistake of the request. All others are replaced by an id that
 * is also logged: the message of a database driver can contain SQL, names or addresses.
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
  if (original instanceof GraphQLError) {
    if (code !== undefined && code !== 'INTERNAL_SERVER_ERROR') return formatted;
    const clientCode = clientCodeOf(original);
    if (clientCode) return { ...formatted, extensions: { code: clientCode } };
  }
  const replacement = replacementOf(original, logger);
  return {
    message: replacement.message,
    ...(formatted.path && { path: formatted.path }),
    ...(formatted.locations && { locations: formatted.locations }),
    extensions: replacement.extensions,
  };
}

/** Logs an error that is not meant for the client, and returns the one that the client gets instead. */
function replacementOf(original: unknown, logger: Logger): GraphQLError {
  if (isDatabaseUnavailable(original)) {
    logDatabaseUnavailable(logger, original);
    return new DatabaseUnavailableError();
  }
  if (isValueError(original)) {
    logger('the database refused a value of a request', original);
    return graphqlError('BAD_USER_INPUT', message('VALUE_REFUSED', { sqlState: sqlStateOf(original) ?? '' }));
  }
  const id = randomUUID();
  logger(`error ${id}`, original);
  return graphqlError('INTERNAL_SERVER_ERROR', message('SERVER_FAILED', { id }), { id });
}

/** Returns the code of an error without one that a library throws for a mistake of the request. */
function clientCodeOf({ nodes, message, extensions }: GraphQLError): ErrorCode | undefined {
  // graphql-js adds this error after the last one of variables, with neither code nor path.
  if (message.startsWith('Too many errors processing variables')) return 'BAD_USER_INPUT';
  // graphql-js reports a value that it cannot coerce at the node of the value, and all other errors at fields.
  if (nodes?.length && nodes.every(isValueNode)) return 'BAD_USER_INPUT';
  // Apollo Server refuses persisted queries with a wrong hash or version without a code.
  const { status } = (extensions.http ?? {}) as { status?: number };
  return status !== undefined && status >= 400 && status < 500 ? 'BAD_REQUEST' : undefined;
}

/** Limits the log lines of an outage, which affects every request. */
const OUTAGE_LOG_INTERVAL_MS = 1_000;
const isOutageLogDue = oncePer(OUTAGE_LOG_INTERVAL_MS);

/** Logs that the database is unavailable, once per interval. */
export function logDatabaseUnavailable(logger: Logger, error: unknown): void {
  if (isOutageLogDue()) logger('the database cannot answer now', error);
}
