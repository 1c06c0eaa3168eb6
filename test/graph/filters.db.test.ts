import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../src/config/config.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import type { AuthoritySeed, PartnershipSeed } from '../../src/database/seed/seed.schemas.js';
import { storeSeeds } from '../../src/database/seed/store.js';
import { PartnershipMotive, PartnershipStatus, SupportBase } from '../../src/partnership/partnership.enums.js';
import { testApi } from '../support/api.js';
import { evaluator, type Given } from '../support/evaluator.js';
import { type Concept, filtersOf } from '../support/filters.js';
import { questions } from '../support/questions.js';

const { ask, database } = testApi();
const seeds = await readSeeds(new URL('seeds/', root));
const { authorities, partnerships, exchanges } = seeds;
const { ACTIVE, DORMANT, ENDED } = PartnershipStatus;

/** Records that the seeds lack: a partnership nested in one that is not of two provinces, and a recorded, not derived, status. */
const xuhui: AuthoritySeed = {
  ...(authorities.find(({ id }) => id === 'cn-shanghai') as AuthoritySeed),
  id: 'cn-xuhui',
  names: { en: 'Xuhui', zh: '徐汇区' },
  code: '310104',
  parent: 'cn-shanghai',
  prefecture: 'cn-shanghai',
};
const recorded: PartnershipSeed = {
  ...(partnerships.find(({ id }) => id === 'tie-rotterdam-shanghai') as PartnershipSeed),
  id: 'tie-rotterdam-xuhui',
  chinese: xuhui.id,
  status: ENDED,
  endedOn: '2020-03',
  motives: [PartnershipMotive.CULTURE],
  support: [SupportBase.LOCAL_POLITICS],
  statusPeriods: [
    { status: ACTIVE, from: '1990' },
    { status: DORMANT, from: '2005-05' },
    { status: ACTIVE, from: '2013' },
    { status: ENDED, from: '2020-03' },
  ],
};
authorities.push(xuhui);
partnerships.push(recorded);
beforeAll(async () => {
  await storeSeeds(database().em, seeds);
});
const expected = evaluator(seeds);
const inputs: Record<Concept, string> = {
  authorities: 'AuthorityFilter',
  organisations: 'OrganisationFilter',
  partnerships: 'PartnershipFilter',
  programmes: 'ProgrammeFilter',
  exchanges: 'ExchangeFilter',
};

