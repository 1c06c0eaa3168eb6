import { describe, expect, test } from 'vitest';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import type { MatchQuery } from '../../src/matching/match.js';
import { matchRecords } from '../../src/matching/match-records.js';
import { ADMIN, testApi } from '../support/api.js';
import { brief, type Json } from '../support/calls.js';
import { inQuiet } from '../support/soak.js';
import { KNOWN } from './names.js';

const { ask, database } = testApi();

const match = (...queries: MatchQuery[]) => matchRecords(database().em.fork(), queries);
const first = async (query: MatchQuery) => {
  const [result] = await match(query);
  return { automatic: result?.automatic, id: result?.candidates[0]?.id };
};

describe('a batch', () => {
  const statementsOf = async (queries: readonly MatchQuery[]) => {
    const em = database().em.fork();
    let sent = 0;
    const count = (event: unknown) => {
      if ((event as StatementEvent).em === em) sent += 1;
    };
    statementChannel.subscribe(count);
    await matchRecords(em, queries).finally(() => statementChannel.unsubscribe(count));
    return sent;
  };
  const authorities = KNOWN.map(([name, , rest]): MatchQuery => ({ type: 'Authority', name, ...rest }));
  const OTHERS: MatchQuery[] = [
    { type: 'Organisation', name: 'VNG International' },
    { type: 'Programme', name: 'China Holland Business Summit' },
    { type: 'Partnership', name: 'Rotterdam – Shanghai' },
  ];

  test('takes as many statements for a hundred names as for one', async () => {
    const hundred = [...authorities, ...authorities].slice(0, 100);
    expect([await statementsOf(authorities.slice(0, 1)), await statementsOf(hundred)]).toEqual([2, 2]);
    const mixed = [...hundred.slice(0, 70), ...Array.from({ length: 10 }, () => OTHERS).flat()];
    expect([await statementsOf([authorities[0] as MatchQuery, ...OTHERS]), await statementsOf(mixed)]).toEqual([5, 5]);
    expect(await statementsOf([])).toBe(0);
  });

  test('of a hundred takes less than 300 ms', async () => {
    const hundred = [...authorities.slice(0, 70), ...Array.from({ length: 10 }, () => OTHERS).flat()];
    const durations: number[] = [];
    for (let i = 0; i < 5; i++) {
      const start = performance.now();
      const matches = await match(...hundred);
      durations.push(performance.now() - start);
      expect(matches.filter(({ candidates }) => candidates.length > 0).length).toBeGreaterThan(80);
    }
    expect(Math.min(...durations)).toBeLessThan(inQuiet(300));
  });

  test('matches each name by itself, in the order of the queries', async () => {
    const alone = await Promise.all(authorities.slice(0, 20).map(query => match(query)));
    expect(await match(...authorities.slice(0, 20))).toEqual(alone.flat());
  });
});

describe('a score', () => {
  test('is explained by features, their weights, and the name that matched', async () => {
    const [nanking] = await match({ type: 'Authority', name: 'Nanking, Jiangsu', on: '1990' });
    expect(nanking).toEqual({
      candidates: [
        {
          id: 'cn-nanjing',
          score: 93.7,
          features: [
            { name: 'name', value: 0.9, weight: 60 },
            { name: 'within', value: 1, weight: 20 },
            { name: 'day', value: 1, weight: 15 },
          ],
          matched: 'Nanjing',
          matchedBy: 'older',
          isCertain: false,
        },
      ],
    });
  });

  test('counts the level, the country and the day', async () => {
    const [utrecht] = await match({ type: 'DutchAuthority', name: 'Utrecht', level: 'PROVINCE', on: '2024' });
    expect(utrecht?.automatic).toBe('nl-prov-utrecht');
    expect(
      utrecht?.candidates.map(({ id, features }) => [id, features.map(({ name, value }) => `${name} ${value}`)]),
    ).toEqual([
      ['nl-prov-utrecht', ['name 1', 'level 1', 'country 1', 'day 1']],
      ['nl-utrecht', ['name 1', 'level 0', 'country 1', 'day 1']],
    ]);
  });

  test('of a code decides unless the name contradicts', async () => {
    expect(await first({ type: 'Authority', name: 'Rotterdam', codes: ['GM0599'] })).toMatchObject({
      automatic: 'nl-rotterdam',
    });
    expect(await first({ type: 'Authority', name: 'Venlo', codes: ['GM0599'] })).toMatchObject({
      automatic: undefined,
    });
    expect(await first({ type: 'Authority', name: 'Rotterdam', codes: ['GM0599', 'Q34370'] })).toMatchObject({
      automatic: 'nl-rotterdam',
    });
    expect(await first({ type: 'Authority', name: 'Rotterdam', codes: ['GM0599', 'Q999'] })).toMatchObject({
      automatic: undefined,
    });
  });
});

