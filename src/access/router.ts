import { type ConfiguredSecret, sameSecret } from './key.js';

/** The header with the router secret, on every transport. `Authorization` carries the client's key. */
export const ROUTER_HEADER = 'router-authorization';

/** Returns the router header of a request. */
export function routerHeader(headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
  const value = headers[ROUTER_HEADER];
  return typeof value === 'string' ? value : undefined;
}

/** Returns true if a request carries the router secret. Without a configured secret no request counts as a router's. */
export function isRouter(secret: ConfiguredSecret | undefined, header: string | undefined): boolean {
  return secret !== undefined && header !== undefined && sameSecret(header, secret);
}
