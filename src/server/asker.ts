import type { IncomingMessage } from 'node:http';
import { AccessError, ANONYMOUS } from '../access/identity.js';
import { routerHeader } from '../access/router.js';
import type { Payer } from '../limits/rate.js';
import type { Service } from './service.js';

/** What a key that opens nothing takes out of the budget of its address, in points: guessing is slow. */
const WRONG_KEY = 100;

/**
 * Who sends a request, and from where.
 *
 * @param authorization Where it does not stand in the header.
 * @throws AccessError for a key that opens nothing, RateError for the one too many from an address.
 */
export async function askerOf(
  { authenticator, admissions, addressOf }: Pick<Service, 'authenticator' | 'admissions' | 'addressOf'>,
  request: IncomingMessage,
  authorization = request.headers.authorization,
): Promise<Payer> {
  const address = addressOf(request);
  try {
    return { identity: await authenticator.identify(authorization, routerHeader(request.headers)), address };
  } catch (error) {
    if (error instanceof AccessError) await admissions.refused({ identity: ANONYMOUS, address }, WRONG_KEY);
    throw error;
  }
}
