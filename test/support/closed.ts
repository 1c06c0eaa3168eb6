import type { Socket } from 'node:net';

/** Resolves when a socket is closed, also by an error, such as a reset: `once` of `node:events` rejects then. */
export const closed = (socket: Socket) => new Promise<void>(resolve => socket.once('close', () => resolve()));
