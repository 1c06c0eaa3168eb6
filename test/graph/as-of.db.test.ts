import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../src/config/config.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import { PartnershipStatus } from '../../src/partnership/partnership.enums.js';
import { testApi } from '../support/api.js';
import { crowd } from '../support/lists.js';

const { ask, database } = testApi();
const { partnerships, exchanges } = await readSeeds(new URL('seeds/', root));
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

/** Days, months and years from before the first partnership until after the last change, and those of a change itself. */
const turningPoints = partnerships
  .flatMap(tie => [tie.startedOn, tie.endedOn, tie.statusSince, tie.lastEvidenceOn])
  .filter(date => date !== null);
const days = fc.oneof(
  fc.constantFrom(...turningPoints),
  fc.constantFrom(...turningPoints).chain(date => fc.constantFrom(date.slice(0, 4), date.slice(0, 7))),
  fc
    .date({ min: new Date('1975-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 10)),
);

interface Tie {
  id: string;
  status: PartnershipStatus;
}

/** The status of every partnership on a day, by `status(on:)`. */
async function statusesOn(on: string | null): Promise<Map<string, PartnershipStatus>> {
  const { data } = await ask('query ($on: PartialDate) { partnerships(first: 100) { nodes { id status(on: $on) } } }', {
    on,
  });
  return new Map(data.partnerships.nodes.map(({ id, status }: Tie) => [id, status]));
}

/** The keys of a map by its values, sorted. */
function byValue<V>(values: ReadonlyMap<string, V>): Map<V, string[]> {
  const inverse = new Map<V, string[]>();
  for (const [key, value] of [...values].sort()) inverse.set(value, [...(inverse.get(value) ?? []), key]);
  return inverse;
}
const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id).sort();

describe('on any day', () => {
  test('groups by status, their lists and the filter statusOn agree with status(on:) of each record', async () => {
    const statuses = Object.values(PartnershipStatus);
    const filters = statuses.map(
      status =>
        `${status}: partnerships(first: 100, filter: { statusOn: { on: $on, eq: ${status} } }) { nodes { id } }`,
    );
    const query = `query ($on: PartialDate!) {
      groups: partnershipGroups(by: [STATUS], on: $on) {
        status count partnerships(first: 100) { totalCount nodes { id status(on: $on) } } }
      ${filters.join('\n')}
      rest: partnerships(first: 100, filter: { statusOn: { on: $on, in: [ACTIVE, ENDED], notIn: [ENDED] } }) { nodes { id } }
    }`;
    const property = fc.asyncProperty(days, async on => {
      const expected = byValue(await statusesOn(on));
      const { data, errors } = await ask(query, { on });
      expect(errors).toBeUndefined();
      expect(data.groups.map(({ status }: Tie) => status).sort()).toEqual([...expected.keys()].sort());
      for (const { status, count, partnerships: members } of data.groups) {
        expect([on, status, idsOf(members)]).toEqual([on, status, expected.get(status)]);
        expect([count, members.totalCount]).toEqual([members.nodes.length, members.nodes.length]);
        expect(members.nodes.every((tie: Tie) => tie.status === status)).toBe(true);
      }
      for (const status of statuses) expect([on, idsOf(data[status])]).toEqual([on, expected.get(status) ?? []]);
      expect(idsOf(data.rest)).toEqual(expected.get(PartnershipStatus.ACTIVE) ?? []);
    });
    await fc.assert(property, { seed, numRuns: 60 });
  });

  test('groups of exchanges by the status of their partnership agree with it, record by record', async () => {
    const tieOf = new Map(exchanges.map(({ id, partnership }) => [id, partnership]));
    const query = `query ($on: PartialDate) { exchangeGroups(by: [PARTNERSHIP_STATUS], on: $on) {
      partnershipStatus count exchanges(first: 100) { nodes { id } } more: exchanges(last: 100) { nodes { id } } } }`;
    const property = fc.asyncProperty(fc.option(days), async on => {
      const statuses = await statusesOn(on);
      const { data, errors } = await ask(query, { on });
      expect(errors).toBeUndefined();
      const groups = data.exchangeGroups as {
        partnershipStatus: PartnershipStatus | null;
        count: number;
        exchanges: { nodes: { id: string }[] };
        more: { nodes: { id: string }[] };
      }[];
      for (const { partnershipStatus, count, exchanges: front, more: back } of groups) {
        const ids = new Set([...idsOf(front), ...idsOf(back)]);
        expect(ids.size).toBe(count);
        for (const id of ids) {
          const tie = tieOf.get(id) ?? null;
          expect([on, id, partnershipStatus]).toEqual([on, id, tie && statuses.get(tie)]);
        }
      }
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(exchanges.length);
    });
    await fc.assert(property, { seed, numRuns: 30 });
  });

  test('facets beside activeOn are all ACTIVE, and add up to the list', async () => {
    const query = `query ($on: PartialDate!) {
      partnershipGroups(by: [STATUS], filter: { activeOn: $on }, on: $on) { status count }
      partnerships(filter: { activeOn: $on }) { totalCount }
    }`;
    const { data } = await ask(query, { on: '1995-06-01' });
    expect(data.partnerships.totalCount).toBeGreaterThan(0);
    expect(data.partnershipGroups).toEqual([{ status: 'ACTIVE', count: data.partnerships.totalCount }]);
  });

  test('an empty list of statuses matches nothing, and excludes nothing', async () => {
    const { data } = await ask(`{
      all: partnerships { totalCount }
      none: partnerships(filter: { statusOn: { on: "1995", in: [] } }) { totalCount }
      each: partnerships(filter: { statusOn: { on: "1995", notIn: [] } }) { totalCount }
    }`);
    expect(data).toEqual({ all: data.each, none: { totalCount: 0 }, each: { totalCount: partnerships.length } });
  });

  test('a filter by status on a day is part of a filter of other records', async () => {
    const query = `query ($on: PartialDate!) {
      exchanges(first: 100, filter: { partnership: { statusOn: { on: $on, eq: ACTIVE } } }) { nodes { partnership { status(on: $on) } } }
      authorities(first: 100, filter: { partnerships: { some: { statusOn: { on: $on, in: [ENDED] } } } }) {
        nodes { id partnerships(filter: { statusOn: { on: $on, in: [ENDED] } }) { totalCount } } }
    }`;
    const { data, errors } = await ask(query, { on: '2025' });
    expect(errors).toBeUndefined();
    expect(data.exchanges.nodes.length).toBeGreaterThan(0);
    for (const { partnership } of data.exchanges.nodes) expect(partnership.status).toBe('ACTIVE');
    expect(data.authorities.nodes.length).toBeGreaterThan(0);
    for (const { partnerships: ended } of data.authorities.nodes) expect(ended.totalCount).toBeGreaterThan(0);
  });

  test('without a day the groups are those of today, and a group by another dimension has the same on each day', async () => {
    const query = `query ($on: PartialDate) {
      partnershipGroups(by: [STATUS], on: $on) { status count }
      kinds: partnershipGroups(by: [KIND], on: $on) { kind count }
    }`;
    const today = await ask(query);
    const expected = byValue(await statusesOn(null));
    expect(
      Object.fromEntries(
        today.data.partnershipGroups.map(({ status, count }: Tie & { count: number }) => [status, count]),
      ),
    ).toEqual(Object.fromEntries([...expected].map(([status, ids]) => [status, ids.length])));
    const before = await ask(query, { on: '1990' });
    expect(before.data.kinds).toEqual(today.data.kinds);
    expect(before.data.partnershipGroups).not.toEqual(today.data.partnershipGroups);
  });

  test('groups of a day and their lists take one statement each, as those of today do', async () => {
    const query = `query ($on: PartialDate) {
      partnershipGroups(by: [STATUS, STARTED_DECADE], on: $on) { count partnerships { nodes { id } } } }`;
    for (const on of [null, '1995-06-01']) {
      const { errors, statements } = await ask(query, { on });
      expect(errors).toBeUndefined();
      expect(statements).toHaveLength(2);
    }
  });
});

describe('updatedAt', () => {
  beforeAll(() => crowd(database()));
  const CONCEPTS = ['authorities', 'organisations', 'partnerships', 'programmes', 'exchanges'];

  test.each(CONCEPTS)('filters %s by the time of their last change', async concept => {
    const all = await ask(`{ ${concept}(first: 100) { nodes { id updatedAt } } }`);
    const { nodes } = all.data[concept] as { nodes: { id: string; updatedAt: string }[] };
    const times = [...new Set(nodes.map(({ updatedAt }) => updatedAt))].sort();
    expect(times.length).toBeGreaterThan(2);
    const operators: Record<string, (time: string, bound: string) => boolean> = {
      before: (time, bound) => time < bound,
      after: (time, bound) => time > bound,
      from: (time, bound) => time >= bound,
      until: (time, bound) => time <= bound,
    };
    const type = { authorities: 'Authority' }[concept] ?? `${concept[0]?.toUpperCase()}${concept.slice(1, -1)}`;
    const query = `query ($filter: ${type}Filter) { ${concept}(first: 100, filter: $filter) { nodes { id updatedAt } } }`;
    for (const [operator, holds] of Object.entries(operators)) {
      const bound = times[1] as string;
      const { data, errors } = await ask(query, { filter: { updatedAt: { [operator]: bound } } });
      expect(errors).toBeUndefined();
      const expected = nodes.filter(({ updatedAt }) => holds(updatedAt, bound)).map(({ id }) => id);
      if (all.data[concept].nodes.length < 100)
        expect([operator, idsOf(data[concept])]).toEqual([operator, expected.sort()]);
      else for (const { updatedAt } of data[concept].nodes) expect(holds(updatedAt, bound)).toBe(true);
    }
  });

  test('a time in another zone means the same moment, and the ends of the calendar are no error', async () => {
    const count = async (updatedAt: string) => {
      const { data, errors } = await ask(`{ partnerships(filter: { updatedAt: ${updatedAt} }) { totalCount } }`);
      expect(errors).toBeUndefined();
      return data.partnerships.totalCount;
    };
    const utc = await count('{ from: "2026-03-29T00:59:59.750Z" }');
    expect(utc).toBeGreaterThan(0);
    expect(utc).toBeLessThan(partnerships.length);
    expect(await count('{ from: "2026-03-29T02:59:59.750+02:00" }')).toBe(utc);
    expect(await count('{ after: "0000-01-01T00:00:00Z", before: "9999-12-31T23:59:59-14:00" }')).toBe(
      partnerships.length,
    );
  });
});

describe('location', () => {
  const placesIn = (box: string) =>
    ask(`{ authorities(first: 100, filter: { location: { within: ${box} } }) { nodes { id } } }`);

  test('finds what lies in a box, its edges included, and the other way round the earth', async () => {
    const { data } = await ask('{ authority(id: "nl-rotterdam") { location { latitude longitude } } }');
    const { latitude, longitude } = data.authority.location;
    const point = await placesIn(`{ south: ${latitude}, north: ${latitude}, west: ${longitude}, east: ${longitude} }`);
    expect(idsOf(point.data.authorities)).toEqual(['nl-rotterdam']);
    const china = idsOf((await placesIn('{ south: 15, north: 54, west: 73, east: 135 }')).data.authorities);
    expect(china.length).toBeGreaterThan(20);
    expect(china.every(id => id.startsWith('cn-'))).toBe(true);
    const around = idsOf((await placesIn('{ south: 15, north: 54, west: 135, east: 73 }')).data.authorities);
    expect(around).toContain('nl-rotterdam');
    expect(around.every(id => id.startsWith('nl-'))).toBe(true);
  });

  test('refuses a box upside down, and degrees that do not exist', async () => {
    const upsideDown = await placesIn('{ south: 52, north: 51, west: 4, east: 5 }');
    expect(upsideDown.errors?.[0]).toMatchObject({
      message: 'filter.location.within.south must not exceed north; got south: 52 and north: 51.',
      extensions: { code: 'BAD_USER_INPUT', rule: 'BOX_UPSIDE_DOWN' },
    });
    for (const box of ['{ south: -91, north: 51, west: 4, east: 5 }', '{ south: 50, north: 51, west: 4, east: 181 }']) {
      expect((await placesIn(box)).errors?.[0]?.message).toMatch(/-?(?:91|181)/);
    }
  });
});
