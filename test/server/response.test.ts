import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { PreparedResponse } from '../../src/server/http/prepared-response.js';
import { sendResponse } from '../../src/server/http/response.js';
import { closed } from '../support/closed.js';
import { openTestServer } from '../support/server.js';

/** Sends a response of a length to a client that reads only its head. Returns the connection on the side of the server. */
async function sendUnread(length: number): Promise<Socket> {
  const prepared: PreparedResponse = {
    status: 200,
    headers: {},
    body: 'x'.repeat(length),
    encoding: 'latin1',
    isCacheable: false,
    cost: 1,
  };
  const server = createServer((request, response) => void sendResponse(request, response, prepared, {}));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  const isConnected = once(server, 'connection') as Promise<[Socket]>;
  const isSent = once(server, 'request');
  get({ port: (server.address() as AddressInfo).port, agent: false }, response => response.pause()).on(
    'error',
    () => undefined,
  );
  await isSent;
  const [socket] = await isConnected;
  return socket;
}

test('a client that does not read a long response is disconnected after 30 s', async () => {
  const socket = await sendUnread(20_000_000);
  expect(socket.timeout).toBe(30_000);
  const isClosed = closed(socket);
  // Node.js emits it when nothing was sent for that time.
  socket.emit('timeout');
  await isClosed;
});

test('a short response, which needs no memory of the process, has no time-out', async () => {
  expect((await sendUnread(1_000)).timeout).not.toBe(30_000);
});

/** The time-outs that a connection gets during its request, by the path of the request. */
const timeouts = new Map<string, { mock: { calls: unknown[][] } }>();
channel('http.server.request.start').subscribe(message => {
  const { request, socket } = message as { request: { url: string }; socket: Socket };
  timeouts.set(request.url, vi.spyOn(socket, 'setTimeout'));
});

test('so is one that does not read a result as an event, JSON, or a file of the page', async () => {
  const server = await openTestServer();
  onTestFinished(server.close);
  const query = '{ partnerships(first: 60) { nodes { id notes citations { source { title url } } } } }';
  const queries = JSON.stringify(
    Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`q${i}`, { query: 'Delft' }])),
  );
  const page = await (await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } })).text();
  for (const path of [
    `/graphql/stream?${new URLSearchParams({ query })}`,
    `/reconcile?${new URLSearchParams({ queries })}`,
    `/${/graphiql\/index-[^"]+\.js/.exec(page)?.[0]}`,
  ]) {
    const response = await fetch(server.url + path);
    expect([response.status, path, timeouts.get(path)?.mock.calls.flat()]).toEqual([
      200,
      path,
      expect.arrayContaining([30_000]),
    ]);
    await response.text();
  }
}, 30_000);
