import type { IncomingMessage } from 'node:http';
import { AccessError, ANONYMOUS } from '../access/identity.js';
import { routerHeader } from '../access/router.js';
import type { Payer } from '../limits/rate.js';
import type { Service } from './service.js';

/** What a key that opens nothing takes out of the budget of its address, in points: guessing is slow. */
const WRONG_KEY = 100;

type AskerSource = Pick<Service, 'authenticator' | 'admissions' | 'addressOf'>;

/**
 * Who sends a request, and from where.
 *
 * @param authorization Where it does not stand in the header.
 * @throws AccessError for a key that opens nothing, RateError for the one too many from an address.
 */
export function askerOf(
  service: AskerSource,
  request: IncomingMessage,
  authorization = request.headers.authorization,
): Payer | Promise<Payer> {
  const address = service.addressOf(request);
  const router = routerHeader(request.headers);
  if (authorization === undefined && router === undefined) return { identity: ANONYMOUS, address };
  return identified(service, address, authorization, router);
}

async function identified(
  { authenticator, admissions }: AskerSource,
  address: string,
  authorization: string | undefined,
  router: string | undefined,
): Promise<Payer> {
  try {
    return { identity: await authenticator.identify(authorization, router), address };
  } catch (error) {
    if (error instanceof AccessError) await admissions.refused({ identity: ANONYMOUS, address }, WRONG_KEY);
    throw error;
  }
}
