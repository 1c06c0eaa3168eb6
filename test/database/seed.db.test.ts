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

const TIE = 'tie-prov-limburg-prov-sichuan';
const linksOf = async (id: string): Promise<Json> => {
  const query = 'query($id: ID!) { partnership(id: $id) { version programmes { nodes { id } } } }';
  const { version, programmes } = (await ask(query, { id })).data.partnership;
  return { version, programmes: programmes.nodes.map((node: Json) => node.id) };
};

test('a new partnership of a stored programme is linked to it', async () => {
  const { notes: _, ...seed } = seeds.partnerships.find(({ id }) => id === 'tie-weert-yuhang') as Json;
  const added = { ...seed, id: 'tie-new', notes: null, chinese: 'cn-nanjing' };
  const programmes = seeds.programmes.map(programme =>
    programme.id === 'prog-limburg-sichuan-policy' ? { ...programme, partnerships: [TIE, 'tie-new'] } : programme,
  );
  const content = { ...seeds, partnerships: [...seeds.partnerships, added], programmes };
  expect(await storeSeeds(database().em, content)).toBe(1);
  expect(await linksOf('tie-new')).toEqual({ version: 1, programmes: ['prog-limburg-sichuan-policy'] });
  expect((await verify(database())).differences).toEqual([]);
});

test('a stored partnership of a new programme is linked to it by a change of its own', async () => {
  const content = withCopy('programmes', 'prog-limburg-sichuan-policy', { id: 'prog-new' });
  expect(await storeSeeds(database().em, content)).toBe(1);
  expect(await linksOf(TIE)).toEqual({ version: 2, programmes: ['prog-limburg-sichuan-policy', 'prog-new'] });
  expect(await kindsOf(TIE)).toEqual(['RECORDED', 'LINKED_TO_PROGRAMME']);
  expect(await storeSeeds(database().em, content)).toBe(0);
  expect((await verify(database())).differences).toEqual([]);
});

test('a new record is found by the present names of its sides and partners, which the register has renamed', async () => {
  const { names } = seeds.authorities.find(({ id }) => id === 'nl-almere') as Json;
  const input = { id: 'nl-almere', expectedVersion: 1, names: { ...names, nl: 'Nieuwalmere' }, reason: 'Renamed.' };
  const { data } = await ask(brief('reviseAuthority'), { input }, ADMIN);
  expect(data.reviseAuthority.userErrors).toEqual([]);
  const seed = seeds.exchanges.find(({ id }) => id === 'exch-zuidholland-linyi-visit') as Json;
  const exchange = { ...seed, id: 'exch-almere-new', dutch: 'nl-almere' };
  const content = withCopy('programmes', PROGRAMME, {
    id: 'prog-almere-new',
    iatiId: null,
    partnerships: [],
    authorities: ['nl-almere'],
  });
  await storeSeeds(database().em, { ...content, exchanges: [...seeds.exchanges, exchange] } as Seeds);
  const query = '{ search(query: "Nieuwalmere", first: 100) { nodes { ... on Node { id } } } }';
  const ids = (await ask(query)).data.search.nodes.map(({ id }: Json) => id);
  expect(ids).toEqual(expect.arrayContaining(['exch-almere-new', 'prog-almere-new']));
});

test('a new record that collides with one that was written in the register is refused, by its name', async () => {
  const record = async (concept: string, input: Json): Promise<string> => {
    const [mutation, subject] = [`record${concept}`, `${concept.charAt(0).toLowerCase()}${concept.slice(1)}`];
    const { data } = await ask(
      `mutation($input: Record${concept}Input!) { ${mutation}(input: $input) { ${subject} { id } userErrors { message } } }`,
      { input },
      ADMIN,
    );
    expect(data[mutation].userErrors).toEqual([]);
    return data[mutation][subject].id;
  };
  const authority = await record('Authority', {
    dutchLevel: 'MUNICIPALITY',
    names: { nl: 'Nieuwstad' },
    code: 'GM9998',
  });
  const sides = { dutch: 'nl-delft', chinese: 'cn-shanghai' };
  const tie = await record('Partnership', { ...sides, kind: 'FRIENDSHIP' });
  const colliding = {
    ...withCopy('authorities', 'nl-delft', { id: 'nl-new', code: 'GM9998' }),
    partnerships: withCopy('partnerships', 'tie-delft-jingdezhen', { id: 'tie-newer', ...sides }).partnerships,
  };
  const stored = storeSeeds(database().em, colliding);
  await expect(stored).rejects.toThrow(SeedError);
  await expect(stored).rejects.toThrow(
    `authorities.json nl-new code: code must be unique; the register has ${authority}; got "GM9998"
partnerships.json tie-newer endedOn: two authorities can have only one open partnership; the register has ${tie}; got "nl-delft cn-shanghai"`,
  );
});
