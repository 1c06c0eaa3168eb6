import type { SqlEntityManager } from '@mikro-orm/sql';
import { problemAt, type SeedProblem } from '../seed.problem.js';
import type { Seeds } from '../seed.schemas.js';

/** A value that one record has at most, and the seed that has it. */
interface UniqueValue {
  seed: string;
  value: string | null;
}

/**
 * Checks that new records have no official code, IATI id or pair of sides of an open partnership that a record of the register
 * has, which may have been written since it was seeded.
 */
export async function checkStored(em: SqlEntityManager, missing: Seeds): Promise<SeedProblem[]> {
  const check = async (concept: keyof Seeds, field: string, seeds: UniqueValue[], table: string, rule: string) => {
    const values = seeds.flatMap(({ value }) => value ?? []);
    const rows = await em.execute<{ id: string; value: string }[]>(
      `select id, value from (${table}) stored where value in (select jsonb_array_elements_text(?::jsonb))`,
      [JSON.stringify(values)],
    );
    const owners = new Map(rows.map(({ id, value }) => [value, id]));
    return seeds.flatMap(({ seed, value }) => {
      const owner = value === null ? undefined : owners.get(value);
      if (owner === undefined) return [];
      return [problemAt({ file: `${concept}.json`, record: seed, field }, `${rule}; the register has ${owner}`, value)];
    });
  };
  const codes = missing.authorities.map(({ id, code }) => ({ seed: id, value: code }));
  const iatiIds = missing.programmes.map(({ id, iatiId }) => ({ seed: id, value: iatiId }));
  const sides = missing.partnerships.map(({ id, dutch, chinese, endedOn }) => ({
    seed: id,
    value: endedOn === null ? `${dutch} ${chinese}` : null,
  }));
  const openTies = `select id, dutch_id || ' ' || chinese_id as value from partnership where ended_on is null`;
  return [
    ...(await check('authorities', 'code', codes, 'select id, code as value from authority', 'code must be unique')),
    ...(await check(
      'programmes',
      'iatiId',
      iatiIds,
      'select id, iati_id as value from programme',
      'iatiId must be unique',
    )),
    ...(await check('partnerships', 'endedOn', sides, openTies, 'two authorities can have only one open partnership')),
  ];
}
