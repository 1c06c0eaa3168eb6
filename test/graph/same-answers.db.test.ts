import { beforeAll, describe, expect, test } from 'vitest';
import { Country, DutchAuthorityLevel } from '../../src/authority/authority.enums.js';
import { root } from '../../src/config/config.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import type { AuthoritySeed } from '../../src/database/seed/seed.schemas.js';
import { storeSeeds } from '../../src/database/seed/store.js';
import { sortKey } from '../../src/graph/types/text.js';
import { testApi } from '../support/api.js';

// These tests run on PGlite and on a PostgreSQL with another collation: what they state holds on both.

const { ask, database } = testApi();
const seeds = await readSeeds(new URL('seeds/', root));

const dutch = (id: string, names: AuthoritySeed['names'], code: string | null): AuthoritySeed => ({
  ...(seeds.authorities.find(({ level }) => level === DutchAuthorityLevel.MUNICIPALITY) as AuthoritySeed),
  id,
  names,
  code,
});
const chinese = (id: string, names: AuthoritySeed['names'], code: string): AuthoritySeed => ({
  ...(seeds.authorities.find(({ country }) => country === Country.CN) as AuthoritySeed),
  id,
  names,
  code,
});

/** Names on which collations disagree: accents, articles, apostrophes, and one in hanzi alone. */
const added: AuthoritySeed[] = [
  dutch('nl-sudwest-fryslan', { nl: 'Súdwest-Fryslân' }, 'GM1900'),
  dutch('nl-noardeast-fryslan', { nl: 'Noardeast-Fryslân' }, 'GM1970'),
  dutch('nl-t-zandt', { nl: "'t Zandt" }, null),
  chinese('cn-urumqi', { en: 'Ürümqi', zh: '乌鲁木齐市', pinyin: 'Wulumuqi Shi' }, '650100'),
  chinese('cn-shangrao', { zh: '上饶市' }, '361100'),
];
const authorities = [...seeds.authorities, ...added];

beforeAll(async () => {
  await storeSeeds(database().em, { ...seeds, authorities });
});

describe('a list by name', () => {
  const byName = async (direction: 'ASC' | 'DESC'): Promise<string[]> => {
    const { data, errors } = await ask(
      `{ front: authorities(first: 100, orderBy: [{ field: NAME, direction: ${direction} }]) { nodes { id } }
         back: authorities(last: 100, orderBy: [{ field: NAME, direction: ${direction} }]) { nodes { id } } }`,
    );
    expect(errors).toBeUndefined();
    const ids = [...data.front.nodes, ...data.back.nodes].map(({ id }: { id: string }) => id);
    return [...new Set(ids)];
  };

  test('is sorted by folded names, without the article in front, byte by byte', async () => {
    const bytes = ({ id, names: { en, nl, pinyin, zh } }: AuthoritySeed) =>
      Buffer.from(`${sortKey(en ?? nl ?? pinyin ?? zh ?? '')}\0${id}`);
    const sorted = authorities.toSorted((a, b) => Buffer.compare(bytes(a), bytes(b))).map(({ id }) => id);
    expect(await byName('ASC')).toEqual(sorted);
    expect(await byName('DESC')).toEqual(sorted.toReversed());
  });

  test("has 's-Hertogenbosch under H, 't Zandt under Z, accents where the letter is, and hanzi last", async () => {
    const told = [
      'nl-prov-fryslan', // Friesland
      'nl-s-hertogenbosch',
      'nl-noardeast-fryslan',
      'cn-shanghai',
      'nl-sudwest-fryslan',
      'nl-den-haag', // The Hague
      'cn-urumqi',
      'cn-xian',
      'cn-xianyang',
      'nl-t-zandt',
      'cn-shangrao',
    ];
    const ids = await byName('ASC');
    expect(ids.filter(id => told.includes(id))).toEqual(told);
    expect(ids.at(-1)).toBe('cn-shangrao');
  });
});

