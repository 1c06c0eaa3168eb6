import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { SendQueue } from '../../src/server/subscriptions/send-queue.js';

/** A socket, and its connection, whose client reads nothing until `read`. */
class StalledSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly #callbacks: (() => void)[] = [];

  write(frame: Buffer, callback: () => void): void {
    this.sent.push(String(frame));
    this.bufferedAmount += 300_000;
    this.#callbacks.push(callback);
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
