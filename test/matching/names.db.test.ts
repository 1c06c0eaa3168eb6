import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { authorityDocument } from '../../src/authority/authority.subject.js';
import { root } from '../../src/config/config.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import { allNames, SearchDocument } from '../../src/graph/search/search-document.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { compact, sortKey } from '../../src/graph/types/text.js';
import { matchRecords } from '../../src/matching/match-records.js';
import { testApi } from '../support/api.js';
import { ADDED, type Case, KNOWN, UNKNOWN } from './names.js';

const { database } = testApi();

beforeAll(async () => {
  const em = database().em.fork();
  for (const [id, level, names, { code = null, parent = null, dissolvedOn = null } = {}] of ADDED) {
    const country = id.startsWith('nl-') ? 'NL' : 'CN';
    const sortName = sortKey(String(names.nl));
    await queryRows(
      em,
      sql`insert into authority (id, country, level, names, sort_name, code, parent_id, dissolved_on)
        values (${id}, ${country}, ${level}, ${JSON.stringify(names)}, ${sortName}, ${code}, ${parent}, ${dissolvedOn})
        on conflict (id) do nothing`,
    );
    await em.upsertMany(SearchDocument, [authorityDocument({ id, names, code, sortName } as never)]);
  }
});

const match = (cases: readonly Case[]) =>
  matchRecords(
    database().em.fork(),
    cases.map(([name, , rest]) => ({ type: 'Authority' as const, name, ...rest })),
  );

describe('121 names as lists spell them', () => {
  test('are that many, of which the register lacks forty', () => {
    expect([KNOWN.length, UNKNOWN.length]).toEqual([81, 40]);
  });

  test('find the record first, in at least 95 of 100 cases', async () => {
    const matches = await match(KNOWN);
    const wrong = KNOWN.flatMap(([name, id], i) => {
      const [first] = matches[i]?.candidates ?? [];
      return first?.id === id ? [] : [{ name, first }];
    });
    expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(KNOWN.length * 0.05);
  });

  test('never match another record without a question', async () => {
    const cases = [...KNOWN, ...UNKNOWN];
    const matches = await match(cases);
    const wrong = cases.flatMap(([name, id], i) => {
      const automatic = matches[i]?.automatic;
      return automatic === undefined || automatic === id ? [] : [{ name, automatic }];
    });
    expect(wrong).toEqual([]);
  });

  test('with one letter changed never match another record without a question', async () => {
    const seeds = await readSeeds(new URL('seeds/', root));
    const spellings = new Map(
      seeds.authorities.flatMap(({ id, names }) => allNames(names).map(name => [compact(name), id] as const)),
    );
    const slips = seeds.authorities.flatMap(({ id, names: { en } }) =>
      [...(en ?? '')].flatMap((letter, at) => {
        const [before, after] = [en?.slice(0, at), en?.slice(at + 1)];
        return [`${before}${after}`, `${before}${letter === 'e' ? 'a' : 'e'}${after}`].map(name => ({ id, name }));
      }),
    );
    expect(slips.length).toBeGreaterThan(1_000);
    const matches = await match(slips.map(({ id, name }) => [name, id]));
    const wrong = slips.filter(({ id, name }, i) => {
      const automatic = matches[i]?.automatic;
      // A slip that makes the name of another record, such as Hubei of Hebei, is that name.
      return automatic !== undefined && automatic !== id && spellings.get(compact(name)) !== automatic;
    });
    expect(wrong).toEqual([]);
    const similar = slips.filter(({ id }, i) => matches[i]?.candidates.some(candidate => candidate.id === id));
    expect(similar.length / slips.length).toBeGreaterThan(0.9);
  });

  test('are a question where the spelling is none of the record', async () => {
    const matches = await match(KNOWN);
    const asked = KNOWN.flatMap(([name], i) => (matches[i]?.automatic === undefined ? [name] : []));
    expect(asked).toEqual([
      ...['Roterdam', 'Valkenburg', 'Shangai', 'Sjanghai', 'Nanking', 'Kanton', 'Tientsin', 'Tsingtao', 'Szechwan'],
    ]);
  });
});
