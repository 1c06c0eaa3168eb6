import { describe, expect, test, vi } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import { fingerprint, type Json } from '../support/calls.js';
import { proposalCalls } from '../support/proposals.js';

vi.setConfig({ testTimeout: 30_000 });

const { ask, database } = testApi();
const { call, submit, apply, decide } = proposalCalls(ask);

/** Applies a proposal of one row, which is accepted whatever the register has. Returns its id. */
const write = async (concept: string, row: Json): Promise<string> => {
  let proposal = await submit(concept, [row]);
  const [{ id: itemId, verdict }] = proposal.items.nodes;
  if (verdict === 'CONFLICT') ({ proposal } = await decide(proposal, [{ itemId, decision: 'ACCEPT' }]));
  const { proposal: applied, userErrors } = await apply(proposal);
  expect([userErrors, applied.items.nodes[0].problems]).toEqual([[], []]);
  expect(applied.items.nodes[0].isApplied).toBe(true);
  return proposal.id;
};

/** Checks that a proposal is not undone since the earlier value of a record breaks a rule, and that nothing is written. */
const expectConflict = async (id: string, record: string, rule: string): Promise<void> => {
  const before = await fingerprint(database());
  const { userErrors } = await call('revertProposal', { id });
  expect(userErrors).toMatchObject([
    { code: 'CONFLICT', rule: 'PROPOSAL_CHANGED_SINCE', path: ['input', 'id'] },
    { rule, path: ['input', 'id'] },
  ]);
  expect(userErrors[0].message).toContain(`${record} cannot be put back`);
  expect(await fingerprint(database())).toEqual(before);
};

describe('a revert checks the rules that read other records:', () => {
  test.each([
    ['ORGANISATION', 'parent', 'REFERENCE_CYCLE', ['org-vng', 'org-rvo']],
    ['AUTHORITY', 'parent', 'REFERENCE_CYCLE', ['cn-suzhou', 'cn-wuxi']],
    ['AUTHORITY', 'succeededBy', 'SUCCESSOR_CYCLE', ['nl-delft', 'nl-den-haag']],
    ['PARTNERSHIP', 'encouragedBy', 'ENCOURAGES_ITSELF', ['tie-rotterdam-shanghai', 'tie-amsterdam-beijing']],
  ])('%s.%s leads to no cycle', async (concept, field, rule, ids) => {
    const [first = '', second = ''] = ids;
    await write(concept, { id: first, [field]: second });
    const cleared = await write(concept, { id: first, [field]: null });
    await write(concept, { id: second, [field]: first });
    await expectConflict(cleared, first, rule);
  });

  test('partnerships of the same sides do not overlap after the end of one is undone', async () => {
    const tie = { 'dutch.id': 'nl-delft', 'chinese.id': 'cn-wuxi', kind: 'FRIENDSHIP' };
    await write('PARTNERSHIP', { ...tie, startedOn: '2001' });
    const ended = await write('PARTNERSHIP', { id: 'tie-delft-wuxi', status: 'ENDED', endedOn: '2011' });
    const input = { dutch: 'nl-delft', chinese: 'cn-wuxi', kind: 'FRIENDSHIP', startedOn: '2015' };
    const record =
      'mutation($input: RecordPartnershipInput!) { recordPartnership(input: $input) { userErrors { rule } } }';
    expect((await ask(record, { input }, ADMIN)).data.recordPartnership.userErrors).toEqual([]);
    await expectConflict(ended, 'tie-delft-wuxi', 'PARTNERSHIP_OVERLAP');
  });

  test('a code is that of no other record', async () => {
    const moved = await write('AUTHORITY', { id: 'nl-delft', cbsCode: 'GM9994' });
    await write('AUTHORITY', { 'names.nl': 'Nergenshuizen', country: 'NL', level: 'MUNICIPALITY', cbsCode: 'GM0503' });
    await expectConflict(moved, 'nl-delft', 'RECORD_DUPLICATE');
  });

  test('what no rule forbids is undone', async () => {
    await write('AUTHORITY', { id: 'nl-almere', succeededBy: 'nl-emmen' });
    const cleared = await write('AUTHORITY', { id: 'nl-almere', succeededBy: null });
    expect((await call('revertProposal', { id: cleared })).userErrors).toEqual([]);
    const { authority } = (await ask('{ authority(id: "nl-almere") { successor: succeededBy { id } } }')).data;
    expect(authority).toEqual({ successor: { id: 'nl-emmen' } });
  });
});
