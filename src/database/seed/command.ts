import { root } from '../../config/config.js';
import type { Database } from '../open.js';
import { readSeeds } from './seed.js';
import { storeSeeds } from './store.js';

/** Interval of progress messages. */
const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Loads seeds into a database that has all migrations. Existing records stay unchanged.
 *
 * @param folder The folder of the seed files; `seeds/` of the repository by default.
 * @returns The number of records written.
 * @throws SeedError with all problems of the seeds, before anything is written.
 */
export async function seed({ em }: Database, folder = new URL('seeds/', root)): Promise<number> {
  const seeds = await readSeeds(folder);
  let lastReportAt = Date.now();
  const written = await storeSeeds(em, seeds, (done, total) => {
    if (Date.now() - lastReportAt < PROGRESS_INTERVAL_MS) return;
    lastReportAt = Date.now();
    console.error(`Seeding: ${done} of ${total} rows (${Math.floor((100 * done) / total)} %).`);
  });
  // Without statistics a search is planned ten times slower, until autovacuum makes them, if it is on.
  if (written) await em.getConnection().execute('analyze');
  return written;
}
