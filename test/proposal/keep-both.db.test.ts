import sql from 'sql-template-tag';
import { expect, test, vi } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { testApi } from '../support/api.js';
import { fingerprint, type Json } from '../support/calls.js';
import { proposalCalls, verdicts } from '../support/proposals.js';

vi.setConfig({ testTimeout: 30_000 });

const { ask, database } = testApi();
const { submit, apply, decide } = proposalCalls(ask);

const FIELDS = `startedOn status statusSince endedOn confidence notes citations { supports }
  statusPeriods { status from citations { supports } } history(last: 1) { nodes { kind } }`;
const partnership = async (id: string): Promise<Json> =>
  (await ask(`query($id: ID!) { partnership(id: $id) { ${FIELDS} } }`, { id })).data.partnership;
const latest = async (): Promise<string> => (await ask('{ latestChangeCursor }')).data.latestChangeCursor;
const write = async (row: Json): Promise<string> => {
  const { proposal, userErrors } = await apply(await submit('PARTNERSHIP', [row]));
  expect([userErrors, proposal.items.nodes[0].isApplied]).toEqual([[], true]);
  return proposal.items.nodes[0].subjectId;
};
/** Proposes a row that must be a conflict, and keeps both. */
const keep = async (row: Json, more: Json = {}, concept = 'PARTNERSHIP'): Promise<Json> => {
  const proposal = await submit(concept, [row], more);
  expect(verdicts(proposal)).toEqual(['CONFLICT']);
  return decide(proposal, [{ itemId: proposal.items.nodes[0].id, decision: 'KEEP_BOTH' }]);
};
const keepAndApply = async (...args: Parameters<typeof keep>): Promise<void> => {
  const { proposal, userErrors } = await keep(...args);
  expect(userErrors).toEqual([]);
  expect(await apply(proposal)).toMatchObject({
    userErrors: [],
    proposal: { items: { nodes: [{ isApplied: true }] } },
  });
};

const tie = (dutch: string) => ({
  'dutch.id': dutch,
  'chinese.id': 'cn-suzhou',
  kind: 'FRIENDSHIP',
  startedOn: '2001-12-05',
});
const START = 'By Gemeente Test, List of partnerships, startedOn is 2001.';

test.each([
  ['nl-delft', { status: 'DORMANT', statusSince: '2020' }, 'status is DORMANT; statusSince is 2020'],
  ['nl-emmen', { status: 'ENDED', endedOn: '2018-03' }, 'status is ENDED; endedOn is 2018-03'],
])('the status of %s is kept with its days: %j is a note', async (dutch, row, note) => {
  const id = await write({ ...tie(dutch), status: 'UNKNOWN' });
  const basis = await latest();
  await write({ id, status: 'ACTIVE' });
  const before = await partnership(id);
  await keepAndApply({ id, ...row }, { basis });
  expect(await partnership(id)).toEqual({
    ...before,
    confidence: 'CONFLICTING',
    notes: `By Gemeente Test, List of partnerships, ${note}.`,
    citations: [...before.citations, { supports: ['status'] }],
    history: { nodes: [{ kind: 'REVISED' }] },
  });
});

test('an end that is no conflict is written, and cited once, beside a start that is kept', async () => {
  const id = await write(tie('nl-almere'));
  await keepAndApply({ id, startedOn: '2001', status: 'ENDED', endedOn: '2015' });
  const kept = await partnership(id);
  expect(kept).toMatchObject({ startedOn: '2001-12-05', status: 'ENDED', endedOn: '2015', notes: START });
  const supports = kept.citations.slice(1).map((citation: Json) => citation.supports);
  expect(supports).toEqual([['startedOn'], expect.arrayContaining(['status', 'endedOn'])]);
  expect(kept.history.nodes).toEqual([{ kind: 'ENDED' }]);
});

