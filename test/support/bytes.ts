import { once } from 'node:events';
import { connect } from 'node:net';
import { closed } from './closed.js';

/** Sends bytes on a connection of its own, and returns all that comes back until the server closes it. */
export async function exchangeBytes(url: string, ...pieces: (string | Buffer)[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const chunks: Buffer[] = [];
  socket.on('data', chunk => chunks.push(chunk));
  for (const piece of pieces) socket.write(piece);
  await closed(socket);
  return Buffer.concat(chunks).toString();
}
