import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Json } from './calls.js';
import { closed } from './closed.js';

export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Header bits of a frame that no conforming client sends. */
interface Bits {
  /** The FIN bit: the last frame of its message. */
  fin?: boolean;
  /** The RSV1 bit: the frame is marked as compressed. */
  rsv1?: boolean;
  masked?: boolean;
}

/** One frame of RFC 6455, as a client sends it. */
export function frame(opcode: number, payload: string | Uint8Array, bits: Bits = {}): Buffer {
  const { fin = true, rsv1 = false, masked = true } = bits;
  const bytes = Buffer.from(payload as Uint8Array);
  const size = bytes.length < 126 ? bytes.length : bytes.length < 65_536 ? 126 : 127;
  const head = Buffer.alloc(2 + (size === 126 ? 2 : size === 127 ? 8 : 0));
  head[0] = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode;
  head[1] = (masked ? 0x80 : 0) | size;
  if (size === 126) head.writeUInt16BE(bytes.length, 2);
  if (size === 127) head.writeBigUInt64BE(BigInt(bytes.length), 2);
  if (!masked) return Buffer.concat([head, bytes]);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, bytes.map((byte, index) => byte ^ (mask[index % 4] as number))]);
}

/** The answer to a handshake, and the socket when it was accepted. */
export async function handshake(url: string, headers: Record<string, string>) {
  const asked = request(`${url}/graphql`, {
    agent: false,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      ...headers,
    },
  });
  onTestFinished(() => void asked.destroy());
  asked.end();
  const accepted = once(asked, 'upgrade') as Promise<[IncomingMessage, Socket, Buffer]>;
  const refused = once(asked, 'response') as Promise<[IncomingMessage]>;
  const [response, socket, head] = await Promise.race([accepted, refused.then(([response]) => [response] as const)]);
  return { status: response.statusCode, headers: response.headers, socket, head };
}

/** A client that sends bytes as they are, and shows each frame that it gets. */
export async function frames(url: string, protocol: string | undefined = 'graphql-transport-ws') {
  const { status, socket, head } = await handshake(url, protocol ? { 'sec-websocket-protocol': protocol } : {});
  if (!socket) throw new Error(`The handshake was answered with ${status}.`);
  const received: Json[] = [];
  let wake = () => {};
  let buffer = head ?? Buffer.alloc(0);
  let closedWith: [code: number, reason: string] | undefined;
  const read = (data: Buffer) => {
    buffer = Buffer.concat([buffer, data]);
    for (;;) {
      const size = (buffer[1] ?? 0) & 0x7f;
      const start = size === 126 ? 4 : 2;
      if (buffer.length < start) return;
      const end = start + (size === 126 ? buffer.readUInt16BE(2) : size);
      if (size === 127 || buffer.length < end) return;
      const payload = buffer.subarray(start, end);
      const opcode = (buffer[0] as number) & 0xf;
      if (opcode === Opcode.close) {
        closedWith = [payload.readUInt16BE(0), payload.toString('utf8', 2)];
        // A close frame is answered with a close frame; then the socket ends.
        socket.end(frame(Opcode.close, payload));
      } else received.push(opcode === Opcode.text ? JSON.parse(String(payload)) : { opcode, payload: String(payload) });
      buffer = buffer.subarray(end);
      wake();
    }
  };
  socket.on('data', read).on('error', () => undefined);
  read(Buffer.alloc(0));
  return {
    write: (bytes: Uint8Array) => void socket.write(bytes),
    send: (message: unknown) =>
      void socket.write(frame(Opcode.text, typeof message === 'string' ? message : JSON.stringify(message))),
    /** The next message as JSON, or the next ping or pong as its frame. */
    async next(): Promise<Json> {
      while (received.length === 0) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      return received.shift();
    },
    /** The close frame of the server; null if the socket ends without one. */
    closed: closed(socket).then(() => closedWith ?? null),
    /** Goes without a word. */
    drop: () => void socket.destroy(),
  };
}
