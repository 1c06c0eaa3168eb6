import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { SendQueue } from '../../src/server/subscriptions/send-queue.js';

/** A socket, and its connection, whose client reads nothing until `read`. */
class StalledSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly #callbacks: (() => void)[] = [];

  write(frame: Buffer, callback?: () => void): void {
    if (frame.length) {
      this.sent.push(String(frame));
      this.bufferedAmount += 300_000;
    }
    if (callback) this.#callbacks.push(callback);
  }

  read(): void {
    this.bufferedAmount = 0;
    for (const callback of this.#callbacks.splice(0)) callback();
  }
}

const [FIRST, SECOND] = [Buffer.from('first'), Buffer.from('second')];

function stalled() {
  const socket = new StalledSocket();
  const onFull = vi.fn(() => {
    socket.readyState = 2;
  });
  const queue = new SendQueue(socket as unknown as WebSocket, socket as unknown as Duplex, onFull);
  return { socket, queue, onFull };
}

test('a message waits for those before it, and not for what others have sent on the socket', async () => {
  const { socket, queue } = stalled();
  // Replies to pings.
  socket.bufferedAmount = 300_000;
  const [first, second] = [queue.send(FIRST), queue.send(SECOND)];
  expect(socket.sent).toEqual(['first']);
  socket.read();
  expect(socket.sent).toEqual(['first', 'second']);
  socket.read();
  await Promise.all([first, second]);
});

test('messages that wait when the socket is closed are dropped, and nobody waits for them', async () => {
  const { socket, queue } = stalled();
  const sent = [queue.send(FIRST), queue.send(SECOND)];
  socket.readyState = 3;
  socket.emit('close');
  await Promise.all(sent);
  expect(socket.sent).toEqual(['first']);
});

test('a socket for which too many messages wait is closed, and holds none of them', async () => {
  const { socket, queue, onFull } = stalled();
  const sent = Array.from({ length: 65 }, () => queue.send(FIRST));
  expect(onFull).not.toHaveBeenCalled();
  expect(queue.send(FIRST)).toBeUndefined();
  expect(onFull).toHaveBeenCalledOnce();
  socket.read();
  await Promise.all(sent);
  expect(socket.sent).toEqual(['first']);
});

test('over a connection, a message is sent at once, and others when the client reads', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = createConnection((server.address() as AddressInfo).port, '127.0.0.1').pause();
  const [connection] = (await once(server, 'connection')) as [Socket];
  onTestFinished(() => {
    client.destroy();
    connection.destroy();
    server.close();
  });
  const state = {
    OPEN: 1,
    readyState: 1,
    once: () => undefined,
    get bufferedAmount() {
      return connection.writableLength;
    },
  };
  const queue = new SendQueue(state as unknown as WebSocket, connection, () => undefined);
  expect(queue.send(FIRST)).toBeUndefined();
  // More than the buffers of the system take.
  const large = Buffer.alloc(20_000_000, 'x');
  const sent = [queue.send(large), queue.send(SECOND)];
  expect(sent.every(promise => promise instanceof Promise)).toBe(true);
  let isSent = false;
  void Promise.all(sent).then(() => {
    isSent = true;
  });
  await once(client, 'readable');
  expect(isSent).toBe(false);
  let received = '';
  client.on('data', data => {
    received += data;
  });
  await Promise.all(sent);
  await vi.waitFor(() => expect(received.length).toBe(FIRST.length + large.length + SECOND.length));
  expect([received.slice(0, 6), received.slice(-7)]).toEqual(['firstx', 'xsecond']);
  expect(queue.send(FIRST)).toBeUndefined();
});
