import type { IncomingMessage } from 'node:http';
import type { Identity } from '../../access/identity.js';

/**
 * Checks whether the response must have the duration of each field, in `extensions.ftv1`: a router requests it by this
 * header. The header is ignored from all other clients.
 */
export function requestsFederatedTrace({ headers }: IncomingMessage, { fromRouter }: Identity): boolean {
  return fromRouter === true && headers['apollo-federation-include-trace'] === 'ftv1';
}