describe('a name that several have', () => {
  test.each<[string, Partial<MatchQuery>, string[]]>([
    ['Groningen', {}, ['nl-groningen', 'nl-prov-groningen']],
    ['Utrecht', {}, ['nl-prov-utrecht', 'nl-utrecht']],
  ])('%s is a question', async (name, rest, ids) => {
    const [result] = await match({ type: 'Authority', name, ...rest });
    expect(result?.automatic).toBeUndefined();
    expect(result?.candidates.slice(0, 2).map(({ id }) => id)).toEqual(ids);
  });

  test('also if the register has one of them: Suzhou is 苏州 and 宿州', async () => {
    expect(await first({ type: 'Authority', name: 'Suzhou' })).toEqual({ automatic: undefined, id: 'cn-suzhou' });
    expect(await first({ type: 'Authority', name: 'Suzhou', within: 'Jiangsu' })).toEqual({
      automatic: 'cn-suzhou',
      id: 'cn-suzhou',
    });
  });
});

describe('what stands beside a name', () => {
  test.each<[string, Partial<MatchQuery>, string]>([
    ['中國上海', {}, 'cn-shanghai'],
    ['上海（中國）', {}, 'cn-shanghai'],
    ['鹿特丹，荷蘭', {}, 'nl-rotterdam'],
    ['中國江蘇省南京市', {}, 'cn-nanjing'],
    ['上海', { country: '中國' }, 'cn-shanghai'],
    ['上海', { level: '直轄市' }, 'cn-shanghai'],
    ["西安 Xi'an", {}, 'cn-xian'],
    ['西安（Xian）', {}, 'cn-xian'],
    ["Shaanxi Xi'an", {}, 'cn-xian'],
    ["Shaanxi Sheng Xī'ān Shì", {}, 'cn-xian'],
    ['Shaanxi Province Xian City', {}, 'cn-xian'],
  ])('%s %o is known in traditional characters, and as a place that is called as a level', async (name, rest, id) => {
    expect(await first({ type: 'Authority', name, ...rest })).toEqual({ automatic: id, id });
  });
});

describe('a merged municipality', () => {
  test.each<[on: string | undefined, id: string, automatic?: string]>([
    ['2022-12-31', 'nl-brielle', 'nl-brielle'],
    ['2022', 'nl-brielle', 'nl-brielle'],
    ['2023-01-01', 'nl-voorne-aan-zee', 'nl-voorne-aan-zee'],
    ['2023', 'nl-voorne-aan-zee', 'nl-voorne-aan-zee'],
    ['2030', 'nl-voorne-aan-zee', 'nl-voorne-aan-zee'],
    ['1 januari 2020', 'nl-brielle'],
    [undefined, 'nl-brielle'],
  ])('on %s is %s', async (on, id, automatic) => {
    expect(await first({ type: 'Authority', name: 'Brielle', on })).toEqual({ automatic, id });
  });
});

