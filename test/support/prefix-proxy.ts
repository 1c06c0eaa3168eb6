import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export interface Prefixed {
  /** Without a path. */
  origin: string;
  close(): void;
}

/** A reverse proxy that serves one server below a path, and nothing else anywhere. */
export async function proxyBelow(prefix: string, target: string): Promise<Prefixed> {
  const { hostname, port } = new URL(target);
  const stripped = (url = '/') => (url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : undefined);
  const server = createServer((incoming, outgoing) => {
    const path = stripped(incoming.url);
    if (!path) {
      outgoing.writeHead(404).end();
      return;
    }
    const { method, headers } = incoming;
    incoming.pipe(
      request({ hostname, port, path, method, headers }, answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }).on('error', () => outgoing.destroy()),
    );
  });
  server.on('upgrade', (incoming, socket, head) => {
    const path = stripped(incoming.url);
    if (!path) return socket.destroy();
    const upstream = connect(Number(port), hostname, () => {
      const lines = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${value}`);
      upstream.write([`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    for (const end of [socket, upstream]) end.on('error', () => [socket, upstream].map(end => end.destroy()));
    return undefined;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
