// Preloaded into a server: while the file in CRASH_FILE exists, workers end with code 7 at their start.
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';

if (cluster.isWorker && existsSync(process.env.CRASH_FILE)) process.exit(7);