describe('organisations and programmes', () => {
  test.each<[MatchQuery, string, boolean]>([
    [{ type: 'Organisation', name: 'Vereniging van Nederlandse Gemeenten' }, 'org-vng', true],
    [{ type: 'Organisation', name: 'vereniging van nederlandse gemeenten (VNG)' }, 'org-vng', true],
    [{ type: 'Organisation', name: 'VNG' }, 'org-vng', false],
    [{ type: 'Organisation', name: '中国人民对外友好协会' }, 'org-cpaffc', true],
    [{ type: 'Organisation', name: 'Clingendael' }, 'org-clingendael', false],
    [{ type: 'Organisation', name: '', codes: ['org-nuffic-neso-china'] }, 'org-nuffic-neso-china', true],
    [{ type: 'Organisation', name: 'Instituut Clingendael', country: 'NL' }, 'org-clingendael', true],
    [{ type: 'Programme', name: 'China Holland Business Summit' }, 'prog-china-holland-business-summit', true],
    [{ type: 'Programme', name: 'IURC' }, 'prog-vngi-iurc-china', false],
    [{ type: 'Programme', name: '', codes: ['11438'] }, 'prog-vngi-iurc-china', true],
  ])('%o', async (query, id, isAutomatic) => {
    expect(await first(query)).toEqual({ automatic: isAutomatic ? id : undefined, id });
  });

  test('are found by a name in traditional characters, as the record has it, or in simplified ones', async () => {
    const input = { kind: 'FRIENDSHIP_ASSOCIATION', names: { nl: 'Chung Hwa Hui', zh: '中華會館' } };
    const { data } = await ask(brief('recordOrganisation'), { input }, ADMIN);
    expect(data.recordOrganisation.userErrors).toEqual([]);
    const id = 'org-chung-hwa-hui';
    for (const name of ['中華會館', '中华会馆']) {
      expect(await first({ type: 'Organisation', name })).toEqual({ automatic: id, id });
    }
  });

  test('with another code are a question, if the list of the code is known or the record has one of both', async () => {
    const record = async (input: Json) => {
      const { data } = await ask(brief('recordProgramme'), { input }, ADMIN);
      expect(data.recordProgramme.userErrors).toEqual([]);
    };
    await record({ names: { en: 'Dikes of two' }, iatiId: 'NL-KVK-2-A' });
    await record({ names: { en: 'Polders of two' }, iatiId: 'NL-KVK-2-B', projectCode: '99120' });
    await record({ names: { en: 'Rivers of two' }, projectCode: '99121' });
    const automatic = async (name: string, codes: string[], iatiId?: string) =>
      (await first({ type: 'Programme', name, codes, iatiId })).automatic;
    expect(await automatic('Dikes of two', ['NL-KVK-2-A'], 'NL-KVK-2-A')).toBe('prog-dikes-of-two');
    expect(await automatic('Dikes of two', ['NL-KVK-2-C'], 'NL-KVK-2-C')).toBeUndefined();
    expect(await automatic('Dikes of two', ['99122'])).toBe('prog-dikes-of-two');
    expect(await automatic('Polders of two', ['99120'])).toBe('prog-polders-of-two');
    expect(await automatic('Polders of two', ['99122'])).toBeUndefined();
    expect(await automatic('Rivers of two', ['NL-KVK-2-C'], 'NL-KVK-2-C')).toBe('prog-rivers-of-two');
  });

  test('of another country are not result', async () => {
    expect(await match({ type: 'Organisation', name: 'Instituut Clingendael', country: 'CN' })).toEqual([
      { candidates: [] },
    ]);
  });
});

