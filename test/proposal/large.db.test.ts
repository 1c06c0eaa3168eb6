import { expect, test, vi } from 'vitest';
import { SubjectType } from '../../src/change/change.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { applyItems } from '../../src/proposal/apply.js';
import { proposalById } from '../../src/proposal/lock.js';
import { ProposalOrigin, ProposalPolicy } from '../../src/proposal/proposal.enums.js';
import type { Proposal } from '../../src/proposal/proposal.js';
import { storeProposal } from '../../src/proposal/store.js';
import { testApi } from '../support/api.js';
import { source } from '../support/proposals.js';
import { times } from '../support/soak.js';

vi.setConfig({ testTimeout: 300_000 });

const { database, service } = testApi();
const ROWS = times(1_000, 10_000);

function* rows() {
  for (let i = 0; i < ROWS; i += 1) {
    yield {
      place: `row ${i + 1}`,
      values: {
        'title.en': `Large visit ${i}`,
        kind: 'CULTURAL',
        status: 'HELD',
        startedOn: '2019-05-12',
        dutch: 'nl-rotterdam',
        chinese: 'cn-shanghai',
      },
    };
  }
}

test('a large proposal is compared and applied in bounded time and memory', async () => {
  const header = {
    concept: SubjectType.EXCHANGE,
    origin: ProposalOrigin.FILE,
    policy: ProposalPolicy.UPSERT,
    source,
    message: null,
    proposer: 'admin',
  };
  const { em } = database();
  const start = performance.now();
  const first = await openTransaction(em.fork(), service().context({} as never).embedded);
  const id = await storeProposal(first.em, header, rows());
  await first.commit();
  const planned = performance.now();
  const second = await openTransaction(em.fork(), service().context({} as never).embedded);
  const proposal = (await proposalById(second.em, id)) as Proposal;
  await applyItems(second.em, proposal, { actor: 'admin', dryRun: false });
  await second.commit();
  const applied = performance.now();
  console.log(
    ROWS,
    Math.round(planned - start),
    Math.round(applied - planned),
    Math.round(process.memoryUsage().heapUsed / 1e6),
    proposal.counts,
  );
  const [row] = await queryRows<{ n: number }>(em.fork(), {
    text: `select count(*)::int as n from exchange where title->>'en' like 'Large visit %'`,
    values: [],
  });
  expect(row?.n).toBe(ROWS);
});
