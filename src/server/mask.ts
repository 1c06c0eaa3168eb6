import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isAway, UnavailableError } from '../graph/away.js';
import type { Log } from './log.js';
import { noteError } from './observe.js';

export type { Log } from './log.js';

/**
 * Shows an error when it was meant for the client, and hides every other behind an id that is also in the log: a
 * message from a driver may hold SQL, names or addresses.
 */
export function maskErrors(log: Log) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const shown = masked(formatted, error, log);
    noteError(String(shown.extensions?.code));
    return shown;
  };
}

function masked(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const code = formatted.extensions?.code;
  // The last of too many errors of variables: graphql-js gives it neither a code nor a place.
  if (original instanceof GraphQLError && original.message.startsWith('Too many errors processing variables')) {
    return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
  }
  const meant = original instanceof GraphQLError && code !== undefined && code !== 'INTERNAL_SERVER_ERROR';
  if (meant) return formatted;
  const place = {
    ...(formatted.path && { path: formatted.path }),
    ...(formatted.locations && { locations: formatted.locations }),
  };
  if (isAway(original)) {
    logAway(log, original);
    const { message, extensions } = new UnavailableError();
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
const AWAY_LOGGED = 1_000;
let lastLogged = Number.NEGATIVE_INFINITY;

/** Logs that the database cannot answer. */
export function logAway(log: Log, error: unknown): void {
  const now = performance.now();
  if (now - lastLogged < AWAY_LOGGED) return;
  lastLogged = now;
  log('the database cannot answer now', error);
}