describe('a partnership', () => {
  test.each<[string, Partial<MatchQuery>, string | undefined, boolean]>([
    ['Rotterdam – Shanghai', {}, 'tie-rotterdam-shanghai', true],
    ['Shanghai / Rotterdam', {}, 'tie-rotterdam-shanghai', true],
    ['Rotterdam-Shanghai', {}, 'tie-rotterdam-shanghai', true],
    ['鹿特丹与上海', {}, 'tie-rotterdam-shanghai', true],
    ['鹿特丹與上海', {}, 'tie-rotterdam-shanghai', true],
    ['鹿特丹－上海', {}, 'tie-rotterdam-shanghai', true],
    ['Noord-Holland - Shandong', {}, 'tie-prov-noord-holland-prov-shandong', true],
    ['Noord-Holland-Shandong', {}, 'tie-prov-noord-holland-prov-shandong', true],
    ['Noord-Holland en Shandong', {}, 'tie-prov-noord-holland-prov-shandong', true],
    ['tie-groningen-xian', {}, 'tie-groningen-xian', true],
    ['', { dutch: 'GM0599', chinese: '上海市' }, 'tie-rotterdam-shanghai', true],
    ['', { dutch: 'Den Haag', chinese: 'cn-wenzhou' }, 'tie-den-haag-wenzhou', true],
    ['Groningen – Tianjin', {}, 'tie-groningen-tianjin', false],
    ['Roterdam – Shanghai', {}, 'tie-rotterdam-shanghai', false],
    ['Rotterdam – Shanghai', { on: '1970' }, 'tie-rotterdam-shanghai', false],
    ['Breda – Yangzhou', { on: '2020' }, 'tie-breda-yangzhou', true],
    ['Breda – Yangzhou', { on: '2024' }, 'tie-breda-yangzhou', false],
    ['Rotterdam – Nanjing', {}, undefined, false],
    ['Rotterdam', {}, undefined, false],
    ['tie-rotterdam-shanghai', { dutch: 'Rotterdam', chinese: '上海', on: '1990' }, 'tie-rotterdam-shanghai', true],
    ['tie-groningen-xian', { dutch: 'Groningen' }, 'tie-groningen-xian', true],
    ['tie-rotterdam-shanghai', { dutch: 'Amsterdam' }, 'tie-rotterdam-shanghai', false],
    ['tie-rotterdam-shanghai', { on: '1960' }, 'tie-rotterdam-shanghai', false],
    ['Rotterdam – Nanjing', { codes: ['tie-rotterdam-shanghai'] }, 'tie-rotterdam-shanghai', false],
  ])('%s %o', async (name, rest, id, isAutomatic) => {
    expect(await first({ type: 'Partnership', name, ...rest })).toEqual({
      automatic: isAutomatic ? id : undefined,
      id,
    });
  });

  test('by its id is a question beside the sides of another', async () => {
    const sides = { dutch: 'Amsterdam', chinese: 'Beijing' };
    const [result] = await match({ type: 'Partnership', name: 'tie-rotterdam-shanghai', ...sides });
    expect(result?.automatic).toBeUndefined();
    const ids = result?.candidates.map(({ id }) => id);
    expect(ids?.toSorted()).toEqual(['tie-amsterdam-beijing', 'tie-rotterdam-shanghai']);
  });

  test('of sides whose names have what separates the names of others', async () => {
    const record = async (mutation: string, input: Json) => {
      const { data } = await ask(brief(mutation), { input }, ADMIN);
      expect(data[mutation].userErrors).toEqual([]);
    };
    await record('recordAuthority', { dutchLevel: 'MUNICIPALITY', names: { nl: 'Peel en Maas' } });
    const names = { en: 'Hohhot', zh: '呼和浩特市' };
    await record('recordAuthority', { chineseLevel: 'PREFECTURE_LEVEL_CITY', names });
    await record('recordPartnership', { kind: 'SISTER_CITY', dutch: 'nl-peel-en-maas', chinese: 'cn-hohhot' });
    for (const between of [' – ', ' en ', '和', '-'])
      expect(await first({ type: 'Partnership', name: `Peel en Maas${between}呼和浩特` })).toEqual({
        automatic: 'tie-peel-en-maas-hohhot',
        id: 'tie-peel-en-maas-hohhot',
      });
  });
});

describe('a name from outside', () => {
  test.each([
    "'; drop table authority; --",
    '\0',
    '\ud800',
    '__proto__',
    'a'.repeat(100_000),
    '!'.repeat(1000),
    '(((',
    '上'.repeat(5_000),
    'x y '.repeat(9_000),
  ])('harms nothing', async name => {
    const queries: MatchQuery[] = (['Authority', 'Organisation', 'Programme', 'Partnership'] as const).map(type => ({
      type,
      name,
      codes: [name],
      on: name,
      level: name,
      within: name,
      country: name,
    }));
    const matches = await match(...queries);
    expect(matches.map(({ automatic }) => automatic)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
