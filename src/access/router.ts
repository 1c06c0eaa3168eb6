import { sameSecret } from './key.js';

/** What a router shows the secret in, in a request of any transport; `Authorization` carries the key of its client. */
const HEADER = 'router-authorization';

/** What a request shows as a router. */
export function routerHeader(headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
  const given = headers[HEADER];
  return typeof given === 'string' ? given : undefined;
}

/** Whether that is the secret; without one nobody is known to be a router. */
export function isRouter(secret: string | undefined, given: string | undefined): boolean {
  return secret !== undefined && given !== undefined && sameSecret(given, secret);
}

/** What a refusal says. */
export const ROUTERS_ONLY = `answers to routers that show the secret of this server in the header ${HEADER}`;
