import { describe, expect, test, vi } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import { brief, type Json } from '../support/calls.js';
import { type Refused, refusals } from '../support/refusals.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 10_000 });

const api = testApi();
const { ask, database } = api;
const refuses = refusals(api);

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date());
const tomorrow = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(Date.now() + 86_400_000);

/** Calls a mutation on a tie as it now is, and gives the payload. */
async function on(id: string, mutation: string, facts: Json): Promise<Json> {
  const { data: current } = await ask('query($id: ID!) { partnership(id: $id) { version } }', { id });
  const input = { id, expectedVersion: current.partnership.version, ...facts };
  const { data, errors } = await ask(brief(mutation), { input }, ADMIN);
  expect(errors).toBeUndefined();
  return data[mutation];
}
const written = async (id: string, mutation: string, facts: Json) =>
  expect((await on(id, mutation, facts)).userErrors).toEqual([]);
const refused = async (id: string, mutation: string, facts: Json, code: string, field: string) =>
  expect(await on(id, mutation, facts)).toMatchObject({ change: null, userErrors: [{ code, path: ['input', field] }] });

async function record(input: Json): Promise<Json> {
  const full = { kind: 'FRIENDSHIP', ...input };
  return (await ask(brief('recordPartnership'), { input: full }, ADMIN)).data.recordPartnership;
}
async function made(input: Json): Promise<string> {
  const { partnership, userErrors } = await record(input);
  expect(userErrors).toEqual([]);
  return partnership.id;
}

const FACTS =
  'status statusSince startedOn endedOn lastEvidenceOn statusPeriods { status from until reason citations { supports } }';
const tie = async (id: string) => (await ask(`{ partnership(id: "${id}") { ${FACTS} } }`)).data.partnership;
const periods = async (id: string) =>
  (await tie(id)).statusPeriods.map(({ status, from, until }: Json) => [status, from, until]);

