import { root } from '../../config/config.js';
import type { Database } from '../open.js';
import { readSeeds } from './seed.js';
import { storeSeeds } from './store.js';

/** A load that takes longer than this says how far it is, once in as long; in milliseconds. */
const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Loads seeds into a database that has all migrations; what it holds already stays.
 *
 * @param folder Where the seeds are: those of the repository, unless another is named.
 * @returns How many records were written.
 * @throws SeedError with every problem of the seeds, before anything is written.
 */
export async function seed({ em }: Database, folder = new URL('seeds/', root)): Promise<number> {
  const seeds = await readSeeds(folder);
  let said = Date.now();
  return storeSeeds(em, seeds, (done, total) => {
    if (Date.now() - said < PROGRESS_INTERVAL_MS) return;
    said = Date.now();
    console.error(`Seeding: ${done} of ${total} rows (${Math.floor((100 * done) / total)} %).`);
  });
}

/** Whether the register holds no record yet. */
export async function isEmpty({ em }: Database): Promise<boolean> {
  const [found] = await em
    .getConnection()
    .execute<{ filled: boolean }[]>('select exists (select 1 from search_document) as filled');
  return !found?.filled;
}
