// Preloaded into a server: the first worker that finds the file STUCK_FILE at its start removes it, and hangs.
import cluster from 'node:cluster';
import { rmSync } from 'node:fs';

if (cluster.isWorker && hasRemoved(process.env.STUCK_FILE))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);

function hasRemoved(file) {
  try {
    rmSync(file);
    return true;
  } catch {
    return false;
  }
}
