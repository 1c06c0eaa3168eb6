import type { ServerResponse } from 'node:http';

/**
 * Returns whether the connection of a response is closed. Node.js does not destroy a response that waits for the one before it
 * on its connection, if an upgrade or a CONNECT follows it.
 */
export const isClosed = ({ destroyed, req }: ServerResponse): boolean => destroyed || req.socket.destroyed;

/** Calls a listener once, when a response has ended or its connection is closed: one that waits emits no `close` then. */
export function onceClosed(response: ServerResponse, listener: () => void): void {
  const { socket } = response.req;
  const call = () => {
    response.off('close', call);
    socket.off('close', call);
    listener();
  };
  response.once('close', call);
  socket.once('close', call);
}
