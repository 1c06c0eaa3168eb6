import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';

/**
 * Returns whether the connection of a response is closed. Node.js does not destroy a response that waits for the one before it
 * on its connection, if an upgrade or a CONNECT follows it.
 */
export const isClosed = ({ destroyed, req }: ServerResponse): boolean => destroyed || req.socket.destroyed;

/**
 * Calls a listener once, when a response has ended or its connection is closed: one that waits emits no `close` then. Returns
 * a function that removes the listener.
 */
export function onceClosed(response: ServerResponse, listener: () => void): () => void {
  const { socket } = response.req;
  // Each response that waits on a connection has its own: more than ten are no leak.
  setMaxListeners(0, socket);
  const remove = () => {
    response.off('close', call);
    socket.off('close', call);
  };
  const call = () => {
    remove();
    listener();
  };
  response.once('close', call);
  socket.once('close', call);
  return remove;
}
