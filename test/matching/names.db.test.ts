import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { authorityDocument } from '../../src/authority/authority.subject.js';
import { SearchDocument } from '../../src/graph/search/search-document.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { sortKey } from '../../src/graph/types/text.js';
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
        values (${id}, ${country}, ${level}, ${JSON.stringify(names)}, ${sortName}, ${code}, ${parent}, ${dissolvedOn})`,
    );
    await em.upsertMany(SearchDocument, [authorityDocument({ id, names, code, sortName } as never)]);
  }
});

const match = (cases: readonly Case[]) =>
  matchRecords(
    database().em.fork(),
    cases.map(([name, , rest]) => ({ type: 'Authority' as const, name, ...rest })),
  );

describe('120 names as lists spell them', () => {
  test('are that many, of which the register lacks forty', () => {
    expect([KNOWN.length, UNKNOWN.length]).toEqual([80, 40]);
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

  test('are a question where the spelling is none of the record', async () => {
    const matches = await match(KNOWN);
    const asked = KNOWN.flatMap(([name], i) => (matches[i]?.automatic === undefined ? [name] : []));
    expect(asked).toEqual([
      ...['Roterdam', 'Valkenburg', 'Shangai', 'Sjanghai', 'Nanking', 'Kanton', 'Tientsin', 'Tsingtao', 'Szechwan'],
    ]);
  });
});
