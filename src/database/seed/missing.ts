import type { SqlEntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { ChangeKind } from '../../change/change.js';
import { queryRows } from '../../graph/sql/query.js';
import { checkWithdrawn } from './checks/references.js';
import { checkStored } from './checks/stored.js';
import { SeedError } from './seed.error.js';
import type { Seeds } from './seed.schemas.js';

/** The seeds of records that were not withdrawn. */
export interface CurrentSeeds {
  /** With the names that the register has of authorities and organisations, by which other records are found. */
  all: Seeds;
  /** The seeds that the register does not have. */
  missing: Seeds;
}

/**
 * Reads which records the register has or had: a withdrawal cannot be undone, and its id is not used again.
 *
 * @throws SeedError for missing records that refer to withdrawn ones, or collide with others.
 */
export async function currentSeeds(em: SqlEntityManager, seeds: Seeds): Promise<CurrentSeeds> {
  const idsOf = async (query: string, values: unknown[] = []): Promise<ReadonlySet<string>> =>
    new Set((await em.execute<{ id: string }[]>(query, values)).map(({ id }) => id));
  const stored = await idsOf('select id from search_document');
  const withdrawn = await idsOf('select subject_id as id from change where kind = ?', [ChangeKind.WITHDRAWN]);
  const all = await withPresentNames(em, without(seeds, withdrawn));
  const missing = without(all, stored);
  const problems = [...checkWithdrawn(missing, withdrawn), ...(await checkStored(em, missing))];
  if (problems.length > 0) throw new SeedError(problems);
  return { all, missing };
}

const without = (seeds: Seeds, ids: ReadonlySet<string>): Seeds =>
  Object.fromEntries(
    Object.entries(seeds).map(([concept, records]) => [
      concept,
      records.filter(({ id }: { id: string }) => !ids.has(id)),
    ]),
  ) as unknown as Seeds;

/** Returns seeds with the present names of records: the register may have renamed them since. */
async function withPresentNames(em: SqlEntityManager, seeds: Seeds): Promise<Seeds> {
  const query = sql`select id, names from authority union all select id, names from organisation`;
  const rows = await queryRows<Pick<Seeds['authorities'][number], 'id' | 'names'>>(em, query);
  const present = new Map(rows.map(({ id, names }) => [id, names]));
  const named = <Seed extends Pick<Seeds['authorities'][number], 'id' | 'names'>>(records: readonly Seed[]): Seed[] =>
    records.map(seed => ({ ...seed, names: present.get(seed.id) ?? seed.names }));
  return { ...seeds, authorities: named(seeds.authorities), organisations: named(seeds.organisations) };
}
