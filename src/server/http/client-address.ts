import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Where a request comes from. */
export type ClientAddressResolver = (request: IncomingMessage) => string;

/**
 * The address of a client: that of its connection, or the last one in `X-Forwarded-For` that no trusted proxy added.
 * What a client itself writes into the header stands further left, and is never read.
 *
 * @param trusted Addresses and networks of proxies, such as `10.0.0.0/8`.
 */
export function addressReader(trusted: readonly string[]): ClientAddressResolver {
  const proxies = new BlockList();
  for (const network of trusted) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = (address: string) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  return ({ socket, headers }) => {
    let address = withoutIpv4Mapping(socket.remoteAddress ?? '');
    const forwarded = headers['x-forwarded-for'];
    if (!trusted.length || forwarded === undefined) return address;
    const steps = String(forwarded).split(',');
    while (steps.length && isTrusted(address)) {
      const before = withoutIpv4Mapping((steps.pop() ?? '').trim());
      if (!isIP(before)) break;
      address = before;
    }
    return address;
  };
}

/** An address of IPv4 as such, also where a socket of IPv6 took it. */
const withoutIpv4Mapping = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');
