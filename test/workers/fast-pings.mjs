// Loaded before the server (node --import): the primary pings its workers twenty times as often.
import cluster from 'node:cluster';

const { setInterval } = globalThis;
if (cluster.isPrimary)
  globalThis.setInterval = (callback, milliseconds, ...args) => setInterval(callback, milliseconds / 20, ...args);