describe('a change of status', () => {
  const verbs = ['markPartnershipDormant', 'renewPartnership', 'endPartnership'];
  const active = (more: Json) => ({ id: 'tie-westland-dezhou', expectedVersion: 1, ...more });
  refuses(
    verbs.flatMap((verb): Refused[] => [
      [
        `${verb} without a ground`,
        verb,
        active({ since: '2024' }),
        'EVIDENCE_REQUIRED',
        'reason',
        /reason or a source/,
      ],
      [`${verb} in the future`, verb, active({ since: tomorrow, reason: 'x' }), 'INVALID', 'since', /today/],
      [`${verb} next year`, verb, active({ since: '9999', reason: 'x' }), 'INVALID', 'since', /9999/],
      [
        `${verb} on the first day`,
        verb,
        active({ since: '2016-01-01', reason: 'x' }),
        'OVERLAPPING_PERIOD',
        'since',
        /2016/,
      ],
      [
        `${verb} before it`,
        verb,
        active({ since: '2015-12', reason: 'x' }),
        'OVERLAPPING_PERIOD',
        'since',
        /2016.*2015-12/,
      ],
    ]),
  );
  refuses([
    [
      'of a tie that ended',
      'renewPartnership',
      { id: 'tie-breda-yangzhou', expectedVersion: 1, since: '2024', reason: 'x' },
      'INVALID',
      'id',
      /ended on 2023-03.*recordPartnership/,
    ],
    [
      'to an end again',
      'endPartnership',
      { id: 'tie-breda-yangzhou', expectedVersion: 1, since: '2024', reason: 'x' },
      'INVALID',
      'id',
      /ended/,
    ],
    [
      'to sleep again',
      'markPartnershipDormant',
      { id: 'tie-groningen-tianjin', expectedVersion: 1, since: '2025', reason: 'x' },
      'INVALID',
      'id',
      /already dormant, since 2024-07/,
    ],
    [
      'to an end before the start',
      'endPartnership',
      { id: 'tie-delft-jingdezhen', expectedVersion: 1, since: '2009', reason: 'x' },
      'INVALID',
      'since',
      /2010.*2009/,
    ],
    [
      'to sleep before the start',
      'markPartnershipDormant',
      { id: 'tie-delft-jingdezhen', expectedVersion: 1, since: '2009-12-31', reason: 'x' },
      'INVALID',
      'since',
      /2010/,
    ],
  ]);

  test('today is no day to come', async () => {
    const id = await made({ dutch: 'nl-weert', chinese: 'cn-wuxi', startedOn: '2020' });
    await written(id, 'endPartnership', { since: today, reason: 'Today' });
    expect(await tie(id)).toMatchObject({ status: 'ENDED', endedOn: today, statusSince: today, lastEvidenceOn: today });
  });

  test('of a tie of unknown status and start begins its first period', async () => {
    await written('tie-den-haag-hangzhou', 'renewPartnership', {
      since: '2020',
      source: { title: 'A', publisher: 'B' },
    });
    expect(await tie('tie-den-haag-hangzhou')).toEqual({
      status: 'ACTIVE',
      statusSince: '2020',
      startedOn: null,
      endedOn: null,
      lastEvidenceOn: '2020',
      statusPeriods: [
        {
          status: 'ACTIVE',
          from: '2020',
          until: null,
          reason: null,
          citations: [{ supports: ['status', 'statusSince'] }],
        },
      ],
    });
  });

  test('to active of an active tie is a renewal, and goes on in the same period', async () => {
    const id = 'tie-wageningen-zhangzhou';
    const before = await periods(id);
    await written(id, 'renewPartnership', { since: '2023-01-02', reason: 'Signed again' });
    expect(await tie(id)).toMatchObject({ status: 'ACTIVE', statusSince: '2023-01-02', lastEvidenceOn: '2023-01-02' });
    expect(await periods(id)).toEqual(before);
  });

  test('of any kind may not precede the last renewal', async () => {
    const id = await made({ dutch: 'nl-delft', chinese: 'cn-wuxi', startedOn: '2000' });
    await written(id, 'renewPartnership', { since: '2024-05', reason: 'a' });
    for (const verb of verbs) {
      await refused(id, verb, { since: '2015', reason: 'before' }, 'OVERLAPPING_PERIOD', 'since');
      await refused(id, verb, { since: '2024-05-01', reason: 'same day' }, 'OVERLAPPING_PERIOD', 'since');
    }
    await refused(id, 'revisePartnership', { startedOn: '2024-06' }, 'OVERLAPPING_PERIOD', 'startedOn');
    await written(id, 'markPartnershipDormant', { since: '2025', reason: 'b' });
    await refused(id, 'endPartnership', { since: '2024-06', reason: 'c' }, 'OVERLAPPING_PERIOD', 'since');
    expect(await periods(id)).toEqual([
      ['ACTIVE', '2000', '2025'],
      ['DORMANT', '2025', null],
    ]);
  });

  test('there and back again gives one period after the other, and status(on:) follows', async () => {
    const id = await made({ dutch: 'nl-delft', chinese: 'cn-qingdao', startedOn: '1990' });
    await written(id, 'markPartnershipDormant', { since: '1995-06', reason: 'a' });
    await refused(id, 'renewPartnership', { since: '1995-06-01', reason: 'same day' }, 'OVERLAPPING_PERIOD', 'since');
    await written(id, 'renewPartnership', { since: '1995-06-02', reason: 'b' });
    await written(id, 'endPartnership', { since: '2001', reason: 'c' });
    expect(await periods(id)).toEqual([
      ['ACTIVE', '1990', '1995-06'],
      ['DORMANT', '1995-06', '1995-06-02'],
      ['ACTIVE', '1995-06-02', '2001'],
      ['ENDED', '2001', null],
    ]);
    const on = (day: string) => `d${day.replaceAll('-', '_')}: status(on: "${day}")`;
    const { data } = await ask(
      `{ partnership(id: "${id}") { ${['1989', '1990', '1995-06-01', '1995-06-02', '2001'].map(on).join(' ')} } }`,
    );
    expect(Object.values(data.partnership)).toEqual(['NOT_YET_STARTED', 'ACTIVE', 'DORMANT', 'ACTIVE', 'ENDED']);
    const { data: current } = await ask(
      `{ partnerships(filter: { id: { eq: "${id}" }, activeOn: "1994" }) { totalCount }
         not: partnerships(filter: { id: { eq: "${id}" }, activeOn: "1995-06-01" }) { totalCount } }`,
    );
    expect(current).toEqual({ partnerships: { totalCount: 1 }, not: { totalCount: 0 } });
  });
});

describe('a start that is corrected', () => {
  test('moves the first period, and a period may begin on the day that it left', async () => {
    const id = await made({ dutch: 'nl-oss', chinese: 'cn-wuxi', startedOn: '1995' });
    await written(id, 'revisePartnership', { startedOn: '1990' });
    expect(await periods(id)).toEqual([['ACTIVE', '1990', null]]);
    await written(id, 'markPartnershipDormant', { since: '1995', reason: 'It slept' });
    expect(await periods(id)).toEqual([
      ['ACTIVE', '1990', '1995'],
      ['DORMANT', '1995', null],
    ]);
  });

  test('cannot be cleared, nor go beyond the next period, the end or today', async () => {
    const id = await made({ dutch: 'nl-breda', chinese: 'cn-wuxi', startedOn: '1990' });
    await written(id, 'markPartnershipDormant', { since: '2000', reason: 'a' });
    await refused(id, 'revisePartnership', { startedOn: null }, 'INVALID', 'startedOn');
    await refused(id, 'revisePartnership', { startedOn: '2000' }, 'OVERLAPPING_PERIOD', 'startedOn');
    await refused(id, 'revisePartnership', { startedOn: tomorrow }, 'INVALID', 'startedOn');
    await refused(id, 'revisePartnership', { lastEvidenceOn: tomorrow }, 'INVALID', 'lastEvidenceOn');
    await written(id, 'endPartnership', { since: '2005', reason: 'b' });
    await refused(id, 'revisePartnership', { startedOn: '2006' }, 'INVALID', 'startedOn');
    expect(await periods(id)).toEqual([
      ['ACTIVE', '1990', '2000'],
      ['DORMANT', '2000', '2005'],
      ['ENDED', '2005', null],
    ]);
  });
});

