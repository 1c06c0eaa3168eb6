import type { IncomingMessage } from 'node:http';
import type { Identity } from '../../access/identity.js';

/**
 * Whether a request is to be answered with the time that each field took, in `extensions.ftv1`: a router asks for it by
 * a header and shows the secret. Whoever else sends the header gets the answer without.
 */
export function requestsFederatedTrace({ headers }: IncomingMessage, { fromRouter }: Identity): boolean {
  return fromRouter === true && headers['apollo-federation-include-trace'] === 'ftv1';
}
