import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/config/config.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import { parseSearch, type SearchTerms, tsquery } from '../../src/graph/search/search-terms.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';

const { ask, database } = testApi();
const { authorities } = await readSeeds(new URL('seeds/', root));

interface Hit {
  id: string;
  rank: number;
  matchedOn: string[];
}

const SEARCH = `query ($query: String!, $first: Int, $after: String) { search(query: $query, first: $first, after: $after) {
  totalCount pageInfo { endCursor hasNextPage } edges { rank matchedOn node { ... on Node { id } } } } }`;

async function search(query: string, first = 100): Promise<Hit[]> {
  const { data, errors } = await ask(SEARCH, { query, first });
  expect(errors).toBeUndefined();
  return data.search.edges.map(({ node, ...edge }: { node: { id: string } }) => ({ id: node.id, ...edge }));
}
const idsOf = async (query: string) => (await search(query)).map(({ id }) => id);
const firstOf = async (query: string) => (await search(query, 1))[0]?.id;

describe('a search forgives', () => {
  test.each([
    ['Roterdam', 'nl-rotterdam'],
    ['Rottterdam', 'nl-rotterdam'],
    ['Rottredam', 'nl-rotterdam'],
    ['Sjanghai', 'cn-shanghai'],
    ['Shangai', undefined],
    ['Gronigen', 'nl-groningen'],
    ['Eindhovn', 'nl-eindhoven'],
    ['Hertogenboch', 'nl-s-hertogenbosch'],
  ])('one slip of the finger: %s', async (query, id) => {
    const hits = await search(query);
    const hit = hits.find(candidate => candidate.id === (id ?? 'cn-shanghai'));
    expect(hit).toMatchObject({ rank: 0.1, matchedOn: expect.arrayContaining(['names.nl']) });
    if (id) expect(hits[0]?.id).toBe(id);
  });

  test.each(['Xi’an', 'Xiʼan', 'Xi`an', 'Xi´an', 'Xian'])('the apostrophe of a word beside another: %s', async name => {
    expect(await idsOf(`Groningen ${name}`)).toEqual(await idsOf("Groningen Xi'an"));
    expect(await firstOf(`Groningen ${name}`)).toBe('tie-groningen-xian');
  });

  test.each([
    ['Nanking', 'cn-nanjing'],
    ['Amoy', 'cn-xiamen'],
    ['Tientsin', 'cn-tianjin'],
    ['Soochow', 'cn-suzhou'],
    ['Hangchow', 'cn-hangzhou'],
    ['Tsingtao', 'cn-qingdao'],
    ['Szechwan', 'cn-prov-sichuan'],
    ['Kiangsu', 'cn-prov-jiangsu'],
    ['Peking', 'cn-beijing'],
    ['江蘇', 'cn-prov-jiangsu'],
    ['廣州', 'cn-guangzhou'],
    ['蘇', 'cn-prov-jiangsu'],
  ])('older names and traditional characters: %s', async (query, id) => {
    expect(await firstOf(query)).toBe(id);
  });

  test('the characters of a record, as those of a query', async () => {
    const names = { nl: 'Tsjanghwa', zh: '彰化縣臺灣省' };
    const { data } = await ask(
      'mutation ($names: NamesInput!) { recordAuthority(input: { chineseLevel: COUNTY, names: $names }) { authority { id } } }',
      { names },
      ADMIN,
    );
    const { id } = data.recordAuthority.authority;
    for (const query of ['台湾', '彰化县', '臺湾', '湾省', '湾']) {
      expect((await search(query)).find(hit => hit.id === id)).toMatchObject({ rank: 0.1, matchedOn: ['names.zh'] });
    }
    expect(await firstOf('臺灣')).toBe(id);
    expect((await search('臺灣'))[0]?.rank).toBeGreaterThan(0.1);
  });

  test('the name of a kind of record is no name of a record', async () => {
    // The notes of one speak of a list of such ties.
    expect(await search('stedenband')).toMatchObject([{ id: 'tie-s-hertogenbosch-wuxi', matchedOn: ['notes'] }]);
  });

  test('one word among others, and each on its own', async () => {
    expect(await firstOf('Roterdam Shanghai')).toBe('tie-rotterdam-shanghai');
    expect(await firstOf('Roterdam Sjanghai')).toBe('tie-rotterdam-shanghai');
    expect(await firstOf('roterdam 上海')).toBe('tie-rotterdam-shanghai');
    expect(await idsOf('Roterdam nothinglikethis')).toEqual([]);
  });

  test('a word or a number directly behind hanzi is what matched', async () => {
    const title = '{ zh: "合唱团访问2031年bandoneon" }';
    const { data } = await ask(
      `mutation { recordExchange(input: { kind: CULTURAL, status: PLANNED, title: ${title} }) { exchange { id } } }`,
      undefined,
      ADMIN,
    );
    const { id } = data.recordExchange.exchange;
    // The last one is misspelt.
    for (const query of ['2031', '2031年', 'bando', '合唱团 2031', 'bandonion']) {
      expect(await search(query)).toMatchObject([{ id, matchedOn: ['title.zh'] }]);
    }
  });

  test('what is spelled as asked comes first', async () => {
    // A title names the Canton Fair.
    const hits = await search('Canton');
    const ranks = hits.map(({ rank }) => rank);
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    expect(ranks[0]).toBeGreaterThan(0.1);
    expect(hits.find(({ id }) => id === 'cn-guangzhou')?.rank).toBe(0.1);
  });

  test('in pages without a gap or a double', async () => {
    const whole = await idsOf('Roterdam');
    const walked: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data } = await ask(SEARCH, { query: 'Roterdam', first: 3, after });
      walked.push(...data.search.edges.map(({ node }: { node: { id: string } }) => node.id));
      after = data.search.pageInfo.endCursor;
      if (!data.search.pageInfo.hasNextPage) break;
    }
    expect(walked).toEqual(whole);
    expect(whole.length).toBeGreaterThan(10);
  });

  test('in filters of all concepts, in one statement', async () => {
    for (const concept of ['authorities', 'partnerships', 'exchanges', 'programmes', 'organisations']) {
      const query = `query ($text: String!) { ${concept}(first: 100, filter: { text: $text }) { nodes { id } } }`;
      const right = await ask(query, { text: 'Shanghai' });
      const wrong = await ask(query, { text: 'Sjanghai' });
      expect(wrong.statements).toHaveLength(1);
      expect(wrong.data).toEqual(right.data);
      expect(wrong.data[concept].nodes.length).toBeGreaterThan(0);
    }
    const { data } = await ask('{ exchanges(filter: { dutch: { text: "Roterdam" } }) { totalCount } }');
    expect(data.exchanges.totalCount).toBeGreaterThan(0);
  });
});