describe('a start that is corrected of a tie whose first period is no active one', () => {
  const statusOn1995 = async (id: string) =>
    (await ask(`{ partnership(id: "${id}") { status(on: "1995") } }`)).data.partnership.status;

  test.each([
    ['endPartnership', 'ENDED', 'cn-dalian'],
    ['markPartnershipDormant', 'DORMANT', 'cn-xiamen'],
  ])('leaves the period of %s where it is, and what was before it unknown', async (verb, status, chinese) => {
    const id = await made({ dutch: 'nl-weert', chinese });
    await written(id, verb, { since: '2000', reason: 'a' });
    await written(id, 'revisePartnership', { startedOn: '2000' });
    await written(id, 'revisePartnership', { startedOn: '1990' });
    expect(await tie(id)).toMatchObject({ status, statusSince: '2000', startedOn: '1990' });
    expect(await periods(id)).toEqual([[status, '2000', null]]);
    expect(await statusOn1995(id)).toBe('UNKNOWN');
    await written(id, 'revisePartnership', { startedOn: null });
  });

  test('may be a day of the year of the end, as at the end', async () => {
    const id = await made({ dutch: 'nl-weert', chinese: 'cn-yantai', startedOn: '2010-06-15', status: 'UNKNOWN' });
    await written(id, 'endPartnership', { since: '2010', reason: 'a' });
    await written(id, 'revisePartnership', { startedOn: '2010-06-16' });
    await refused(id, 'revisePartnership', { startedOn: '2011' }, 'INVALID', 'startedOn');
    for (const startedOn of ['2010', '2009']) await written(id, 'revisePartnership', { startedOn });
    expect(await periods(id)).toEqual([['ENDED', '2010', null]]);
  });

  test('has not started before a day of the year of its end, in its status, in filters and in groups', async () => {
    const id = await made({ dutch: 'nl-weert', chinese: 'cn-wuhan', startedOn: '2010-06-01', status: 'UNKNOWN' });
    await written(id, 'endPartnership', { since: '2010', reason: 'a', decidedBy: 'COUNCIL' });
    const query = `query ($on: PartialDate!) {
      partnership(id: "${id}") { status(on: $on) }
      partnershipGroups(by: [STATUS], on: $on, filter: { id: { eq: "${id}" } }) { status }
      ended: partnerships(filter: { id: { eq: "${id}" }, statusOn: { on: $on, eq: ENDED } }) { totalCount }
      decided: partnerships(filter: { id: { eq: "${id}" }, statusOn: { on: $on, decidedBy: { eq: COUNCIL } } }) { totalCount } }`;
    for (const [on, status] of [
      ['2010-03', 'NOT_YET_STARTED'],
      ['2010-07', 'ENDED'],
    ]) {
      const totalCount = status === 'ENDED' ? 1 : 0;
      expect(await ask(query, { on: on as string })).toMatchObject({
        errors: undefined,
        data: {
          partnership: { status },
          partnershipGroups: [{ status }],
          ended: { totalCount },
          decided: { totalCount },
        },
      });
    }
  });
});

describe('two ties between the same two', () => {
  const sides = { dutch: 'nl-zoetermeer', chinese: 'cn-nanjing' };
  const duplicate = {
    partnership: null,
    change: null,
    userErrors: [{ code: 'DUPLICATE', path: ['input', 'startedOn'] }],
  };

  test('are refused for overlapping times, and when either’s times are unknown', async () => {
    const first = await made({ ...sides, startedOn: '2000' });
    expect(first).toBe('tie-zoetermeer-nanjing');
    expect(await record({ ...sides, startedOn: '2010' })).toMatchObject(duplicate);
    expect(await record({ ...sides, startedOn: '1990' })).toMatchObject(duplicate);
    expect(await record({ ...sides })).toMatchObject(duplicate);
    expect(await record({ dutch: 'nl-velsen', chinese: 'cn-qingdao', startedOn: '2020' })).toMatchObject(duplicate);
    await written(first, 'endPartnership', { since: '2010', reason: 'a' });
    expect(await record({ ...sides, startedOn: '2009-12-31' })).toMatchObject(duplicate);
    expect(await record({ ...sides })).toMatchObject(duplicate);
  });

  test('may follow each other, from the day of the end on', async () => {
    expect(await made({ ...sides, startedOn: '2010' })).toBe('tie-zoetermeer-nanjing-2');
    expect(await record({ ...sides, startedOn: '2015' })).toMatchObject(duplicate);
    await refused('tie-zoetermeer-nanjing-2', 'revisePartnership', { startedOn: '2005' }, 'DUPLICATE', 'startedOn');
    await written('tie-zoetermeer-nanjing-2', 'revisePartnership', { startedOn: '2011' });
  });

  test('an ended tie and a new one: after the end of Eindhoven–Nanjing another may begin', async () => {
    const again = { dutch: 'nl-eindhoven', chinese: 'cn-nanjing' };
    expect(await record({ ...again, startedOn: '2022-10' })).toMatchObject(duplicate);
    expect(await made({ ...again, startedOn: '2024' })).toBe('tie-eindhoven-nanjing-2');
  });
});

