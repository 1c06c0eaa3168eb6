import { expect, test } from 'vitest';
import { testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { proposalCalls, verdicts } from '../support/proposals.js';

const { ask } = testApi();
const { submit, apply, decide } = proposalCalls(ask);

const choose = ({ id: itemId }: Json, choice: string) => ({ itemId, decision: 'CHOOSE', choice });
const accept = ({ id: itemId }: Json) => ({ itemId, decision: 'ACCEPT' });
const reject = ({ id: itemId }: Json) => ({ itemId, decision: 'REJECT' });
const repeated = (index: number, field: string, place: string) => ({
  code: 'DUPLICATE',
  rule: 'ROW_REPEATED',
  path: ['input', 'decisions', `${index}`, field],
  message: expect.stringContaining(place),
});
const organisation = async (): Promise<string> =>
  (await ask('{ organisations(first: 1) { nodes { id } } }')).data.organisations.nodes[0].id;
const nobody = (name: string) => ({ 'names.en': `${name} of nowhere`, city: name });

test('two rows are not decided onto one record, in one call or in two', async () => {
  const choice = await organisation();
  const rows = [nobody('Zwolle'), nobody('Breda'), { id: choice, city: 'Elst' }];
  const proposal = await submit('ORGANISATION', rows, { policy: 'UPDATE_ONLY' });
  const [first, second, named] = proposal.items.nodes;
  expect(verdicts(proposal).slice(0, 2)).toEqual(['UNMATCHED', 'UNMATCHED']);
  // The third row names the record by its id, and is not rejected.
  expect((await decide(proposal, [choose(first, choice)])).userErrors).toMatchObject([repeated(0, 'choice', 'row 3')]);
  const both = await decide(proposal, [reject(named), choose(first, choice), choose(second, choice)]);
  expect(both.userErrors).toMatchObject([repeated(2, 'choice', 'row 1')]);
  const { proposal: decided, userErrors } = await decide(proposal, [choose(first, choice), reject(named)]);
  expect(userErrors).toEqual([]);
  expect(decided.items.nodes[0]).toMatchObject({ subjectId: choice, decision: 'CHOOSE' });
  expect((await decide(decided, [choose(second, choice)])).userErrors).toMatchObject([repeated(0, 'choice', 'row 1')]);
});

test('two new rows of one code are not both accepted', async () => {
  const village = (name: string) => ({ 'names.nl': name, country: 'NL', level: 'MUNICIPALITY', cbsCode: 'GM9991' });
  const rows = [village('Nergenshuizen'), village('Nergenswoude')];
  const proposal = await submit('AUTHORITY', rows, { policy: 'UPDATE_ONLY' });
  expect(verdicts(proposal)).toEqual(['UNMATCHED', 'UNMATCHED']);
  const [first, second] = proposal.items.nodes;
  const both = await decide(proposal, [accept(first), accept(second)]);
  expect(both.userErrors).toMatchObject([repeated(1, 'decision', 'row 1')]);
  const { proposal: decided } = await decide(proposal, [accept(first), reject(second)]);
  expect(verdicts(decided)).toEqual(['CREATE', 'UNMATCHED']);
  const { proposal: applied, userErrors } = await apply(decided);
  expect(userErrors).toEqual([]);
  expect(applied.items.nodes.map(({ isApplied }: Json) => isApplied)).toEqual([true, false]);
});

test('the second of two rows onto one record that were accepted one after the other is STALE', async () => {
  const choice = await organisation();
  const proposal = await submit('ORGANISATION', [{ id: choice, city: 'Elst' }, nobody('Zwolle')], {
    policy: 'UPDATE_ONLY',
  });
  const [named, chosen] = proposal.items.nodes;
  const { proposal: rejected } = await decide(proposal, [reject(named), choose(chosen, choice)]);
  const accepted = await decide(rejected, rejected.items.nodes.map(accept));
  expect(accepted.userErrors).toEqual([]);
  const { proposal: applied, userErrors } = await apply(accepted.proposal);
  expect(userErrors).toEqual([]);
  expect(applied.items.nodes).toMatchObject([
    { isApplied: true },
    { isApplied: false, verdict: 'STALE', problems: [{ rule: 'ROW_REPEATED', path: ['values', 'id'] }] },
  ]);
});

test.each([
  [
    'tie-den-haag-qingdao',
    { 'dutch.id': '', 'dutch.name': 'Delft', 'dutch.wikidataId': 'Q690', 'chinese.name': 'Suzhou' },
  ],
  ['tie-groningen-tianjin', { 'dutch.id': 'Delft', 'chinese.id': 'Suzhou' }],
])('the partnership %s is chosen for a row that names its sides: %j', async (choice, sides) => {
  const proposal = await submit('PARTNERSHIP', [{ ...sides, notes: 'Of a list' }], { policy: 'UPDATE_ONLY' });
  expect(['UNMATCHED', 'AMBIGUOUS']).toContain(verdicts(proposal)[0]);
  const { proposal: decided, userErrors } = await decide(proposal, [choose(proposal.items.nodes[0], choice)]);
  expect(userErrors).toEqual([]);
  expect(decided.items.nodes[0]).toMatchObject({ problems: [], fields: [{ field: 'notes', proposed: 'Of a list' }] });
  expect(['REVISE', 'CONFLICT']).toContain(verdicts(decided)[0]);
});
