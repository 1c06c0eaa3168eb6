import { describe, expect, test } from 'vitest';
import { testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { proposalCalls, verdicts } from '../support/proposals.js';

const { ask } = testApi();
const { submit, apply, decide } = proposalCalls(ask);

const problems = ({ items }: Json): string[][] =>
  items.nodes.map((item: Json) => item.problems.map(({ rule, path }: Json) => `${path.at(-1)} ${rule}`));
const acceptConflicts = ({ items }: Json, decision: string) =>
  items.nodes
    .filter(({ verdict }: Json) => verdict === 'CONFLICT')
    .map(({ id: itemId }: Json) => ({ itemId, decision }));

const tie = { 'dutch.id': 'nl-delft', 'chinese.id': 'cn-suzhou', kind: 'FRIENDSHIP', startedOn: '2015' };
const other = { id: 'tie-den-haag-qingdao', notes: 'A valid row beside it' };

describe('a change of status', () => {
  test.each([
    [
      'before the start that its row proposes',
      { id: 'tie-amsterdam-beijing', startedOn: '2009', status: 'DORMANT', statusSince: '2004' },
    ],
    ['on the first day of a new partnership', { ...tie, status: 'DORMANT', statusSince: '2015' }],
    ['as the end of a new partnership in the year of its start', { ...tie, status: 'ENDED', endedOn: '2015' }],
  ])('%s is refused in its row, and others are written', async (_, row) => {
    const proposal = await submit('PARTNERSHIP', [row, other]);
    expect([verdicts(proposal)[0], problems(proposal)[0]]).toEqual(['REFUSED', ['statusSince SINCE_BEFORE_PERIOD']]);
    const decisions = acceptConflicts(proposal, 'ACCEPT');
    if (decisions.length) await decide(proposal, decisions);
    expect((await apply(proposal)).userErrors).toEqual([]);
  });

  test.each<[object, string[]]>([
    [{ ...tie, status: 'UNKNOWN', endedOn: '2018' }, ['endedOn']],
    [{ ...tie, status: 'ACTIVE', statusSince: '2018' }, ['statusSince']],
    [{ ...tie, status: 'ACTIVE', endedOn: '2018' }, ['endedOn']],
    [{ ...tie, status: 'ENDED', endedOn: '2018', statusSince: '2017' }, ['statusSince']],
    [{ id: 'tie-den-haag-wenzhou', status: 'ACTIVE', endedOn: '2021' }, ['endedOn']],
    [{ ...tie, status: 'ACTIVE', statusSince: '2015' }, []],
    [{ ...tie, status: 'ENDED', endedOn: '2018', statusSince: '2018' }, []],
    [{ id: 'tie-den-haag-wenzhou', status: 'ACTIVE', statusSince: '2014-09', endedOn: '' }, []],
  ])('%j is refused where it has a day that it does not write: %j', async (row, unused) => {
    const proposal = await submit('PARTNERSHIP', [row]);
    expect(problems(proposal)).toEqual([unused.map(field => `${field} ROW_COLUMN_READ_ONLY`)]);
    expect(verdicts(proposal)[0] === 'REFUSED').toBe(unused.length > 0);
  });

  test('before the present start is STALE if the reviewer keeps that start, and written with the start of its row', async () => {
    await apply(await submit('PARTNERSHIP', [{ ...tie, 'dutch.id': 'nl-emmen', startedOn: '2001-12-05' }]));
    // A year is less exact than a day.
    const earlier = { id: 'tie-emmen-suzhou', startedOn: '2001', status: 'DORMANT', statusSince: '2001-06' };
    const decided = async (decision: string): Promise<Json> => {
      const proposal = await submit('PARTNERSHIP', [earlier]);
      expect([verdicts(proposal), problems(proposal)]).toEqual([['CONFLICT'], [[]]]);
      return (await decide(proposal, acceptConflicts(proposal, decision))).proposal;
    };
    const kept = await apply(await decided('KEEP_BOTH'));
    expect(kept).toMatchObject({ userErrors: [], proposal: { changeSet: null } });
    expect([verdicts(kept.proposal), problems(kept.proposal)]).toEqual([
      ['STALE'],
      [['statusSince SINCE_BEFORE_PERIOD']],
    ]);
    expect((await apply(await decided('ACCEPT'))).userErrors).toEqual([]);
    const fields = 'startedOn status statusSince statusPeriods { status from }';
    const { partnership } = (await ask(`{ partnership(id: "tie-emmen-suzhou") { ${fields} } }`)).data;
    expect(partnership).toEqual({
      startedOn: '2001',
      status: 'DORMANT',
      statusSince: '2001-06',
      statusPeriods: [
        { status: 'ACTIVE', from: '2001' },
        { status: 'DORMANT', from: '2001-06' },
      ],
    });
  });

  test('that is another end of a tie that ended is a conflict, to be kept beside ours', async () => {
    const row = { id: 'tie-breda-yangzhou', startedOn: '2010', status: 'ENDED', endedOn: '2022' };
    const proposal = await submit('PARTNERSHIP', [row]);
    const [{ id: itemId, fields }] = proposal.items.nodes;
    expect([verdicts(proposal), problems(proposal)]).toEqual([['CONFLICT'], [[]]]);
    expect(fields).toMatchObject([
      { field: 'startedOn', now: '2009', proposed: '2010' },
      { field: 'endedOn', now: '2023-03', proposed: '2022', isConflict: true },
    ]);
    // No row writes it.
    const rejected = (await decide(proposal, [{ itemId, decision: 'ACCEPT' }])).userErrors;
    expect(rejected).toMatchObject([{ rule: 'DECISION_UNFIT' }]);
    const { proposal: decided } = await decide(proposal, [{ itemId, decision: 'KEEP_BOTH' }]);
    expect((await apply(decided)).userErrors).toEqual([]);
    const { partnership } = (await ask(`{ partnership(id: "${row.id}") { status endedOn confidence notes } }`)).data;
    expect(partnership).toMatchObject({ status: 'ENDED', endedOn: '2023-03', confidence: 'CONFLICTING' });
    expect(partnership.notes).toMatch(/endedOn is 2022\./);
  });
});
