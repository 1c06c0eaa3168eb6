import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Opens a proxy that passes neither the parameters nor the headers of moments on, for one test. Returns its origin. */
export async function openForgetfulProxy(target: string): Promise<string> {
  const proxy = createServer((incoming, outgoing) => {
    const { 'register-known-at': _, ...headers } = incoming.headers;
    const { method, url = '/' } = incoming;
    incoming.pipe(
      request(new URL(url.split('?', 1)[0] ?? '/', target), { method, headers }, response => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      }),
    );
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}
