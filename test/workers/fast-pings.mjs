// Loaded before the server (node --import): the primary pings its workers four times as often. On a busy machine a worker that
// does not hang may answer nothing for a second or two.
import cluster from 'node:cluster';

const { setInterval } = globalThis;
if (cluster.isPrimary)
  globalThis.setInterval = (callback, milliseconds, ...args) => setInterval(callback, milliseconds / 4, ...args);
