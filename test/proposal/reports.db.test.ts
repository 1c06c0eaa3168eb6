import { expect, test, vi } from 'vitest';
import { ANONYMOUS, type Identity, IdentityKind } from '../../src/access/identity.js';
import { ADMIN, testApi } from '../support/api.js';
import { fingerprint, type Json } from '../support/calls.js';
import { proposalCalls } from '../support/proposals.js';

vi.setConfig({ testTimeout: 20_000 });

const { ask, database } = testApi();
const { call, decide, apply } = proposalCalls(ask);

let clients = 0;
/** A client of its own, so that each test has its reports of the hour. */
const client = (): Identity => {
  clients += 1;
  return { kind: IdentityKind.KEY, actor: `key:${clients}`, name: 'reader', scopes: [], expiresAt: null };
};
const report = (input: Json, identity = client()): Promise<Json> => call('reportError', input, identity);
const visible = async (id: string): Promise<Json> =>
  (await ask('query($id: ID!) { proposal(id: $id) { state message items { nodes { place } } } }', { id })).data
    .proposal;

const doubt = { subjectId: 'tie-rotterdam-shanghai', field: 'startedOn', message: 'The city council says otherwise.' };

test('a report needs no key, and is published once a reviewer takes it up', async () => {
  const { proposal, userErrors } = await report(
    { ...doubt, doubted: '1979', proposed: '1979-11-30', seenAt: '2026-11-20T10:00:00Z' },
    ANONYMOUS,
  );
  expect(userErrors).toEqual([]);
  expect(proposal).toMatchObject({ state: 'OPEN', counts: { total: 1, conflict: 1 } });
  const [{ id: itemId, place, fields }] = proposal.items.nodes;
  expect(place).toBe('1979, seen at 2026-11-20T10:00:00.000Z');
  expect(fields).toMatchObject([{ field: 'startedOn', proposed: '1979-11-30', isConflict: true }]);
  expect(await visible(proposal.id)).toBeNull();
  const { proposal: decided } = await decide(proposal, [{ itemId, decision: 'ACCEPT' }]);
  expect(await visible(proposal.id)).toMatchObject({ state: 'OPEN', message: doubt.message });
  const listed = await ask('{ proposals { totalCount nodes { id origin } } }');
  expect(listed.data.proposals).toEqual({ totalCount: 1, nodes: [{ id: proposal.id, origin: 'REPORT' }] });
  expect(await apply(decided)).toMatchObject({ userErrors: [], proposal: { state: 'APPLIED' } });
  const { data } = await ask('{ partnership(id: "tie-rotterdam-shanghai") { startedOn } }');
  expect(data.partnership.startedOn).toBe('1979-11-30');
});

test('a report that is rejected stays out of sight', async () => {
  const { proposal } = await report({ ...doubt, proposed: '1980' });
  expect(await call('rejectProposal', { id: proposal.id })).toMatchObject({ proposal: { state: 'REJECTED' } });
  expect(await visible(proposal.id)).toBeNull();
});

test.each([[['REJECT']], [['KEEP_BOTH', 'REJECT']]])(
  'a report that is decided on by %j stays out of sight and of the log, also when it is applied',
  async decisions => {
    const { proposal } = await report({ ...doubt, proposed: '1980', message: 'Gossip about a person.' });
    const [{ id: itemId }] = proposal.items.nodes;
    const decided = await decide(
      proposal,
      decisions.map(decision => ({ itemId, decision })),
    );
    expect(decided).toMatchObject({ userErrors: [], proposal: { items: { nodes: [{ decision: 'REJECT' }] } } });
    expect(await visible(proposal.id)).toBeNull();
    expect(await apply(decided.proposal)).toMatchObject({ userErrors: [], proposal: { state: 'APPLIED' } });
    expect(await visible(proposal.id)).toBeNull();
    const logged = await ask('{ changes(last: 10) { nodes { subjectId } } }');
    expect(JSON.stringify(logged)).not.toContain(proposal.id);
  },
);

