import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { closed } from '../support/closed.js';
import { until } from '../support/feed.js';
import { UNBOUNDED } from '../support/protection.js';
import { openTestServer } from '../support/server.js';

/** The maximum with these settings: 1,000 connections and 5 sockets. */
const MAX = 1_005;

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** Opens an idle connection from an address of loopback, and returns it with what it has received. */
async function idle(url: string, localAddress: string) {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', localAddress });
  sockets.push(socket);
  const connection = { socket, text: '' };
  socket.on('error', () => undefined);
  socket.setEncoding('utf8').on('data', text => {
    connection.text += text;
  });
  await once(socket, 'connect');
  return connection;
}

/** Sends a request on a connection, and returns its status. */
async function statusOn({ socket, text: before }: { socket: Socket; text: string }): Promise<number> {
  socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [text] = before ? [before] : await once(socket, 'data');
  return Number(String(text).split(' ')[1]);
}

/**
 * Opens connections from 127.0.0.2; each has had an answer. A client is connected before the server accepts: with a
 * hundred at a time none waits for a place in the queue of the kernel, and is accepted a second after its followers.
 */
async function accepted(url: string, count: number) {
  const connections: Awaited<ReturnType<typeof idle>>[] = [];
  while (connections.length < count) {
    const length = Math.min(100, count - connections.length);
    const group = await Promise.all(Array.from({ length }, () => idle(url, '127.0.0.2')));
    expect(new Set(await Promise.all(group.map(statusOn)))).toEqual(new Set([200]));
    connections.push(...group);
  }
  return connections;
}

const protection = { ...UNBOUNDED, socketsPerAddress: 5 };

test('an address has a limit of open connections, and others do not notice', async () => {
  const server = await openTestServer({ protection });
  try {
    const own = await accepted(server.url, MAX);
    const refused = await idle(server.url, '127.0.0.2');
    await closed(refused.socket);
    const [head = '', body = ''] = refused.text.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n/);
    expect(head).toContain('\r\nRetry-After: 5');
    expect(JSON.parse(body).errors).toEqual([
      {
        message: `An address may have ${MAX} connections open at a time; close one.`,
        extensions: { code: 'RATE_LIMITED', rule: 'TOO_MANY_CONNECTIONS_OF_ADDRESS', params: { limit: MAX } },
      },
    ]);
    expect(await statusOn(await idle(server.url, '127.0.0.3'))).toBe(200);
    own[0]?.socket.destroy();
    await until('a place is free', async () => (await statusOn(await idle(server.url, '127.0.0.2'))) === 200);
  } finally {
    for (const socket of sockets) socket.destroy();
    await server.close();
  }
});

test('a trusted proxy has none of its own', async () => {
  const server = await openTestServer({ protection: { ...protection, trustedProxies: ['127.0.0.2'] } });
  try {
    await accepted(server.url, MAX + 20);
  } finally {
    for (const socket of sockets) socket.destroy();
    await server.close();
  }
});
