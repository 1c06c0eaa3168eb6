import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { requestSender } from '../../src/server/webhooks/send-request.js';
import { isPermittedAddress, urlProblem } from '../../src/webhook/address.js';

/** Addresses in every form in which a URL can hide one that is not public. */
const FORBIDDEN = [
  '127.0.0.1',
  '127.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '017700000001',
  '0177.0.0.1',
  '0.0.0.0',
  '0',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.1',
  '169.254.169.254',
  '2852039166',
  '100.64.0.1',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:a9fe:a9fe]',
  '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::a00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[100::1]',
  '[2001:db8::1]',
  'localhost',
  'a.localhost',
];

let listeners: Server[];
let connections = 0;
let port = 0;

beforeAll(async () => {
  const count = () =>
    createServer(socket => {
      connections += 1;
      socket.destroy();
    });
  const [first, second] = [count(), count()];
  first.listen(0, '127.0.0.1');
  await once(first, 'listening');
  port = (first.address() as AddressInfo).port;
  second.listen(port, '::1');
  await once(second, 'listening');
  listeners = [first, second];
});
afterAll(() => {
  for (const listener of listeners ?? []) listener.close();
});
beforeEach(() => {
  connections = 0;
});

const post = (url: string, resolve?: (host: string) => Promise<string[]>, targets: 'https' | 'loopback' = 'https') => {
  const { send, close } = requestSender({ targets, timeoutMs: 5_000, ...(resolve && { resolve }) });
  return send({ method: 'POST', url, headers: {}, body: '{}' }, new AbortController().signal).finally(close);
};

test('no address in these forms is reached, and none is accepted for a webhook', async () => {
  expect(FORBIDDEN.length).toBeGreaterThanOrEqual(40);
  for (const host of FORBIDDEN) {
    const url = `https://${host}:${port}/`;
    expect(urlProblem(url, 'https')?.rule, url).toBe('WEBHOOK_ADDRESS_FORBIDDEN');
    expect((await post(url)).result, url).toBe('FORBIDDEN_ADDRESS');
  }
  expect(connections).toBe(0);
});

test('a name is refused that leads to one of them, also beside others', async () => {
  for (const host of FORBIDDEN) {
    const [address] = /^\[/.test(host) ? [host.slice(1, -1)] : [new URL(`https://${host}`).hostname];
    if (!address || /localhost/.test(address)) continue;
    expect((await post(`https://name.example:${port}/`, async () => [address])).result, address).toBe(
      'FORBIDDEN_ADDRESS',
    );
  }
  // The server behind the forbidden one is not reached; the public one does not exist.
  await post(`https://name.example:${port}/`, async () => ['127.0.0.1', '2001:4860::ffff:ffff', '::1']);
  expect(connections).toBe(0);
});

test('a name that changes between a look-up and the connection is checked at the connection', async () => {
  const answers = [['93.184.215.14'], ['127.0.0.1'], ['::1'], ['10.0.0.1']];
  let lookups = 0;
  const resolve = async () => answers[Math.min(lookups++, answers.length - 1)] as string[];
  expect(urlProblem(`https://rebinding.example:${port}/`, 'https')).toBeUndefined();
  expect(await resolve()).toEqual(['93.184.215.14']);
  for (let request = 1; request < answers.length; request += 1) {
    expect((await post(`https://rebinding.example:${port}/`, resolve)).result).toBe('FORBIDDEN_ADDRESS');
    // Each request asks once: what was checked is what the socket gets.
    expect(lookups).toBe(request + 1);
  }
  expect(connections).toBe(0);
});

test('with loopback, receivers on this machine are reached over http, and private networks are not', async () => {
  expect((await post(`http://127.0.0.1:${port}/`, undefined, 'loopback')).result).toBe('UNREACHABLE');
  expect(connections).toBe(1);
  expect((await post(`http://localhost:${port}/`, undefined, 'loopback')).result).toBe('UNREACHABLE');
  expect(connections).toBeGreaterThan(1);
  for (const host of ['10.0.0.1', '169.254.169.254', '93.184.215.14']) {
    expect(urlProblem(`http://${host}/`, 'loopback')?.rule, host).toBe('WEBHOOK_URL_HTTPS');
    expect(isPermittedAddress(host, 'http:', 'loopback'), host).toBe(false);
  }
  expect(urlProblem('https://10.0.0.1/', 'loopback')?.rule).toBe('WEBHOOK_ADDRESS_FORBIDDEN');
});

test('public addresses over https are permitted, without credentials in the URL', () => {
  for (const host of ['example.nl', '93.184.215.14', '[2606:2800:21f:cb07:6820:80da:af6b:8b2c]']) {
    expect(urlProblem(`https://${host}/hook?x=1`, 'https'), host).toBeUndefined();
  }
  expect(urlProblem('http://example.nl/', 'https')?.rule).toBe('WEBHOOK_URL_HTTPS');
  expect(urlProblem('ftp://example.nl/', 'https')?.rule).toBe('WEBHOOK_URL_HTTPS');
  expect(urlProblem('https://a:b@example.nl/', 'https')?.rule).toBe('WEBHOOK_URL_CREDENTIALS');
  expect(urlProblem('example.nl', 'https')?.rule).toBe('WEBHOOK_URL_FORM');
  expect(urlProblem(`https://example.nl/${'x'.repeat(2_000)}`, 'https')?.rule).toBe('WEBHOOK_URL_FORM');
});
