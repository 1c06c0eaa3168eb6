import type { SqlEntityManager } from '@mikro-orm/sql';
import { sourceKey } from '../../source/source-id.js';
import { SEED_ID_DIGITS, storeSources } from '../../source/store-sources.js';
import { batches } from './batches.js';
import type { Seeds, SourceSeed } from './seed.schemas.js';

/** The ids of sources by their facts, as `sourceKey` joins them. */
export type SourceIds = ReadonlyMap<string, string>;

/** Stores the distinct sources of all records that are not stored yet, and returns the ids of all. */
export async function storeSeedSources(em: SqlEntityManager, seeds: Seeds): Promise<SourceIds> {
  const all = Object.values(seeds).flatMap((records: { sources: SourceSeed[] }[]) =>
    records.flatMap(({ sources }) => sources),
  );
  const distinct = new Map(all.map(source => [sourceKey(source), source]));
  const ids: [key: string, id: string][] = [];
  for (const batch of batches(distinct)) {
    const stored = await storeSources(
      em,
      batch.map(([, source]) => source),
      SEED_ID_DIGITS,
    );
    ids.push(...batch.map(([key], index): [string, string] => [key, stored[index] as string]));
  }
  return new Map(ids);
}
