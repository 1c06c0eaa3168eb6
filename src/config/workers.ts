import { availableParallelism } from 'node:os';
import { z } from 'zod';

const MAX_WORKERS = 99;

/** The number of processes that serve: with `auto` one for each core. The primary passes it on to each worker as a number. */
export const workers = z
  .string()
  .regex(/^(?:auto|[1-9]\d?)$/, `is auto, or a number of processes from 1 to ${MAX_WORKERS}`)
  .transform(text => (text === 'auto' ? Math.min(availableParallelism(), MAX_WORKERS) : Number(text)))
  .default(1);

/**
 * The defaults of the settings that are divided among the workers, and the smallest part of a worker: a default is that
 * of one process, or more if there are so many workers.
 */
const DIVIDED = {
  DATABASE_POOL_SIZE: { total: 10, ofWorker: 4 },
  RESPONSE_CACHE: { total: 64, ofWorker: 16 },
  DOCUMENT_CACHE: { total: 64, ofWorker: 16 },
} as const;

/** Sets the divided settings that the operator has not set, for the number of workers in `values`: they have no other default. */
export function setDividedDefaults(values: Record<string, string | undefined>): void {
  const { data: count = 1 } = workers.safeParse(values.WORKERS);
  for (const [name, { total, ofWorker }] of Object.entries(DIVIDED)) {
    values[name] ??= String(Math.max(total, ofWorker * count));
  }
}

/** Returns the part of one worker in a limit of the whole, in whole units. */
export const partOfWorker = (total: number, count: number): number => Math.floor(total / count);

/** Returns a sentence for each mistake in the combination of WORKERS with other settings. */
export function workersProblems(values: Readonly<Record<string, string | undefined>>): string[] {
  const { data: count = 1 } = workers.safeParse(values.WORKERS);
  const { WORKERS, DATABASE_URL, DATABASE_POOL_SIZE } = values;
  if (DATABASE_URL === undefined) {
    if (WORKERS === undefined || WORKERS === '1') return [];
    return [
      `WORKERS is 1 without DATABASE_URL, because the embedded database belongs to one process; got ${JSON.stringify(WORKERS)}`,
    ];
  }
  if (count === 1 || !(Number(DATABASE_POOL_SIZE) < count)) return [];
  return [
    `DATABASE_POOL_SIZE is at least the number of WORKERS, because they divide it; got ${JSON.stringify(DATABASE_POOL_SIZE)} for ${count} workers`,
  ];
}