test('notes of a row are written beside the note of what is kept, which is written once', async () => {
  const id = await write({ ...tie('nl-venlo'), notes: 'Of the register.' });
  await keepAndApply({ id, startedOn: '2001', notes: 'Of the row.' });
  expect((await partnership(id)).notes).toBe(`Of the row. ${START}`);
  await keepAndApply({ id, startedOn: '2001' });
  expect((await partnership(id)).notes).toBe(`Of the row. ${START}`);
});

test('the source is cited for a fact by the name that the register has for it', async () => {
  const [{ id }] = (await ask('{ programmes(first: 1) { nodes { id } } }')).data.programmes.nodes;
  const basis = await latest();
  const authorities = await submit('PROGRAMME', [{ id, authorityIds: ['nl-delft'] }]);
  const [{ id: itemId, verdict }] = authorities.items.nodes;
  if (verdict === 'CONFLICT') await decide(authorities, [{ itemId, decision: 'ACCEPT' }]);
  await apply(authorities);
  await keepAndApply({ id, authorityIds: ['nl-emmen'] }, { basis }, 'PROGRAMME');
  const { programme } = (await ask(`{ programme(id: "${id}") { citations { supports } } }`)).data;
  expect(programme.citations.at(-1)).toEqual({ supports: ['authorities'] });
});

test('a value that was kept beside another one stays in conflict, whichever of their publishers proposes again', async () => {
  const id = await write(tie('nl-wageningen'));
  const of = (publisher: string) => ({ source: { title: 'Year book', publisher } });
  const verdict = async (startedOn: string, publisher: string) =>
    verdicts(await submit('PARTNERSHIP', [{ id, startedOn }], of(publisher)));
  expect(await verdict('2002', 'Gemeente Test')).toEqual(['REVISE']);
  await keepAndApply({ id, startedOn: '2001' }, of('Provincie Test'));
  for (const publisher of ['Provincie Test', 'Gemeente Test'])
    expect([publisher, await verdict('2002', publisher)]).toEqual([publisher, ['CONFLICT']]);
});

test('notes that would be too long are refused at the decision, and are STALE if they are too long only later', async () => {
  const id = await write({ ...tie('nl-rotterdam'), notes: 'x'.repeat(9_980) });
  const row = { id, startedOn: '2001' };
  const before = await fingerprint(database());
  const proposal = await submit('PARTNERSHIP', [row]);
  const [{ id: itemId }] = proposal.items.nodes;
  const submitted = await fingerprint(database());
  expect(submitted).not.toEqual(before);
  expect((await decide(proposal, [{ itemId, decision: 'KEEP_BOTH' }])).userErrors).toMatchObject([
    {
      code: 'INVALID',
      rule: 'TEXT_TOO_LONG',
      path: ['input', 'decisions', '0', 'decision'],
      message: `notes can have at most 10000 characters; got ${9_981 + START.length}.`,
    },
  ]);
  expect(await fingerprint(database())).toEqual(submitted);
  expect((await decide(proposal, [{ itemId, decision: 'ACCEPT' }])).userErrors).toEqual([]);
  expect((await apply(proposal)).userErrors).toEqual([]);
  expect(await partnership(id)).toMatchObject({ startedOn: '2001', confidence: 'SINGLE_SOURCE' });

  const notes = 'x'.repeat(9_900);
  const other = await write({ ...tie('nl-groningen'), notes });
  const { proposal: kept } = await keep({ id: other, startedOn: '2001' });
  // As a redaction of a short title leaves it.
  await queryRows(
    database().em.fork(),
    sql`update proposal set source = jsonb_set(source, '{title}', to_jsonb(repeat('y', 99))) where id = ${kept.id}`,
  );
  const { proposal: applied, userErrors } = await apply(kept);
  expect(userErrors).toEqual([]);
  expect(applied.items.nodes).toMatchObject([
    { verdict: 'STALE', isApplied: false, problems: [{ rule: 'TEXT_TOO_LONG', path: ['values', 'notes'] }] },
  ]);
  expect((await partnership(other)).notes).toBe(notes);
});
