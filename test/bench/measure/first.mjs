// From the start of a process to its first correct answer.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './runs.mjs';

const STARTS = 3;
/** Starts something a few times. Wall time, so only worth something on a quiet machine; the CPU of the process is beside it. */
async function starts(start, between = async () => undefined) {
  const results = [];
  for (let i = 0; i < STARTS; i += 1) {
    const started = await start();
    results.push(started);
    await started.stop();
    await between();
  }
  return { ms: median(results.map(result => result.firstMs)), cpu: median(results.map(result => result.firstCpu)) };
}

/**
 * All contestants on PostgreSQL, and ours on its embedded database: in a new folder and in one that is there.
 *
 * @param start Starts a contestant by name, with further settings.
 */
export async function firstAnswers(names, start) {
  const results = new Map();
  for (const name of names) results.set(name, await starts(() => start(name)));
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-bench-'));
  try {
    const embedded = { DATABASE_URL: '', DATA_DIR: join(folder, 'data') };
    const clear = () => rm(embedded.DATA_DIR, { recursive: true, force: true });
    results.set('embedded', await starts(() => start('cached', embedded), clear));
    await (await start('cached', embedded)).stop();
    results.set('embeddedAgain', await starts(() => start('cached', embedded)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return results;
}