test('a new tie is active from its start, and of unknown status without one', async () => {
  const unknown = await made({ dutch: 'nl-arnhem', chinese: 'cn-dalian' });
  expect(await tie(unknown)).toMatchObject({ status: 'UNKNOWN', startedOn: null, statusPeriods: [] });
  const active = await made({ dutch: 'nl-arnhem', chinese: 'cn-yantai', startedOn: '2001' });
  expect(await tie(active)).toMatchObject({ status: 'ACTIVE', statusPeriods: [{ status: 'ACTIVE', from: '2001' }] });
  const future = await record({ dutch: 'nl-arnhem', chinese: 'cn-xiamen', startedOn: tomorrow });
  expect(future).toMatchObject({ change: null, userErrors: [{ code: 'INVALID', path: ['input', 'startedOn'] }] });
});

test('a status that no new tie has is named by its label', async () => {
  const { userErrors } = await record({ dutch: 'nl-oss', chinese: 'cn-dalian', status: 'DORMANT' });
  expect(userErrors).toMatchObject([
    {
      rule: 'INITIAL_STATUS',
      params: { value: 'DORMANT' },
      message: expect.stringContaining('got DORMANT.'),
      nl: expect.stringContaining('ingevuld is ‘Slapend’.'),
      zh: expect.stringContaining('实际为“休眠”。'),
    },
  ]);
});

test('a code that is written twice is stored once, and one that is stored twice counts once', async () => {
  const lists = 'themes motives support dialogueTopics';
  const written = { themes: ['SPORT', 'WATER', 'SPORT'], motives: ['FACILITATE_BUSINESS', 'FACILITATE_BUSINESS'] };
  const id = await made({ dutch: 'nl-arnhem', chinese: 'cn-nanjing', ...written });
  const { data } = await ask(`{ partnership(id: "${id}") { ${lists} } }`);
  const once = { themes: ['SPORT', 'WATER'], motives: ['FACILITATE_BUSINESS'], support: [], dialogueTopics: [] };
  expect(data.partnership).toEqual(once);
  const groups = async () => {
    const args = `by: [THEME], filter: { id: { eq: "${id}" } }`;
    return (await ask(`{ partnershipGroups(${args}) { theme count partnerships { totalCount } } }`)).data
      .partnershipGroups;
  };
  const counts = ['SPORT', 'WATER'].map(theme => ({ theme, count: 1, partnerships: { totalCount: 1 } }));
  expect(await groups()).toEqual(counts);
  const set = (themes: string) =>
    database().em.getConnection().execute(`update partnership set themes = '${themes}' where id = '${id}'`);
  await set('{SPORT,WATER,SPORT}');
  expect(await groups()).toEqual(counts);
  await set('{}');
  expect(await groups()).toEqual([{ theme: null, count: 1, partnerships: { totalCount: 1 } }]);
});

test('a partnership with a city is no outer partnership of one with a district of that city', async () => {
  const district = { chineseLevel: 'DISTRICT', names: { en: 'Gusu' }, parent: 'cn-suzhou' };
  const { data } = await ask(brief('recordAuthority'), { input: district }, ADMIN);
  const { id: chinese } = data.recordAuthority.authority;
  const outer = await made({ dutch: 'nl-prov-limburg', chinese: 'cn-suzhou' });
  const id = await made({ dutch: 'nl-venlo', chinese });
  const nested = await ask(`{ inner: partnership(id: "${id}") { nestedIn { id } }
    outer: partnership(id: "${outer}") { nested { totalCount } }
    filtered: partnerships(filter: { nestedIn: "${outer}" }) { totalCount } }`);
  expect(nested).toMatchObject({
    data: { inner: { nestedIn: null }, outer: { nested: { totalCount: 0 } }, filtered: { totalCount: 0 } },
    errors: undefined,
  });
});