test('a report that is rejected after it was taken up is public no more', async () => {
  const { proposal } = await report({ ...doubt, proposed: '1980', message: 'Gossip about a person.' });
  const [{ id: itemId }] = proposal.items.nodes;
  const { proposal: triaged } = await decide(proposal, [{ itemId, decision: 'KEEP_BOTH' }]);
  expect(await visible(proposal.id)).toMatchObject({ state: 'OPEN' });
  const { proposal: rejected } = await decide(triaged, [{ itemId, decision: 'REJECT' }]);
  expect(await visible(proposal.id)).toBeNull();
  const { data } = await ask('{ proposals { nodes { id } } }');
  expect(data.proposals.nodes).not.toContainEqual({ id: proposal.id });
  expect(await apply(rejected)).toMatchObject({ userErrors: [], proposal: { state: 'APPLIED' } });
  expect(await visible(proposal.id)).toBeNull();
});

test('a report that is applied undecided is published with the value that it added', async () => {
  const subjectId = 'tie-amsterdam-shenzhen';
  const { proposal } = await report({ ...doubt, subjectId, proposed: '2003' });
  expect(proposal.items.nodes).toMatchObject([{ verdict: 'REVISE' }]);
  expect(await apply(proposal)).toMatchObject({ userErrors: [], proposal: { state: 'APPLIED' } });
  expect(await visible(proposal.id)).toMatchObject({ state: 'APPLIED' });
});

test('a doubt without another value can make the record CONFLICTING, and is no value to write', async () => {
  const { proposal } = await report({ ...doubt, subjectId: 'tie-den-haag-qingdao', field: 'kind' });
  const [{ id: itemId, verdict, fields }] = proposal.items.nodes;
  expect([verdict, fields]).toMatchObject(['CONFLICT', [{ field: 'kind', proposed: null }]]);
  expect(await decide(proposal, [{ itemId, decision: 'ACCEPT' }])).toMatchObject({
    userErrors: [{ rule: 'DECISION_UNFIT' }],
  });
  await decide(proposal, [{ itemId, decision: 'KEEP_BOTH' }]);
  expect(await apply(proposal)).toMatchObject({ userErrors: [] });
  const { data } = await ask('{ partnership(id: "tie-den-haag-qingdao") { confidence } }');
  expect(data.partnership.confidence).toBe('CONFLICTING');
});

test('a report of the day on which a tie ended can be accepted', async () => {
  const subjectId = 'tie-utrecht-guangzhou';
  const { proposal } = await report({ ...doubt, subjectId, field: 'endedOn', proposed: '2022-03-01' });
  const [{ id: itemId, fields, problems }] = proposal.items.nodes;
  expect(problems).toEqual([]);
  expect(fields).toMatchObject([
    { field: 'status', proposed: 'ENDED' },
    { field: 'endedOn', proposed: '2022-03-01' },
  ]);
  const { proposal: decided } = await decide(proposal, [{ itemId, decision: 'ACCEPT' }]);
  expect(await apply(decided)).toMatchObject({ userErrors: [], proposal: { state: 'APPLIED' } });
  const { data } = await ask(`{ partnership(id: "${subjectId}") { status endedOn } }`);
  expect(data.partnership).toEqual({ status: 'ENDED', endedOn: '2022-03-01' });
});

test.each([
  ['a status without its first day', 'status', 'DORMANT'],
  ['the day of an end before the start', 'endedOn', '1950'],
  ['another day of an end', 'endedOn', '2022'],
  ['a day in words', 'startedOn', 'around 1980'],
  ['a start after the end', 'startedOn', '2024'],
  ['a day in words that the register lacks', 'startedOn', 'around 1980', 'tie-tilburg-chengdu'],
])(
  'a report of %s is a doubt, with the value for the reviewer',
  async (_, field, proposed, subjectId = 'tie-breda-yangzhou') => {
    const { proposal } = await report({ ...doubt, subjectId, field, proposed });
    const [{ id: itemId, verdict, fields }] = proposal.items.nodes;
    expect([verdict, fields]).toMatchObject(['CONFLICT', [{ field, proposed: null }]]);
    const document = 'query($id: ID!) { proposal(id: $id) { items { nodes { proposed } } } }';
    const { data } = await ask(document, { id: proposal.id }, ADMIN);
    expect(data.proposal.items.nodes[0].proposed[field]).toBe(proposed);
    expect((await decide(proposal, [{ itemId, decision: 'ACCEPT' }])).userErrors).toMatchObject([
      { rule: 'DECISION_UNFIT' },
    ]);
    const { proposal: decided } = await decide(proposal, [{ itemId, decision: 'KEEP_BOTH' }]);
    expect(await apply(decided)).toMatchObject({ userErrors: [] });
  },
);

