import { expect, test, vi } from 'vitest';
import { testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { proposalCalls, verdicts } from '../support/proposals.js';

vi.setConfig({ testTimeout: 30_000 });

const { ask } = testApi();
const { submit, apply, decide } = proposalCalls(ask);

const village = { 'names.nl': 'Nergenshuizen', country: 'NL', level: 'MUNICIPALITY' };
const visit = {
  'title.en': 'Twice proposed',
  kind: 'CULTURAL',
  status: 'HELD',
  startedOn: '2019',
  'dutch.id': 'nl-rotterdam',
  'chinese.id': 'cn-shanghai',
};

test.each<[string, Json]>([
  ['AUTHORITY', village],
  ['AUTHORITY', { ...village, 'names.nl': 'Nergenswoude', cbsCode: 'GM9994' }],
  ['PARTNERSHIP', { 'dutch.id': 'nl-delft', 'chinese.id': 'cn-suzhou', kind: 'FRIENDSHIP' }],
  ['PROGRAMME', { 'names.en': 'Programme of nowhere' }],
  ['EXCHANGE', visit],
  ['ORGANISATION', { 'names.en': 'Nobody of nowhere', kind: 'MINISTRY' }],
])('a new record of %s that two proposals have is recorded once: %j', async (concept, row) => {
  const [first, second] = [await submit(concept, [row]), await submit(concept, [row])];
  expect([verdicts(first), verdicts(second)]).toEqual([['CREATE'], ['CREATE']]);
  expect((await apply(first)).proposal.items.nodes).toMatchObject([{ isApplied: true }]);
  const { proposal, userErrors } = await apply(second);
  expect(userErrors).toEqual([]);
  expect(proposal.items.nodes).toMatchObject([{ isApplied: false, verdict: 'STALE' }]);
  const rule = row.cbsCode ? 'RECORD_DUPLICATE' : 'ROW_REPEATED';
  expect(proposal.items.nodes[0].problems.map((problem: Json) => problem.rule)).toEqual([rule]);
});

test('a record that others recorded since is the same as a new one that a person accepted, too', async () => {
  const row = { ...village, 'names.nl': 'Nergenshage' };
  const [first, second] = [await submit('AUTHORITY', [row]), await submit('AUTHORITY', [row])];
  await apply(first);
  await decide(second, [{ itemId: second.items.nodes[0].id, decision: 'ACCEPT' }]);
  expect((await apply(second)).proposal.items.nodes).toMatchObject([{ isApplied: false, verdict: 'STALE' }]);
  // Compared again, the row is about that record.
  const again = await submit('AUTHORITY', [{ ...row, dissolvedOn: '2001' }]);
  expect(verdicts(again)).toEqual(['REVISE']);
});

const { country: _, ...withoutCountry } = village;

test.each<[string, string, Json, Json]>([
  ['the same, without the country that its level implies', 'Kwekelbroek', withoutCountry, withoutCountry],
  ['without the country that its level implies', 'Vlintmeer', village, withoutCountry],
  ['without the code of the first', 'Oudhoorzaal', { ...village, cbsCode: 'GM9981' }, village],
  ['with a code that the first lacks', 'Pruttelveen', village, { ...village, cbsCode: 'GM9982' }],
  [
    'with a code of another kind',
    'Zuidflodder',
    { ...village, cbsCode: 'GM9983' },
    { ...village, wikidataId: 'Q999999983' },
  ],
])('a new record is recorded once, and a file has it once, if its second row is %s', async (_, name, ...rows) => {
  const [earlier, later] = rows.map(row => ({ ...row, 'names.nl': name })) as [Json, Json];
  expect(verdicts(await submit('AUTHORITY', [earlier, later]))).toEqual(['CREATE', 'REFUSED']);
  const [first, second] = [await submit('AUTHORITY', [earlier]), await submit('AUTHORITY', [later])];
  expect([verdicts(first), verdicts(second)]).toEqual([['CREATE'], ['CREATE']]);
  await apply(first);
  const { items } = (await apply(second)).proposal;
  expect(items.nodes).toMatchObject([{ isApplied: false, verdict: 'STALE', problems: [{ rule: 'ROW_REPEATED' }] }]);
});
