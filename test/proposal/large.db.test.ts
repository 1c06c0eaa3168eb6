import type { EntityManager } from '@mikro-orm/sql';
import { expect, test, vi } from 'vitest';
import { SubjectType } from '../../src/change/change.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { applyItems } from '../../src/proposal/apply.js';
import { proposalById } from '../../src/proposal/lock.js';
import { ProposalOrigin, ProposalPolicy } from '../../src/proposal/proposal.enums.js';
import type { Proposal } from '../../src/proposal/proposal.js';
import { revertItems } from '../../src/proposal/revert.js';
import { storeProposal } from '../../src/proposal/store.js';
import { testApi } from '../support/api.js';
import { source } from '../support/proposals.js';
import { inQuiet, isSoak, times } from '../support/soak.js';

vi.setConfig({ testTimeout: 300_000 });

const { ask, database } = testApi();

function* rows(title: string, count: number) {
  for (let i = 0; i < count; i += 1) {
    const values = {
      'title.en': `${title} ${i}`,
      kind: 'CULTURAL',
      status: 'HELD',
      startedOn: '2019-05-12',
      dutch: 'nl-rotterdam',
      chinese: 'cn-shanghai',
    };
    yield { place: `row ${i + 1}`, values };
  }
}

/** Runs work in a transaction, and returns its result, its time and the number of its statements. */
async function measured<Result>(work: (em: EntityManager) => Promise<Result>) {
  const transaction = await openTransaction(database().em.fork());
  let statements = 0;
  const count = (message: unknown) => {
    if ((message as StatementEvent).em === transaction.em) statements += 1;
  };
  statementChannel.subscribe(count);
  const start = performance.now();
  try {
    const result = await work(transaction.em);
    await transaction.commit();
    return { result, statements, duration: performance.now() - start };
  } finally {
    statementChannel.unsubscribe(count);
  }
}

async function propose(title: string, count: number) {
  const header = {
    concept: SubjectType.EXCHANGE,
    origin: ProposalOrigin.FILE,
    policy: ProposalPolicy.UPSERT,
    source,
    message: null,
    proposer: 'admin',
  };
  const planned = await measured(em => storeProposal(em, header, rows(title, count)));
  const applied = await measured(async em => {
    const proposal = (await proposalById(em, planned.result)) as Proposal;
    expect(proposal.counts).toMatchObject({ total: count, create: count });
    await applyItems(em, proposal, { author: { actor: 'admin' }, dryRun: false });
  });
  const { data } = await ask(`{ exchanges(filter: { text: "${title}" }) { totalCount } }`);
  expect(data.exchanges.totalCount).toBe(count);
  const reverted = await measured(async em => {
    await revertItems(em, (await proposalById(em, planned.result)) as Proposal, {
      author: { actor: 'admin' },
      dryRun: false,
    });
  });
  return { planned, applied, reverted };
}

test('the number of statements of a batch does not grow with its rows: neither of its comparison, nor applied, nor undone', async () => {
  const few = await propose('Fewsome', 5);
  const more = await propose('Moresome', 15);
  expect(more.planned.statements).toBe(few.planned.statements);
  expect(more.applied.statements).toBe(few.applied.statements);
  expect(more.reverted.statements).toBe(few.reverted.statements);
});

test('a large proposal is compared and applied in bounded time', async () => {
  const { planned, applied, reverted } = await propose('Largesome', times(500, 10_000));
  if (!isSoak) return;
  expect(planned.duration).toBeLessThan(inQuiet(20_000));
  expect(applied.duration).toBeLessThan(inQuiet(30_000));
  expect(reverted.duration).toBeLessThan(inQuiet(30_000));
});