/** The ids of all that a filter lets through; no concept has more than two hundred records. */
async function idsBy(concept: Concept, filter: Given): Promise<{ ids: string[]; totalCount: number }> {
  const { data, errors } = await ask(
    `query ($filter: ${inputs[concept]}) {
      front: ${concept}(first: 100, filter: $filter, orderBy: [{ field: ID }]) { totalCount nodes { id } }
      back: ${concept}(last: 100, filter: $filter, orderBy: [{ field: ID }]) { nodes { id } }
    }`,
    { filter },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  const ids = [...data.front.nodes, ...data.back.nodes].map(({ id }: { id: string }) => id);
  return { ids: [...new Set(ids)].sort(), totalCount: data.front.totalCount };
}

describe('random filters', () => {
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
  const runs: [Concept, number][] = [
    ['partnerships', 400],
    ['authorities', 200],
    ['exchanges', 200],
    ['programmes', 100],
    ['organisations', 100],
  ];
  test.each(runs)('%s: %i filters let through the same records as in memory', async (concept, numRuns) => {
    const filters = filtersOf(concept);
    // Filters that let through nothing, or everything, prove little; some of them are enough.
    const isTelling = (ids: string[]) => ids.length > 0 && ids.length < seeds[concept].length;
    const mostlyTelling = fc.oneof(
      filters.filter(filter => isTelling(expected[concept](filter))),
      filters,
    );
    let telling = 0;
    const agree = async (filter: Given) => {
      const ids = expected[concept](filter);
      expect(await idsBy(concept, filter)).toEqual({ ids, totalCount: ids.length });
      if (isTelling(ids)) telling += 1;
    };
    await fc.assert(fc.asyncProperty(mostlyTelling, agree), { seed, numRuns });
    console.info(`${numRuns} filters of ${concept}, TEST_SEED=${seed}: ${telling} let through some, not all.`);
    expect(telling / numRuns).toBeGreaterThan(0.3);
  });
});

describe('what filters mean', () => {
  const count = async (concept: Concept, filter: Given) => (await idsBy(concept, filter)).totalCount;
  const named = (name: Given) => idsBy('authorities', { name }).then(({ ids }) => ids);

  test('a condition on an unknown value does not hold, and its opposite does', async () => {
    const unknown = await count('partnerships', { startedOn: { isNull: true } });
    expect(unknown).toBeGreaterThan(0);
    for (const startedOn of [{ before: '2000' }, { after: '2000' }, { eq: '1979' }]) {
      const held = await count('partnerships', { startedOn });
      const notHeld = await count('partnerships', { not: { startedOn } });
      expect(held + notHeld).toBe(partnerships.length);
      expect(await count('partnerships', { startedOn, not: { startedOn: { isNull: false } } })).toBe(0);
    }
    const withoutSubkind = exchanges.filter(({ subkind }) => subkind === null).map(({ id }) => id);
    const subkinds = [...new Set(exchanges.flatMap(({ subkind }) => subkind ?? []))];
    const { ids } = await idsBy('exchanges', { subkind: { notIn: subkinds } });
    expect(ids).toEqual(withoutSubkind.sort());
  });

  test('dates compare by the earliest day they can mean', async () => {
    const ids = async (startedOn: Given) => (await idsBy('partnerships', { startedOn })).ids;
    expect(await ids({ eq: '1979-01-01' })).toEqual(await ids({ eq: '1979' }));
    expect(await ids({ eq: '1979' })).toContain('tie-rotterdam-shanghai');
    expect(await ids({ after: '1979-01' })).not.toContain('tie-rotterdam-shanghai');
    expect(await ids({ from: '1979-01-01', until: '1979' })).toContain('tie-rotterdam-shanghai');
  });

  test('a year or a month as a bound is meant as a whole', async () => {
    const ids = async (endedOn: Given) => (await idsBy('partnerships', { endedOn })).ids;
    expect(await ids({ from: '2021', until: '2023' })).toEqual(await ids({ from: '2021-01-01', until: '2023-12-31' }));
    expect(await ids({ until: '2023' })).not.toEqual(await ids({ until: '2023-01-01' }));
    expect(await ids({ until: '2023-06' })).toEqual(await ids({ until: '2023-06-30' }));
    // `before` and `from` split the known dates, and so do `until` and `after`.
    const dated = await ids({ isNull: false });
    for (const bound of ['2022', '2023-06', '2021-07-21']) {
      expect([...(await ids({ before: bound })), ...(await ids({ from: bound }))].sort(), bound).toEqual(dated);
      expect([...(await ids({ until: bound })), ...(await ids({ after: bound }))].sort(), bound).toEqual(dated);
    }
    const question = questions.find(({ name }) => name === '02-ended-between-two-days')?.query ?? '';
    const { data } = await ask(question, { from: '2021', until: '2023' });
    expect([data.municipalities.totalCount, data.provinces.totalCount]).toEqual([7, 2]);
  });

  test('a tie is active in its periods, each from its first day until the day before the next', async () => {
    const days: [string, boolean][] = [
      ['1989-12-31', false],
      ['1990', true],
      ['2005-04-30', true],
      ['2005-05-01', false],
      ['2012-12-31', false],
      ['2013-01-01', true],
      ['2020-02-29', true],
      ['2020-03', false],
    ];
    for (const [activeOn, isActive] of days) {
      const { ids } = await idsBy('partnerships', { activeOn });
      expect([activeOn, ids.includes(recorded.id)]).toEqual([activeOn, isActive]);
    }
  });

  test('a tie lies in a tie of two provinces alone', async () => {
    const inside = async (nestedIn: string) => (await idsBy('partnerships', { nestedIn })).ids;
    expect(await inside('tie-rotterdam-shanghai')).toEqual([]);
    expect(await inside('tie-prov-noord-brabant-prov-jiangsu')).toContain('tie-eindhoven-nanjing');
    expect(await inside('tie-of-nobody')).toEqual([]);
  });

  test('names compare without case, accents and punctuation, and all that is given is of one name', async () => {
    for (const eq of ["'s-Hertogenbosch", 'S HERTOGENBOSCH', 's-hértogenbosch', 'Den Bosch', '斯海尔托亨博斯']) {
      expect(await named({ eq })).toEqual(['nl-s-hertogenbosch']);
    }
    expect(await named({ eq: 'fryslan' })).toEqual(['nl-prov-fryslan']);
    for (const eq of ["Xi'an", 'Xi’an', 'Xi`an', 'Xi´an', 'xian']) expect(await named({ eq })).toEqual(['cn-xian']);
    expect(await named({ startsWith: 'fries', contains: 'land' })).toEqual(['nl-prov-fryslan']);
    expect(await named({ startsWith: 'fries', contains: 'fryslan' })).toEqual([]);
    expect(await named({ contains: '上' })).toContain('cn-shanghai');
  });

  test('one value of a list fits all that is given', async () => {
    const themed = partnerships.filter(({ themes }) => themes.length > 0).length;
    expect(themed).toBeGreaterThan(0);
    expect(await count('partnerships', { themes: { some: {} } })).toBe(themed);
    expect(await count('partnerships', { themes: { none: {} } })).toBe(partnerships.length - themed);
    expect(await count('partnerships', { themes: { some: { eq: 'WATER', in: ['TRADE'] } } })).toBe(0);
    const both = await idsBy('partnerships', {
      and: [{ themes: { some: { eq: 'WATER' } } }, { themes: { some: { eq: 'TRADE' } } }],
    });
    expect(both.ids).toContain('tie-rotterdam-shanghai');
  });

  test('text lets through what a search for it finds', async () => {
    const types = {
      authorities: 'AUTHORITY',
      partnerships: 'PARTNERSHIP',
      exchanges: 'EXCHANGE',
      programmes: 'PROGRAMME',
      organisations: 'ORGANISATION',
    };
    for (const text of ['Shanghai', 'shang hai', '上', 'rotterdam port', 'wáter', 'VNG', 'nothing like this']) {
      for (const [concept, type] of Object.entries(types)) {
        const { data } = await ask(
          `query ($text: String!) { search(query: $text, types: [${type}], first: 100) { totalCount nodes { ... on Node { id } } } }`,
          { text },
        );
        const matches = await idsBy(concept as Concept, { text });
        expect(matches.totalCount).toBe(data.search.totalCount);
        expect(matches.ids).toEqual(data.search.nodes.map(({ id }: { id: string }) => id).sort());
      }
    }
    const matches = await idsBy('partnerships', { text: 'Shanghai', not: { dutch: { text: 'Rotterdam' } } });
    expect(matches.ids).toEqual(
      expected.partnerships({ id: { in: matches.ids }, not: { dutch: { id: { eq: 'nl-rotterdam' } } } }),
    );
    expect(await count('exchanges', { partnership: { text: '上海' } })).toBeGreaterThan(0);
  });

  test('a filter that is too deep or too large is refused', async () => {
    const refusal = async (concept: Concept, filter: Given) => {
      const { errors } = await ask(
        `query ($filter: ${inputs[concept]}) { ${concept}(filter: $filter) { totalCount } }`,
        { filter },
      );
      return [errors?.[0]?.message, errors?.[0]?.extensions?.code];
    };
    const deep = { partnerships: { some: { exchanges: { some: { dutch: { id: { eq: 'nl-breda' } } } } } } };
    expect(await refusal('authorities', deep)).toEqual([
      'filter.partnerships.some.exchanges.some.dutch is 3 relations deep; a filter follows at most 2.',
      'BAD_USER_INPUT',
    ]);
    const large = { or: Array.from({ length: 50 }, () => ({ kind: { eq: 'SISTER_CITY' } })) };
    expect(await refusal('partnerships', large)).toEqual([
      'A filter holds at most 50 conditions; this one holds more.',
      'BAD_USER_INPUT',
    ]);
  });
});