interface Found {
  id: string;
  rank: number;
  matchedOn: string[];
}

async function search(query: string): Promise<Found[]> {
  const { data, errors } = await ask(
    'query ($query: String!) { search(query: $query, first: 100) { edges { rank matchedOn node { ... on Node { id } } } } }',
    { query },
  );
  expect(errors).toBeUndefined();
  return data.search.edges.map(({ node, ...edge }: Omit<Found, 'id'> & { node: { id: string } }) => ({
    id: node.id,
    ...edge,
  }));
}

describe('a search', () => {
  const inLatin = ['names.en', 'names.nl', 'names.pinyin'];
  const cases: [query: string, id: string, rank: number, matchedOn: string[]][] = [
    ['sudwest', 'nl-sudwest-fryslan', 0.75, ['names.nl']],
    ['SÚDWEST-fryslân', 'nl-sudwest-fryslan', 1, ['names.nl']],
    ['fryslan sudwest', 'nl-sudwest-fryslan', 0.5, ['names.nl']],
    ['Shanghai', 'cn-shanghai', 1, inLatin],
    ['Shànghǎi', 'cn-shanghai', 1, inLatin],
    ['shang hai', 'cn-shanghai', 1, inLatin],
    ['上海', 'cn-shanghai', 0.75, ['names.zh']],
    ['上海市', 'cn-shanghai', 1, ['names.zh']],
    // 上艾瑟尔省, before 上海市: Overijssel comes before Shanghai.
    ['上', 'nl-prov-overijssel', 0.75, ['names.zh']],
    ['hertogen', 'nl-s-hertogenbosch', 0.5, ['names.en', 'names.nl']],
    ["'s-Hertogenbosch", 'nl-s-hertogenbosch', 1, ['names.en', 'names.nl']],
    ['den bosch', 'nl-s-hertogenbosch', 1, ['names.aliases']],
    ['GM0599', 'nl-rotterdam', 1, ['code']],
    ['den haag', 'nl-den-haag', 1, ['names.nl']],
    ['s gravenhage', 'nl-den-haag', 1, ['names.aliases']],
    ['Xi an', 'cn-xian', 1, inLatin],
    ["Xi'an", 'cn-xian', 1, inLatin],
    ['Urumqi', 'cn-urumqi', 1, ['names.en']],
  ];
  test.each(cases)('%s finds %s first, with rank %d', async (query, id, rank, matchedOn) => {
    const hits = await search(query);
    expect({ ...hits[0], matchedOn: hits[0]?.matchedOn.toSorted() }).toEqual({ id, rank, matchedOn });
    expect(hits.map(hit => hit.rank)).toEqual(hits.map(hit => hit.rank).toSorted((a, b) => b - a));
    for (const hit of hits) expect(hit.matchedOn).not.toEqual([]);
  });

  test('finds the same by all ways to write a name', async () => {
    const shanghai = await search('Shanghai');
    expect(shanghai.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['tie-rotterdam-shanghai', 'tie-venlo-shanghai', 'exch-rotterdam-shanghai-rcro']),
    );
    for (const query of ['Shànghǎi', 'SHANGHAI', 'shang hai']) expect(await search(query)).toEqual(shanghai);
    expect(await search("'S HERTOGENBOSCH")).toEqual(await search("'s-Hertogenbosch"));
  });

  test('by a hanzi finds every name with it, and nothing else by the code of one authority', async () => {
    expect((await search('上')).filter(({ rank }) => rank === 0.75).map(({ id }) => id)).toEqual([
      'nl-prov-overijssel',
      'cn-shanghai',
      'cn-shangrao',
    ]);
    expect((await search('上')).map(({ id }) => id)).toContain('tie-rotterdam-shanghai');
    expect((await search('GM0599')).map(({ id }) => id)).toEqual(['nl-rotterdam']);
    expect((await search('gm1900')).map(({ id }) => id)).toEqual(['nl-sudwest-fryslan']);
  });
});
