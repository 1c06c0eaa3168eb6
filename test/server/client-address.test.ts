import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { rateLimitNetwork } from '../../src/limits/rate-limit.js';
import { addressReader } from '../../src/server/http/client-address.js';

/** Returns the address of a client whose request came over a connection from an address, with a forwarding header. */
function resolve(trusted: string[], remoteAddress: string | undefined, forwarded?: string): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return addressReader(trusted)({ socket: { remoteAddress }, headers } as unknown as IncomingMessage);
}

describe('the address of the connection', () => {
  test.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['fe80::1%br-lan', 'fe80::1%br-lan'],
    // Node has no address for a connection that is closed already.
    [undefined, ''],
  ])('%s is %s, with and without trusted proxies', (remote, address) => {
    expect(resolve([], remote)).toBe(address);
    expect(resolve(['10.0.0.0/8', '2001:db8:1::/48'], remote)).toBe(address);
  });

  test.each([
    ['without a trusted proxy', [], '198.51.100.7'],
    ['from an address that is no trusted proxy', ['10.0.0.0/8', '::1'], '198.51.100.7'],
    ['from a closed connection', ['10.0.0.0/8'], ''],
  ])('is not replaced by the header %s', (_, trusted, address) => {
    expect(resolve(trusted, address || undefined, '203.0.113.1')).toBe(address);
  });
});

describe('the rightmost address in X-Forwarded-For that is no trusted proxy', () => {
  test.each([
    ['one proxy', '10.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['an address that the client wrote', '10.0.0.1', '192.0.2.66, 203.0.113.1', '203.0.113.1'],
    ['a trusted address that the client wrote', '10.0.0.1', '10.9.9.9, 203.0.113.1', '203.0.113.1'],
    ['two proxies', '10.0.0.1', '192.0.2.66, 203.0.113.1, 10.0.0.2', '203.0.113.1'],
    ['spaces and no spaces', '10.0.0.1', '192.0.2.66,203.0.113.1 ,  10.0.0.2', '203.0.113.1'],
    ['proxies only: the first of them', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['an empty header', '10.0.0.1', '', '10.0.0.1'],
    ['a proxy on a dual-stack socket', '::ffff:10.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['a proxy as a mapped address', '10.0.0.1', '203.0.113.1, ::FFFF:10.0.0.2', '203.0.113.1'],
    ['a client as a mapped address', '10.0.0.1', '::ffff:203.0.113.1', '203.0.113.1'],
    ['a client as a mapped address in hexadecimal', '10.0.0.1', '0:0:0:0:0:FFFF:CB00:7101', '203.0.113.1'],
    ['a client of IPv6, in the canonical form', '2001:db8:1::1', '2001:0DB8:2:0:0::7', '2001:db8:2::7'],
    ['a proxy of IPv6 with a zone', 'fe80::1%eth0', '203.0.113.1', '203.0.113.1'],
    ['a client of IPv6 with a zone', '10.0.0.1', 'FE80:0::1%br-5f.100', 'fe80::1%br-5f.100'],
    ['text after a proxy', '10.0.0.1', '203.0.113.1, nonsense, 10.0.0.2', '10.0.0.2'],
    ['an address with a port', '10.0.0.1', '203.0.113.1:4711', '203.0.113.1'],
    ['a proxy with a port', '10.0.0.1', '203.0.113.1, 10.0.0.2:443', '203.0.113.1'],
    ['an address in brackets', '10.0.0.1', '[2001:db8::7]', '2001:db8::7'],
    ['an address in brackets with a port', '10.0.0.1', '[2001:DB8::7]:4711', '2001:db8::7'],
    ['a proxy in brackets', '10.0.0.1', '203.0.113.1, [2001:db8:1::2]:443', '203.0.113.1'],
    ['a mapped address in hexadecimal, short', '10.0.0.1', '::ffff:c000:201', '192.0.2.1'],
    ['a proxy as a mapped address in hexadecimal', '10.0.0.1', '203.0.113.1, ::ffff:a00:2', '203.0.113.1'],
    ['text with a port', '10.0.0.1', 'nonsense:4711', '10.0.0.1'],
    ['text in brackets', '10.0.0.1', '[nonsense]:4711', '10.0.0.1'],
    ['a port without an address', '10.0.0.1', ':4711', '10.0.0.1'],
    ['a number', '10.0.0.1', '3405803777', '10.0.0.1'],
    ['an octal and a hexadecimal address', '10.0.0.1', '0xcb.0.0x71.1, 010.0.0.1', '10.0.0.1'],
  ])('%s', (_, remote, forwarded, address) => {
    expect(resolve(['10.0.0.0/8', '2001:db8:1::/48', 'fe80::/10'], remote, forwarded)).toBe(address);
  });

  test.each([
    ['every address of IPv4', '0.0.0.0/0', '198.51.100.7'],
    ['every address of IPv6', '::/0', '2001:db8::7'],
    ['one address', '198.51.100.7', '198.51.100.7'],
    ['a network by an address inside it', '198.51.100.7/24', '198.51.100.1'],
    ['a mapped address', '::ffff:198.51.100.7', '198.51.100.7'],
    ['a mapped network', '::ffff:198.51.100.0/120', '::ffff:198.51.100.7'],
  ])('a trusted network: %s', (_, network, remote) => {
    expect(resolve([network], remote, '203.0.113.1')).toBe('203.0.113.1');
  });

  test('an address next to a trusted network is no proxy', () => {
    expect(resolve(['10.0.0.0/9'], '10.128.0.1', '203.0.113.1')).toBe('10.128.0.1');
    expect(resolve(['2001:db8:1::/48'], '2001:db8:2::1', '203.0.113.1')).toBe('2001:db8:2::1');
    expect(resolve(['::1'], '127.0.0.1', '203.0.113.1')).toBe('127.0.0.1');
  });
});

describe('the network that shares a rate limit', () => {
  test.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::ffff:c633:6407', '198.51.100.7'],
    ['2001:db8:0:7::1', '2001:db8:0:7::/64'],
    ['2001:db8:0:7:ffff:1:2:3', '2001:db8:0:7::/64'],
    ['2001:0DB8:0000:0007::', '2001:db8:0:7::/64'],
    ['2001:db8:0:8::1', '2001:db8:0:8::/64'],
    ['2001:db8::198.51.100.7', '2001:db8::/64'],
    ['::1', '::/64'],
    ['1::', '1::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['fe80::2%eth1', 'fe80::/64'],
    ['fe80::3%br-lan', 'fe80::/64'],
    ['fe80::4%eth0.100', 'fe80::/64'],
    ['', ''],
  ])('%s belongs to %s', (address, network) => {
    expect(rateLimitNetwork(address)).toBe(network);
  });
});
