import { expect, test } from 'vitest';
import { SeedError } from '../../src/database/seed/seed.error.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import type { Seeds } from '../../src/database/seed/seed.schemas.js';
import { storeSeeds } from '../../src/database/seed/store.js';
import { verify } from '../../src/database/verify/verify.js';
import { ADMIN, testApi } from '../support/api.js';
import { brief, type Json } from '../support/calls.js';

const { ask, database } = testApi();
const seeds = await readSeeds(new URL('../../seeds/', import.meta.url));

async function withdraw(concept: string, id: string): Promise<void> {
  const mutation = `withdraw${concept}`;
  const { data } = await ask(brief(mutation), { input: { id, expectedVersion: 1, reason: 'Never was.' } }, ADMIN);
  expect(data[mutation].userErrors).toEqual([]);
}

const kindsOf = async (id: string): Promise<string[]> => {
  const query = 'query($ids: [ID!]) { changes(first: 100, filter: { subjectIds: $ids }) { nodes { kind } } }';
  return (await ask(query, { ids: [id] })).data.changes.nodes.map(({ kind }: Json) => kind);
};

/** Returns the seeds with a copy of a record of a concept, which differs in some fields. */
function withCopy<C extends keyof Seeds>(concept: C, id: string, fields: Partial<Seeds[C][number]>): Seeds {
  const record = seeds[concept].find(seed => seed.id === id);
  return { ...seeds, [concept]: [...seeds[concept], { ...record, ...fields }] };
}

/** A programme without partnerships and exchanges. */
const PROGRAMME = 'prog-vngi-iurc-china';

test('a withdrawn record stays withdrawn, and a new one that refers to it is refused', async () => {
  await withdraw('Exchange', 'exch-zuidholland-linyi-visit');
  await withdraw('Programme', PROGRAMME);
  expect(await storeSeeds(database().em, seeds)).toBe(0);
  expect(await kindsOf('exch-zuidholland-linyi-visit')).toEqual(['RECORDED', 'WITHDRAWN']);

  const referring = withCopy('exchanges', 'exch-zuidholland-linyi-visit', { id: 'exch-new', programme: PROGRAMME });
  const stored = storeSeeds(database().em, referring);
  await expect(stored).rejects.toThrow(SeedError);
  await expect(stored).rejects.toThrow(
    `exchanges.json exch-new programme: the register has withdrawn the record with this id; got "${PROGRAMME}"`,
  );
  expect(await kindsOf('exch-new')).toEqual([]);
  expect((await verify(database())).differences).toEqual([]);
});