describe('a search that finds something as it is spelled', () => {
  /** Names that the register has, whole, and each of their beginnings; and words of one and two letters. */
  const queries = [
    ...new Set(
      authorities
        .flatMap(({ names: { aliases: _, ...names } }) => Object.values(names) as string[])
        .flatMap(name => [1, 2, 3, 5, 7, name.length].map(length => name.slice(0, length).trim()))
        .filter(text => /[\p{L}\p{N}]/u.test(text)),
    ),
  ];

  test('finds the same records as without corrections, ranked as before', async () => {
    const em = database().em.fork();
    let matched = 0;
    for (const query of queries) {
      const terms = parseSearch(query, 'query') as SearchTerms;
      const exact = sql`select id from search_document d where d.terms @@ ${tsquery(terms)}`;
      const expected = (await queryRows<{ id: string }>(em, exact)).map(({ id }) => id);
      const { data } = await ask(SEARCH, { query, first: 100 });
      if (expected.length === 0) continue;
      matched += 1;
      expect([query, data.search.totalCount]).toEqual([query, expected.length]);
      const ids = data.search.edges.map(({ node }: { node: { id: string } }) => node.id);
      expect(ids.every((id: string) => expected.includes(id))).toBe(true);
      expect(data.search.edges.every(({ rank }: Hit) => rank >= 0.25)).toBe(true);
    }
    expect(matched).toBeGreaterThan(200);
  });
});

describe('the words of the register', () => {
  const NAME = 'Wassenaar';
  const record = async (names: object, id?: string) => {
    const mutation = id ? 'reviseAuthority' : 'recordAuthority';
    const input = id ? { id, names, expectedVersion: 1 } : { dutchLevel: 'MUNICIPALITY', names };
    const { data, errors } = await ask(
      `mutation ($input: ${id ? 'ReviseAuthorityInput' : 'RecordAuthorityInput'}!) { ${mutation}(input: $input) { authority { id } userErrors { message } } }`,
      { input },
      ADMIN,
    );
    expect(errors).toBeUndefined();
    expect(data[mutation].userErrors).toEqual([]);
    return data[mutation].authority.id as string;
  };
  const words = async () =>
    queryRows<{ word: string; variants: number }>(
      database().em.fork(),
      sql`select word, (select count(*)::int from search_variant v where v.word = w.word) as variants from search_word w order by word`,
    );

  test('follow the records: a new name can be misspelt at once, an old one no longer', async () => {
    expect(await idsOf('Wasenaar')).toEqual([]);
    const id = await record({ nl: NAME });
    expect(await idsOf('Wasenaar')).toEqual([id]);
    await record({ nl: 'Voorschoten' }, id);
    expect(await idsOf('Wasenaar')).toEqual([]);
    expect(await idsOf('Vorschoten')).toEqual([id]);
  });

  test('disappear with the last record that has them', async () => {
    const recorded = await ask(
      'mutation { recordExchange(input: { kind: CULTURAL, status: HELD, title: { en: "Glockenspiel" } }) { exchange { id } } }',
      {},
      ADMIN,
    );
    const { id } = recorded.data.recordExchange.exchange;
    expect(await idsOf('Glokenspiel')).toEqual([id]);
    const { data } = await ask(
      `mutation { withdrawExchange(input: { id: "${id}", reason: "Recorded in error.", expectedVersion: 1 }) { userErrors { message } } }`,
      {},
      ADMIN,
    );
    expect(data.withdrawExchange.userErrors).toEqual([]);
    expect(await idsOf('Glokenspiel')).toEqual([]);
    expect((await words()).map(({ word }) => word)).not.toContain('glockenspiel');
  });

  test('a dry run leaves none behind', async () => {
    const before = await words();
    const { errors } = await ask(
      'mutation { recordAuthority(input: { dutchLevel: MUNICIPALITY, names: { nl: "Katwijk" }, dryRun: true }) { authority { id } } }',
      {},
      ADMIN,
    );
    expect(errors).toBeUndefined();
    expect(await words()).toEqual(before);
  });

  test('the migration finds them in a register that has records', async () => {
    const before = await words();
    expect(before.length).toBeGreaterThan(500);
    const migrations = ['Migration20261125200000'];
    const { orm } = database();
    await orm.migrator.down({ migrations });
    await orm.migrator.up({ migrations });
    expect(await words()).toEqual(before);
    expect(await firstOf('Roterdam')).toBe('nl-rotterdam');
  });
});
