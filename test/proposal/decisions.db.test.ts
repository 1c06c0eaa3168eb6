import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { queryChannel } from '../../src/graph/sql/diagnostics.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { proposalCalls, verdicts } from '../support/proposals.js';

const { ask, database } = testApi();
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
  ['tie-amsterdam-beijing', { dutch: 'Delft', chinese: 'Suzhou' }],
])('the partnership %s is chosen for a row that names its sides: %j', async (choice, sides) => {
  const proposal = await submit('PARTNERSHIP', [{ ...sides, notes: 'Of a list' }], { policy: 'UPDATE_ONLY' });
  expect(['UNMATCHED', 'AMBIGUOUS']).toContain(verdicts(proposal)[0]);
  const { proposal: decided, userErrors } = await decide(proposal, [choose(proposal.items.nodes[0], choice)]);
  expect(userErrors).toEqual([]);
  expect(decided.items.nodes[0]).toMatchObject({ problems: [], fields: [{ field: 'notes', proposed: 'Of a list' }] });
  expect(['REVISE', 'CONFLICT']).toContain(verdicts(decided)[0]);
});

test('a choice of no record is refused, and leaves the row for the right one', async () => {
  const proposal = await submit('ORGANISATION', [nobody('Zwolle')], { policy: 'UPDATE_ONLY' });
  const [row] = proposal.items.nodes;
  const id = `org-${'x'.repeat(40)}`;
  const wrong = await decide(proposal, [choose(row, id)]);
  expect(wrong.userErrors).toMatchObject([
    { code: 'NOT_FOUND', rule: 'RECORD_MISSING', path: ['input', 'decisions', '0', 'choice'] },
  ]);
  expect(wrong.userErrors[0].message).toContain(id);
  const choice = await organisation();
  const { proposal: decided, userErrors } = await decide(proposal, [choose(row, choice)]);
  expect([userErrors, decided.items.nodes[0].subjectId]).toEqual([[], choice]);
});

test.each([
  ['a record whose rules the row breaks', { decision: 'CHOOSE', choice: 'tie-rotterdam-shanghai' }],
  ['a new record that lacks a value', { decision: 'ACCEPT' }],
])('a decision for %s is refused, and leaves the row for the right one', async (_, wrong) => {
  const named = { 'dutch.name': 'Delft', 'chinese.name': 'Suzhou', 'dutch.id': 'nl-delft', notes: 'Of a list' };
  const proposal = await submit('PARTNERSHIP', [named], { policy: 'UPDATE_ONLY' });
  const [{ id: itemId }] = proposal.items.nodes;
  expect(['UNMATCHED', 'AMBIGUOUS']).toContain(verdicts(proposal)[0]);
  const { userErrors } = await decide(proposal, [{ itemId, ...wrong }]);
  const field = 'choice' in wrong ? 'choice' : 'decision';
  expect(userErrors.length).toBeGreaterThan(0);
  for (const { code, path } of userErrors)
    expect([code, path]).toEqual(['INVALID', ['input', 'decisions', '0', field]]);
  const rejected = await decide(proposal, [{ itemId, decision: 'REJECT' }]);
  expect([rejected.userErrors, verdicts(rejected.proposal)]).toEqual([[], verdicts(proposal)]);
});

test('a row that is accepted as a new record has the sides that it names, and is refused without one', async () => {
  const visit = { 'title.en': 'Accepted visit', kind: 'CULTURAL', status: 'HELD', startedOn: '2019' };
  const rows = ['Groningen', 'Qwxyzhoven'].map(name => ({
    ...visit,
    'dutch.name': name,
    'chinese.name': 'Shanghai',
  }));
  const proposal = await submit('EXCHANGE', rows);
  expect(verdicts(proposal)).toEqual(['AMBIGUOUS', 'UNMATCHED']);
  for (const row of proposal.items.nodes)
    expect((await decide(proposal, [accept(row)])).userErrors).toMatchObject([
      {
        rule: 'ROW_VALUE_MISSING',
        path: ['input', 'decisions', '0', 'decision'],
        message: expect.stringContaining('dutch.id'),
      },
    ]);
  const { proposal: chosen } = await decide(proposal, [choose(proposal.items.nodes[0], 'nl-groningen')]);
  const { proposal: applied } = await apply(chosen);
  const { subjectId } = applied.items.nodes[0];
  const query = 'query($id: ID!) { exchange(id: $id) { dutch { id } chinese { id } } }';
  expect((await ask(query, { id: subjectId })).data.exchange).toEqual({
    dutch: { id: 'nl-groningen' },
    chinese: { id: 'cn-shanghai' },
  });
});

