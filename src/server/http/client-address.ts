import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/** Returns the address of the client that sent a request; empty if the connection is closed already. */
export type ClientAddressResolver = (request: IncomingMessage) => string;

/**
 * Returns a resolver of client addresses. The address of a client is that of its connection or, if a trusted proxy
 * opened the connection, the rightmost address in `X-Forwarded-For` that is not a trusted proxy. Addresses further left
 * are written by the client and never read.
 *
 * @param trusted Addresses and networks of proxies, such as `10.0.0.0/8`.
 */
export function addressReader(trusted: readonly string[]): ClientAddressResolver {
  if (!trusted.length) return ({ socket }) => withoutIpv4Mapping(socket.remoteAddress ?? '');

  const isTrusted = trustedProxiesTest(trusted);
  return request => {
    // The last element may be text that is no address: then the proxy that sent it counts as the client.
    const address = proxyAddr.all(request, isTrusted).map(withoutPort).findLast(isIP) ?? '';
    return isIP(address) === 6 ? canonicalIpv6(address) : address;
  };
}

/**
 * Returns a test whether the client of a request uses TLS: a trusted proxy says so in `X-Forwarded-Proto`. Undefined
 * without trusted proxies, because the server itself speaks plain HTTP.
 */
export function tlsReader(trusted: readonly string[]): ((request: IncomingMessage) => boolean) | undefined {
  if (!trusted.length) return undefined;
  const isTrusted = trustedProxiesTest(trusted);
  return ({ socket, headers }) => {
    // The last element is written by the proxy that opened the connection.
    const scheme = headers['x-forwarded-proto']?.toString().split(',').at(-1)?.trim();
    return scheme === 'https' && isTrusted(socket.remoteAddress ?? '');
  };
}

/** Returns a test whether an address is one of these, or in one of these networks. */
export function trustedProxiesTest(trusted: readonly string[]): (address: string) => boolean {
  const proxies = new BlockList();
  for (const network of trusted) {
    const [address = '', prefix] = network.split('/');
    if (prefix === undefined) proxies.addAddress(address, familyOf(address));
    else proxies.addSubnet(address, Number(prefix), familyOf(address));
  }
  return text => {
    const address = withoutPort(text);
    return isIP(address) !== 0 && proxies.check(address, familyOf(address));
  };
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Returns the address of an element of `X-Forwarded-For`, to which some proxies add the port: `[2001:db8::7]:443`. */
function withoutPort(element: string): string {
  const [, bracketed, ipv4] = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d+)?$/.exec(element) ?? [];
  return bracketed ?? ipv4 ?? element;
}

/** Returns the canonical form of an IPv6 address. Its zone stays as it is: ipaddr.js refuses some that Node has. */
const canonicalIpv6 = (address: string) => address.replace(/^[^%]+/, ip => ipaddr.process(ip).toString());

/**
 * Returns the IPv4 address of a connection that a dual-stack socket accepted. Node writes these addresses in this form
 * only; parsing each of them would take 4 µs of the 26 µs of a cache hit.
 */
const withoutIpv4Mapping = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '');
