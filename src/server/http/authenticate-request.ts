import type { IncomingMessage } from 'node:http';
import type { Authenticator } from '../../access/authenticate.js';
import { AccessError, ANONYMOUS } from '../../access/identity.js';
import { routerHeader } from '../../access/router.js';
import type { AdmissionControl } from '../../limits/admission.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import type { ClientAddressResolver } from './client-address.js';

/** What a key that opens nothing takes out of the budget of its address, in points: guessing is slow. */
const INVALID_KEY_COST = 100;

interface RequestAuthenticationDeps {
  authenticator: Authenticator;
  admissionControl: AdmissionControl;
  clientAddress: ClientAddressResolver;
}

/**
 * Who sends a request, and from where.
 *
 * @param authorization Where it does not stand in the header.
 * @throws AccessError for a key that opens nothing, RateError for the one too many from an address.
 */
export function authenticateRequest(
  service: RequestAuthenticationDeps,
  request: IncomingMessage,
  authorization = request.headers.authorization,
): RateLimitSubject | Promise<RateLimitSubject> {
  const address = service.clientAddress(request);
  const router = routerHeader(request.headers);
  if (authorization === undefined && router === undefined) return { identity: ANONYMOUS, address };
  return authenticateWithCredentials(service, address, authorization, router);
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
    if (error instanceof AccessError)
      await admissionControl.chargeRejected({ identity: ANONYMOUS, address }, INVALID_KEY_COST);
    throw error;
  }
}