test('a third tie of a pair is accepted as a new record of the sides that its row has by code', async () => {
  const write = async (mutation: string, input: Json): Promise<Json> => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const selection = '{ partnership { id version } userErrors { rule } }';
    const { data } = await ask(
      `mutation($input: ${type}!) { ${mutation}(input: $input) ${selection} }`,
      { input },
      ADMIN,
    );
    expect(data[mutation].userErrors).toEqual([]);
    return data[mutation].partnership;
  };
  for (const [startedOn, since] of [
    ['1990', '2000'],
    ['2005', '2010'],
  ]) {
    const sides = { dutch: 'nl-delft', chinese: 'cn-suzhou', kind: 'FRIENDSHIP' };
    const { id, version } = await write('recordPartnership', { ...sides, startedOn });
    await write('endPartnership', { id, expectedVersion: version, since, reason: 'Of a list' });
  }
  const codes = { 'dutch.cbsCode': 'GM0503', 'chinese.gbCode': '320500' };
  const proposal = await submit('PARTNERSHIP', [{ ...codes, kind: 'FRIENDSHIP', startedOn: '2015' }]);
  expect(verdicts(proposal)).toEqual(['AMBIGUOUS']);
  const { userErrors } = await decide(proposal, [accept(proposal.items.nodes[0])]);
  expect(userErrors).toEqual([]);
  expect((await apply(proposal)).proposal.items.nodes).toMatchObject([{ isApplied: true }]);
});

test('a choice that comes with another decision is none', async () => {
  const rows = [{ ...nobody('Zwolle'), kind: 'MINISTRY' }];
  const proposal = await submit('ORGANISATION', rows, { policy: 'UPDATE_ONLY' });
  const decisions = [{ ...accept(proposal.items.nodes[0]), choice: await organisation() }];
  const { proposal: decided, userErrors } = await decide(proposal, decisions);
  expect(userErrors).toEqual([]);
  expect(decided.items.nodes[0]).toMatchObject({
    verdict: 'CREATE',
    subjectId: null,
    decision: 'ACCEPT',
    choice: null,
  });
});

test('a row that repeats another is open once that one is rejected, and the next one repeats it then', async () => {
  const choice = await organisation();
  const village = (name: string) => ({ 'names.nl': name, country: 'NL', level: 'MUNICIPALITY', cbsCode: 'GM9992' });
  for (const [concept, rows, verdict] of [
    ['ORGANISATION', ['Assen', 'Hoorn', 'Weert'].map(city => ({ id: choice, city })), 'REVISE'],
    ['AUTHORITY', ['Nooitburg', 'Nimmerdam', 'Geenterp'].map(village), 'CREATE'],
  ] as const) {
    let proposal = await submit(concept, [...rows]);
    expect(verdicts(proposal).slice(1)).toEqual(['REFUSED', 'REFUSED']);
    const [first, second] = proposal.items.nodes;
    ({ proposal } = await decide(proposal, [reject(first)]));
    expect(proposal.items.nodes).toMatchObject([
      { decision: 'REJECT' },
      { verdict, decision: null, problems: [] },
      { verdict: 'REFUSED', problems: [{ rule: 'ROW_REPEATED', message: expect.stringContaining('row 2') }] },
    ]);
    ({ proposal } = await decide(proposal, [reject(second)]));
    expect(proposal.items.nodes[2]).toMatchObject({ verdict, problems: [] });
    expect(proposal.counts).toMatchObject({ total: 3, refused: 0 });
    const { proposal: applied, userErrors } = await apply(proposal);
    expect(userErrors).toEqual([]);
    expect(applied.items.nodes.map(({ isApplied }: Json) => isApplied)).toEqual([false, false, true]);
  }
});

test('a row does not repeat one that is refused', async () => {
  const village = (name: string, more: Json = {}) => ({ 'names.nl': name, country: 'NL', cbsCode: 'GM9993', ...more });
  const rows = [village('Nergensveen'), village('Nergensveen', { level: 'MUNICIPALITY' })];
  expect(verdicts(await submit('AUTHORITY', rows))).toEqual(['REFUSED', 'CREATE']);
});

test('of a large proposal, a decision reads the rows that its own may repeat', async () => {
  const choice = await organisation();
  const rows = [nobody('Zwolle'), { id: choice, city: 'Meppel' }];
  const proposal = await submit('ORGANISATION', rows, { policy: 'UPDATE_ONLY' });
  const em = database().em.fork();
  await queryRows(
    em,
    sql`insert into proposal_item (id, proposal_id, number, place, verdict, subject_id, proposed, fields, candidates, problems)
      select i.id || '-' || n, proposal_id, n, 'row ' || n, 'REVISE', 'org-' || n, proposed, fields, candidates, problems
      from proposal_item i, generate_series(3, 5000) n where i.id = ${proposal.items.nodes[1].id}`,
  );
  await queryRows(em, sql`update proposal set counts = jsonb_set(counts, '{total}', '5000') where id = ${proposal.id}`);
  const reads: number[] = [];
  const count = (event: unknown) => {
    const { text, result } = event as { text: string; result?: unknown[] };
    if (text.includes('from proposal_item')) reads.push(result?.length ?? 0);
  };
  queryChannel.asyncEnd.subscribe(count);
  try {
    const { userErrors } = await decide(proposal, [choose(proposal.items.nodes[0], choice)]);
    expect(userErrors).toMatchObject([repeated(0, 'choice', 'row 2')]);
  } finally {
    queryChannel.asyncEnd.unsubscribe(count);
  }
  expect(Math.max(...reads)).toBeLessThanOrEqual(1);
});
