import ipaddr from 'ipaddr.js';
import { type Message, message } from '../messages/message.js';

/** The receivers that an operator permits: public ones over https, and with `loopback` also those on this machine. */
export type WebhookTargets = 'https' | 'loopback';

const MAX_URL_LENGTH = 2_000;
/** The name of this machine, which no DNS is asked for. */
const LOCALHOST = /^(?:.+\.)?localhost\.?$/;

/** The unicast addresses of IPv6 that are assigned. Others may be translated to IPv4, such as `::7f00:1`. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Returns whether a delivery may connect to an address. Only unicast addresses of the internet are permitted: not those of
 * this machine, of private networks and of links, nor the ranges that embed an IPv4 address in IPv6.
 *
 * @param address As `dns` and the URL parser write it, without brackets.
 */
export function isPermittedAddress(address: string, protocol: string, targets: WebhookTargets): boolean {
  if (!ipaddr.isValid(address)) return false;
  // The address that a socket would reach: of an IPv4 address mapped into IPv6, the former.
  const reached = ipaddr.process(address);
  const range = reached.range();
  if (range === 'loopback') return targets === 'loopback';
  const isGlobal = reached instanceof ipaddr.IPv4 || reached.match(GLOBAL_IPV6);
  return protocol === 'https:' && range === 'unicast' && isGlobal;
}

/** Returns the host of a URL without the brackets of IPv6. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** Returns whether a host is this machine by its name: its addresses are those of loopback, without a look-up. */
export const isLocalhost = (host: string): boolean => LOCALHOST.test(host);

/**
 * Returns what is wrong with the address of a receiver; undefined if it may be tried. A name passes: its addresses are
 * checked at each connection, because they can change.
 */
export function urlProblem(text: string, targets: WebhookTargets): Message | undefined {
  const url = URL.parse(text);
  if (!url || text.length > MAX_URL_LENGTH) return message('WEBHOOK_URL_FORM', { limit: MAX_URL_LENGTH });
  if (url.username || url.password) return message('WEBHOOK_URL_CREDENTIALS', {});
  const host = hostOf(url);
  const isAddress = ipaddr.isValid(host);
  const isOfThisMachine = isLocalhost(host) || (isAddress && ipaddr.process(host).range() === 'loopback');
  const isHttps = url.protocol === 'https:';
  if (!isHttps && !(targets === 'loopback' && url.protocol === 'http:' && isOfThisMachine)) {
    return message('WEBHOOK_URL_HTTPS', { protocol: url.protocol });
  }
  if (isAddress ? isPermittedAddress(host, url.protocol, targets) : targets === 'loopback' || !isLocalhost(host)) {
    return undefined;
  }
  return message('WEBHOOK_ADDRESS_FORBIDDEN', { host });
}