test('the sixth report of an hour is refused, and writes nothing', async () => {
  const identity = client();
  for (let i = 0; i < 5; i += 1)
    expect(await report({ ...doubt, proposed: `198${i}` }, identity)).toMatchObject({ userErrors: [] });
  const before = await fingerprint(database());
  const document = 'mutation($input: ReportErrorInput!) { reportError(input: $input) { userErrors { rule } } }';
  const { errors } = await ask(document, { input: { ...doubt, proposed: '1990' } }, identity);
  expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', rule: 'REPORT_LIMIT', params: { limit: 5 } } }]);
  expect(await fingerprint(database())).toEqual(before);
  expect(await report({ ...doubt, proposed: '1991' })).toMatchObject({ userErrors: [] });
});

const source = (more: Json) => ({ source: { title: 'A page', publisher: 'A city', ...more } });
const mailForm = 'https://example.nl/form?to=jan%40example.nl';

test.each([
  ['of no record', { subjectId: 'tie-nowhere-at-all' }, 'RECORD_MISSING', 'subjectId'],
  ['of no field', { field: 'colour' }, 'REPORT_FIELD', 'field'],
  ['with an e-mail address', { message: 'Ask j.jansen@example.org about it' }, 'REPORT_CONTACT', 'message'],
  ['with a telephone number', { proposed: 'Call +31 6 1234 5678' }, 'REPORT_CONTACT', 'proposed'],
  ['with a person as publisher', source({ publisher: 'Jan jan@example.nl' }), 'REPORT_CONTACT', 'source.publisher'],
  ['with an address of an e-mail address', source({ url: mailForm }), 'REPORT_CONTACT', 'source.url'],
  ['with a long message', { message: 'x'.repeat(2_001) }, 'TEXT_TOO_LONG', 'message'],
])('a report %s is refused', async (_, more, rule, field) => {
  const before = await fingerprint(database());
  const { proposal, userErrors } = await report({ ...doubt, proposed: '1981', ...more });
  expect([proposal, userErrors]).toMatchObject([null, [{ rule, path: ['input', ...field.split('.')] }]]);
  expect(await fingerprint(database())).toEqual(before);
});

test.each([
  '+31 (0)6 12345678',
  '010 - 123 45 67',
  '(010) 123 45 67',
  '010 – 1234567',
  '0031-6-12.34.56.78',
  '+31-6-1234-5678',
  '+31-6-2012-5678',
  '0755 2345 6789',
])('a report with the telephone number %s is refused', async number => {
  expect(await report({ ...doubt, message: `Call ${number} in 2026.` })).toMatchObject({
    userErrors: [{ rule: 'REPORT_CONTACT' }],
  });
});

test.each([
  'From 1979-11-30 until 2019, 130 visits; see page 1200 of 2020, item 000123.',
  'From 01-01-1979 - 31-12-1985, by code 0599 – 1979 - 1985, and since 03.02.2001 - 2019.',
  'From 1979-01-30 – 1985-02-03 (GM0599, 310000), item 0123. 2019 had 130 visits.',
  'Budget of € 1.000.000 (2019 - 2021), file 2019/0012 – 34; Q34370, 2019-0612 and 35 000 visitors.',
])('a text with dates, years and numbers has no telephone number: %s', async message => {
  expect(await report({ ...doubt, proposed: '1982', message })).toMatchObject({ userErrors: [] });
});

test('an at sign after a slash is no e-mail address', async () => {
  expect(
    await report({ ...doubt, proposed: '1983', ...source({ url: 'https://example.nl/@52.01,4.36' }) }),
  ).toMatchObject({ userErrors: [] });
});
