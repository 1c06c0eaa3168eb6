import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { SubjectType } from '../../src/change/change.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { conceptOf } from '../../src/proposal/concepts.js';
import { proposalById } from '../../src/proposal/lock.js';
import { ProposalOrigin, ProposalPolicy } from '../../src/proposal/proposal.enums.js';
import { storeProposal } from '../../src/proposal/store.js';
import { testApi } from '../support/api.js';
import { fingerprint } from '../support/calls.js';
import { source } from '../support/proposals.js';
import { times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(120_000, 600_000) });

const { database } = testApi();

/** Values that a cell may have, sensible and not. */
const cell = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    0,
    -1,
    true,
    [],
    {},
    'nl-rotterdam',
    'cn-shanghai',
    'tie-rotterdam-shanghai',
    'prog-x',
    '1979',
    '1979-11-30',
    '2999',
    'ACTIVE',
    'ENDED',
    'HELD',
    'CULTURAL',
    'FRIENDSHIP',
    'GM0599',
    '310000',
    'Q34370',
    'CULTURE; TRADE',
    '=1+1',
    '__proto__',
    'javascript:alert(1)',
    'https://example.org',
  ),
  fc.string(),
  fc.double({ noNaN: true }),
  fc.array(fc.oneof(fc.string(), fc.constantFrom(null, 'CULTURE', 'nl-delft')), { maxLength: 3 }),
);

const concepts = Object.values(SubjectType).filter(type => type !== SubjectType.PROPOSAL);
const paths = (type: SubjectType) => {
  const { leaves, table } = conceptOf(type);
  return [
    ...new Set([
      ...leaves.keys(),
      ...table.columns.map(({ name }) => name),
      'id',
      'colour',
      'constructor',
      'dutch.cbsCode',
    ]),
  ];
};
const ids = ['nl-rotterdam', 'cn-shanghai', 'tie-rotterdam-shanghai', 'exch-nowhere', 'org-vng', 'nl-nowhere', 'x'];
const file = fc.constantFrom(...concepts).chain(concept =>
  fc.record({
    concept: fc.constant(concept),
    policy: fc.constantFrom(...Object.values(ProposalPolicy)),
    rows: fc.array(
      fc
        .tuple(
          fc.option(fc.constantFrom(...ids)),
          fc.dictionary(fc.constantFrom(...paths(concept)), cell, { maxKeys: 8 }),
        )
        .map(([id, values]) => ({ place: 'row', values: id === null ? values : { ...values, id } })),
      { minLength: 1, maxLength: 6 },
    ),
  }),
);

test('every row of every file has a verdict, and a plan that is given up leaves nothing', async () => {
  const before = await fingerprint(database());
  await fc.assert(
    fc.asyncProperty(file, async ({ concept, policy, rows }) => {
      const transaction = await openTransaction(database().em.fork());
      try {
        const header = { concept, policy, origin: ProposalOrigin.FILE, source, message: null, proposer: 'admin' };
        const id = await storeProposal(transaction.em, header, rows);
        const { total, ...byVerdict } = (await proposalById(transaction.em, id))?.counts ?? { total: -1 };
        expect(total).toBe(rows.length);
        expect(Object.values(byVerdict).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        const refused = await queryRows<{ problems: unknown[] }>(transaction.em, {
          text: `select problems from proposal_item where proposal_id = $1 and verdict = 'REFUSED'`,
          values: [id],
        });
        for (const { problems } of refused) expect(problems.length).toBeGreaterThan(0);
      } finally {
        await transaction.rollback();
      }
    }),
    { numRuns: times(200, 1_000) },
  );
  expect(await fingerprint(database())).toEqual(before);
});
