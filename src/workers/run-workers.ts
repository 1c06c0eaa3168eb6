import cluster from 'node:cluster';
import type { Config } from '../config/config.js';
import { runPrimary } from './primary.js';
import { runWorker } from './worker.js';

/** Runs the part of this process in an instance of several: the primary starts workers, which execute this file again. */
export function runWorkers(config: Config): Promise<void> {
  return cluster.worker ? runWorker(config, cluster.worker.id) : runPrimary(config);
}
