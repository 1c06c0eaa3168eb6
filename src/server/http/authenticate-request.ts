import type { IncomingMessage } from 'node:http';
import type { Authenticator } from '../../access/authenticate.js';
import { AccessError, ANONYMOUS } from '../../access/identity.js';
import { routerHeader } from '../../access/router.js';
import type { AdmissionControl } from '../../limits/admission.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import type { ClientAddressResolver } from './client-address.js';

/** Points that an invalid key consumes from the budget of its address. Limits the guessing of keys. */
const INVALID_KEY_COST = 100;

interface RequestAuthenticationDeps {
  authenticator: Authenticator;
  admissionControl: AdmissionControl;
  clientAddress: ClientAddressResolver;
}

/**
 * Returns the identity and the address of the sender of a request. Synchronous without credentials, as most requests
 * are: the cache answers these without a promise.
 *
 * @param authorization Replaces the header, for WebSockets that send it in `connection_init`.
 * @throws AccessError for an invalid key or token, with the budget that it was charged to (see `refusalHeaders`);
 *   RateLimitError after too many invalid ones from an address.
 */
export function authenticateRequest(
  deps: RequestAuthenticationDeps,
  request: IncomingMessage,
  authorization = request.headers.authorization,
): RateLimitSubject | Promise<RateLimitSubject> {
  const address = deps.clientAddress(request);
  const router = routerHeader(request.headers);
  if (!authorization && router === undefined) return { identity: ANONYMOUS, address };
  return authenticateWithCredentials(deps, address, authorization, router);
}

async function authenticateWithCredentials(
  { authenticator, admissionControl }: RequestAuthenticationDeps,
  address: string,
  authorization: string | undefined,
  router: string | undefined,
): Promise<RateLimitSubject> {
  try {
    return { identity: await authenticator.identify(authorization, router), address };
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    const budget = await admissionControl.chargeRejected({ identity: ANONYMOUS, address }, INVALID_KEY_COST);
    throw Object.assign(error, { budget });
  }
}
