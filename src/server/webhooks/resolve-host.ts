import { Resolver } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { isLocalhost, isPermittedAddress, type WebhookTargets } from '../../webhook/address.js';

/** Returns the addresses of a host. Rejects if it has none. */
export type ResolveHost = (host: string) => Promise<string[]>;

const LOOPBACK = ['127.0.0.1', '::1'];
const DNS_TIMEOUT_MS = 3_000;

/** Asks DNS without a thread: `dns.lookup` would share four with files and compression, and a slow name server takes them all. */
const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 2 });

export const resolveHost: ResolveHost = async host => {
  if (isLocalhost(host)) return LOOPBACK;
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length === 0) throw new Error(`${host} has no address.`);
  return addresses;
};

/** A host all of whose addresses are forbidden. */
export class ForbiddenAddressError extends Error {}

/**
 * Returns the look-up of a connection: the socket connects to the addresses that were checked, and to no others. A look-up
 * beforehand would prove nothing, because a name may have another address at the next one.
 */
export const permittedLookup =
  (protocol: string, targets: WebhookTargets, resolve: ResolveHost): LookupFunction =>
  (host, options, done) => {
    resolve(host).then(
      all => {
        const permitted = all
          .filter(address => isPermittedAddress(address, protocol, targets))
          .map(address => ({ address, family: address.includes(':') ? 6 : 4 }));
        const [first] = permitted;
        if (!first) done(new ForbiddenAddressError(`${host} has no public address.`), '');
        else if (options.all) done(null, permitted);
        else done(null, first.address, first.family);
      },
      error => done(error, ''),
    );
  };
