import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { SubjectType } from '../../src/change/change.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { ProposalOrigin, ProposalPolicy } from '../../src/proposal/proposal.enums.js';
import type { NameMatcher, NameQuery } from '../../src/proposal/row.js';
import { storeProposal } from '../../src/proposal/store.js';
import { testApi } from '../support/api.js';
import { source } from '../support/proposals.js';

const { database } = testApi();

/** Finds records by their English name: one is certain, several are candidates. */
const byEnglishName: NameMatcher = (em, queries) =>
  Promise.all(
    queries.map(async ({ name }) => {
      const rows = await queryRows<{ id: string }>(
        em,
        sql`select id from authority where names->>'en' ilike ${name} union all
          select id from organisation where names->>'en' ilike ${name} order by 1`,
      );
      const candidates = rows.map(({ id }) => ({
        id,
        score: 90,
        features: [{ name: 'name', value: 1, weight: 1 }],
        matched: `Old ${id}`,
      }));
      return candidates.length === 1 ? { automatic: candidates[0]?.id, candidates } : { candidates };
    }),
  );

interface Item {
  verdict: string;
  subject: string | null;
  candidates: object[];
  fields: { field: string; proposed: unknown }[];
}

/** Plans rows in a transaction that is rolled back. */
async function plan(
  concept: SubjectType,
  policy: ProposalPolicy,
  rows: object[],
): Promise<{ items: Item[]; queries: NameQuery[] }> {
  const queries: NameQuery[] = [];
  const { em, rollback } = await openTransaction(database().em.fork());
  try {
    const header = { concept, policy, origin: ProposalOrigin.FILE, source, message: null, proposer: 'admin' };
    const proposed = rows.map((values, index) => ({
      place: `row ${index}`,
      values: values as Record<string, unknown>,
    }));
    const matchNames: NameMatcher = (fork, asked) => {
      queries.push(...asked);
      return byEnglishName(fork, asked);
    };
    const id = await storeProposal(em, header, proposed, { matchNames });
    const query = sql`select verdict, subject_id as subject, candidates, fields from proposal_item where proposal_id = ${id} order by number`;
    return { items: await queryRows<Item>(em, query), queries };
  } finally {
    await rollback();
  }
}

const { AUTHORITY, EXCHANGE } = SubjectType;

test('a name that means one record is that record; several are candidates, explained; none is a new record', async () => {
  const rows = [
    { 'names.en': 'Rotterdam', dissolvedOn: '2030', country: 'NL' },
    { 'names.en': '%dam', country: 'NL' },
    { 'names.en': 'Nowhere', level: 'MUNICIPALITY', country: 'NL' },
  ];
  const { items, queries } = await plan(AUTHORITY, ProposalPolicy.UPSERT, rows);
  expect(queries[0]).toMatchObject({ type: 'Authority', name: 'Rotterdam', country: 'NL' });
  expect(items.map(({ verdict }) => verdict)).toEqual(['REVISE', 'AMBIGUOUS', 'CREATE']);
  expect(items[0]).toMatchObject({ subject: 'nl-rotterdam', fields: [{ field: 'dissolvedOn', proposed: '2030' }] });
  expect(items[1]?.candidates).toContainEqual({
    id: 'nl-rotterdam',
    path: 'id',
    score: 90,
    why: [{ name: 'name', value: 1, weight: 1 }],
    matched: 'Old nl-rotterdam',
  });
  const { items: updates } = await plan(AUTHORITY, ProposalPolicy.UPDATE_ONLY, rows);
  expect(updates.map(({ verdict }) => verdict)).toEqual(['REVISE', 'AMBIGUOUS', 'UNMATCHED']);
});

test('sides are found by name, of their own country', async () => {
  const visit = { 'title.en': 'By name', kind: 'CULTURAL', status: 'HELD', startedOn: '2019' };
  const { items, queries } = await plan(EXCHANGE, ProposalPolicy.UPSERT, [
    { ...visit, 'dutch.names.nl': 'Rotterdam', chinese: 'Shanghai' },
    { ...visit, 'dutch.names.nl': '%dam', 'chinese.id': 'cn-shanghai' },
  ]);
  expect(queries.map(({ type, name }) => [type, name])).toEqual([
    ['DutchAuthority', 'Rotterdam'],
    ['ChineseAuthority', 'Shanghai'],
    ['DutchAuthority', '%dam'],
  ]);
  expect(items[0]?.fields).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ field: 'dutch.id', proposed: 'nl-rotterdam' }),
      expect.objectContaining({ field: 'chinese.id', proposed: 'cn-shanghai' }),
    ]),
  );
  expect(items[1]).toMatchObject({
    verdict: 'AMBIGUOUS',
    candidates: expect.arrayContaining([expect.objectContaining({ path: 'dutch.id' })]),
  });
});
