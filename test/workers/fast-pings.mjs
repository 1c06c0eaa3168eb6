// Loaded before the server (node --import): from the time on at which the file in FAST_PINGS_FILE exists, the primary pings its
// workers four times as often. A worker of a busy machine may load for some seconds before it answers, so not from the start.
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';

const SPEED = 4;
const { setInterval } = globalThis;
if (cluster.isPrimary)
  globalThis.setInterval = (callback, milliseconds, ...args) => {
    let turns = 0;
    const onTurn = () => {
      turns += 1;
      if (turns % SPEED === 0 || existsSync(process.env.FAST_PINGS_FILE)) callback(...args);
    };
    return setInterval(onTurn, milliseconds / SPEED);
  };
