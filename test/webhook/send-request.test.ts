import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { requestSender } from '../../src/server/webhooks/send-request.js';

const TIMEOUT_MS = 300;

/** Sends a request to a receiver that answers in some way. Returns the result, and waits until its connection is closed. */
async function send(answer: (response: ServerResponse) => void) {
  const closed: Promise<unknown>[] = [];
  const receiver = createServer((_, response) => {
    closed.push(once(response, 'close'));
    answer(response);
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  onTestFinished(() => void receiver.close());
  const { send, close } = requestSender({ targets: 'loopback', timeoutMs: TIMEOUT_MS });
  onTestFinished(close);
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const { result } = await send({ method: 'POST', url, headers: {}, body: '{}' }, new AbortController().signal);
  await Promise.all(closed);
  return result;
}

test('of an answer without an end 64 kB are read: its status counts', async () => {
  let written = 0;
  const result = await send(response => {
    response.writeHead(200);
    const write = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_000))) written += 16_000;
    };
    response.on('drain', write);
    write();
  });
  expect(result).toBe('ACCEPTED');
  expect(written).toBeLessThan(20_000_000);
});

test.each<[string, (response: ServerResponse) => void]>([
  ['never comes', () => undefined],
  ['never ends', response => response.writeHead(200).write('slow')],
])('an answer that %s is given up after the time of a request', async (_, answer) => {
  expect(await send(answer)).toBe('TIMED_OUT');
});

test('an answer that changes the protocol is none', async () => {
  const head = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';
  expect(await send(response => response.socket?.write(head))).toBe('UNREACHABLE');
});
