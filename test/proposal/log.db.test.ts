import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import { expect, test, vi } from 'vitest';
import { ANONYMOUS, type Identity, IdentityKind } from '../../src/access/identity.js';
import { SubjectType } from '../../src/change/change.js';
import { changeCursor } from '../../src/change/cursor.js';
import { latestPosition } from '../../src/change/log-reader.js';
import { migrate } from '../../src/database/migrate.js';
import { verify } from '../../src/database/verify/verify.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { bindMoment } from '../../src/server/http/bind-moment.js';
import { ADMIN, testApi } from '../support/api.js';
import { fingerprint, type Json } from '../support/calls.js';
import { removeVersions } from '../support/downgrade.js';
import { proposalCalls, source } from '../support/proposals.js';

vi.setConfig({ testTimeout: 60_000 });

const { ask, database, service } = testApi();
const { call, submit, decide, apply } = proposalCalls(ask);

const SECRET = 'Overheard at the reception';
const COUNTS = {
  total: 1,
  create: 0,
  revise: 1,
  same: 0,
  conflict: 0,
  ambiguous: 0,
  unmatched: 0,
  refused: 0,
  stale: 0,
};
const tie = (notes: string) => ({ id: 'tie-rotterdam-shanghai', notes });
const report = { subjectId: 'tie-rotterdam-shanghai', field: 'startedOn', message: SECRET, proposed: '1980' };

const cursor = async (): Promise<string> => changeCursor(await latestPosition(database().em.fork()));

/** Answers a query at a past moment. */
async function askAt(moment: string, query: string, variables: Json, identity: Identity): Promise<Json> {
  const contextValue = service().context(identity);
  await bindMoment(contextValue, moment, undefined);
  const { body } = await (await service().apollo.get()).executeOperation({ query, variables }, { contextValue });
  const { data, errors } = (body as unknown as { singleResult: Json }).singleResult;
  expect(errors).toBeUndefined();
  return data;
}

const PROPOSAL = `query($id: ID!) {
  proposal(id: $id) { state version message source { title } changeSet revertChangeSet counts { total revise stale }
    items { nodes { verdict decision isApplied fields { field now proposed } subject { id } } }
    history { nodes { cursor kind changeSet } } }
  proposals(filter: { id: { eq: $id } }) { totalCount nodes { state } } }`;
const now = async (id: string, identity: Identity = ADMIN): Promise<Json> =>
  (await ask(PROPOSAL, { id }, identity)).data;

const LOG = `query($id: ID!) { changes(filter: { subjectIds: [$id] }) { nodes {
  kind subjectType subjectLabel actor reason changeSet subject { id } fields { field before after label(language: NL) afterLabel(language: NL) } } } }`;
const logOf = async (id: string): Promise<Json[]> => (await ask(LOG, { id })).data.changes.nodes;
const stateIn = ({ fields }: Json) => fields.find(({ field }: Json) => field === 'state')?.after;

const expectVerified = async () => expect((await verify(database())).differences).toEqual([]);

test('at each past moment a proposal is as it was then, with its rows', async () => {
  const then: [string, Json][] = [];
  const before = await cursor();
  const submitted = await submit('PARTNERSHIP', [tie('Known at a moment.')], { message: SECRET });
  const { id } = submitted;
  const remember = async () => then.push([await cursor(), await now(id)]);
  await remember();
  const [{ id: itemId }] = submitted.items.nodes;
  const { proposal } = await decide(submitted, [{ itemId, decision: 'ACCEPT' }]);
  await remember();
  await apply(proposal);
  await remember();
  await call('revertProposal', { id });
  await remember();
  expect(
    then.map(
      ([
        ,
        {
          proposal: { state },
        },
      ]) => state,
    ),
  ).toEqual(['OPEN', 'OPEN', 'APPLIED', 'REVERTED']);
  expect(new Set(then.map(([moment]) => moment)).size).toBe(4);
  for (const [moment, answer] of then) {
    expect(await askAt(moment, PROPOSAL, { id }, ADMIN)).toEqual(answer);
    expect(await askAt(moment, PROPOSAL, { id }, ANONYMOUS)).toEqual({
      proposal: null,
      proposals: { totalCount: 0, nodes: [] },
    });
  }
  expect((await askAt(before, PROPOSAL, { id }, ADMIN)).proposal).toBeNull();
  await expectVerified();
});

test('the log and the feed have each step of a proposal, and none of its texts', async () => {
  const position = await latestPosition(database().em.fork());
  const selection = { filter: { subjectTypes: [SubjectType.PROPOSAL] }, withFields: true };
  const feed = service().changes.subscribe(position, selection);
  const submitted = await submit('PARTNERSHIP', [tie('In the log.')], { message: SECRET });
  const { id } = submitted;
  expect((await feed.next()).value).toMatchObject({ kind: 'RECORDED', subjectType: 'PROPOSAL', subjectId: id });
  await feed.return();
  const [{ id: itemId }] = submitted.items.nodes;
  const { proposal: decided } = await decide(submitted, [{ itemId, decision: 'ACCEPT' }]);
  const { proposal } = await apply(decided);
  const {
    proposal: { revertChangeSet },
  } = await call('revertProposal', { id });
  const log = await logOf(id);
  expect(log.map(({ kind, changeSet }) => [kind, changeSet])).toEqual([
    ['RECORDED', null],
    ['REVISED', null],
    ['REVISED', proposal.changeSet],
    ['REVISED', revertChangeSet],
  ]);
  expect(log.map(stateIn)).toEqual(['OPEN', undefined, 'APPLIED', 'REVERTED']);
  expect(log[0]).toMatchObject({ subjectLabel: id, subject: null, reason: null, actor: 'admin' });
  const decision = log[1]?.fields.find(({ field }: Json) => field === 'decisions');
  expect(decision).toMatchObject({ before: null, label: 'Besluiten', after: { accept: 1, reject: 0 } });
  expect(decision.afterLabel).toContain(': 1');
  expect(log[0]?.fields.find(({ field }: Json) => field === 'state').afterLabel).toBe('Open');
  expect(JSON.stringify(log)).not.toContain(SECRET);
  expect(JSON.stringify(log)).not.toContain(source.title);
  const set = `query($set: ID!) { changes(filter: { changeSets: [$set] }) { nodes { subjectType subjectId } } }`;
  expect((await ask(set, { set: proposal.changeSet })).data.changes.nodes).toEqual([
    { subjectType: 'PARTNERSHIP', subjectId: 'tie-rotterdam-shanghai' },
    { subjectType: 'PROPOSAL', subjectId: id },
  ]);
});

test.each([
  ['rejectProposal', 'REJECTED'],
  ['withdrawProposal', 'WITHDRAWN'],
])('%s is a change', async (mutation, state) => {
  const { id } = await submit('PARTNERSHIP', [tie(`To be ${state}.`)]);
  const moment = await cursor();
  await call(mutation, { id });
  expect((await logOf(id)).map(stateIn)).toEqual(['OPEN', state]);
  expect((await askAt(moment, PROPOSAL, { id }, ADMIN)).proposal.state).toBe('OPEN');
  await expectVerified();
});

test('a report of a stranger is in no log and at no moment before a reviewer takes it up', async () => {
  const stranger: Identity = { kind: IdentityKind.KEY, actor: 'key:91', name: 'x', scopes: [], expiresAt: null };
  const before = await latestPosition(database().em.fork());
  const { proposal } = await call('reportError', report, stranger);
  const { proposal: refused } = await call('reportError', { ...report, proposed: '1981' }, stranger);
  await call('rejectProposal', { id: refused.id });
  const [{ id: itemId }] = proposal.items.nodes;
  await decide(proposal, [{ itemId, decision: 'REJECT' }]);
  expect(await latestPosition(database().em.fork())).toEqual(before);
  await expectVerified();

  const { proposal: open } = await call('reportError', { ...report, proposed: '1982' }, stranger);
  const moment = await cursor();
  await decide(open, [{ itemId: open.items.nodes[0].id, decision: 'KEEP_BOTH' }]);
  const taken = await cursor();
  expect((await logOf(open.id)).map(({ kind }) => kind)).toEqual(['RECORDED']);
  for (const identity of [ADMIN, ANONYMOUS]) {
    expect((await askAt(moment, PROPOSAL, { id: open.id }, identity)).proposal).toBeNull();
    const { proposal: past } = await askAt(taken, PROPOSAL, { id: open.id }, identity);
    expect(past).toMatchObject({ message: SECRET, items: { nodes: [{ decision: 'KEEP_BOTH' }] } });
  }
  await call('rejectProposal', { id: open.id });
  // Public then, and not any more: the past is as it was.
  expect((await askAt(taken, PROPOSAL, { id: open.id }, ANONYMOUS)).proposal).not.toBeNull();
  expect((await now(open.id, ANONYMOUS)).proposal).toBeNull();
  await expectVerified();
});

test('a report that is applied at once is known with its row', async () => {
  const stranger: Identity = { kind: IdentityKind.KEY, actor: 'key:92', name: 'y', scopes: [], expiresAt: null };
  const subjectId = 'tie-den-haag-shenzhen';
  const { proposal } = await call('reportError', { ...report, subjectId, proposed: '2003' }, stranger);
  await apply(proposal);
  const { proposal: past } = await askAt(await cursor(), PROPOSAL, { id: proposal.id }, ADMIN);
  expect(past).toEqual((await now(proposal.id)).proposal);
  expect(past.items.nodes).toHaveLength(1);
  await expectVerified();
});

test('a dry run leaves no change', async () => {
  const { id, basis } = await submit('PARTNERSHIP', [tie('Not really.')]);
  const before = await fingerprint(database());
  await call('applyProposal', { id, expectedBasis: basis, dryRun: true });
  await call('submitProposal', { concept: 'PARTNERSHIP', source, rows: [{ values: tie('x') }], dryRun: true });
  expect(await fingerprint(database())).toEqual(before);
});

test('proposals are about records, not about proposals', async () => {
  const { proposal, userErrors } = await call('submitProposal', {
    concept: 'PROPOSAL',
    source,
    rows: [{ values: {} }],
  });
  expect([proposal, userErrors]).toMatchObject([null, [{ rule: 'PROPOSAL_CONCEPT', path: ['input', 'concept'] }]]);
});

test('a proposal is no report, which the log would lack and everybody could read', async () => {
  const submission = { concept: 'PARTNERSHIP', origin: 'REPORT', source, rows: [{ values: tie('As a report.') }] };
  const { proposal, userErrors } = await call('submitProposal', submission);
  expect([proposal, userErrors]).toMatchObject([null, [{ rule: 'PROPOSAL_ORIGIN', path: ['input', 'origin'] }]]);
});

test('a redaction reaches the versions of proposals, and gives reports none', async () => {
  const person = 'Piet Versiegeld';
  const submitted = await submit('PARTNERSHIP', [tie(`Says ${person}.`)], { message: `From ${person}` });
  const stranger: Identity = { kind: IdentityKind.KEY, actor: 'key:93', name: 'z', scopes: [], expiresAt: null };
  await call('reportError', { ...report, message: `${person} says so` }, stranger);
  const moment = await cursor();
  const [{ id: itemId }] = submitted.items.nodes;
  const { proposal } = await decide(submitted, [{ itemId, decision: 'ACCEPT' }]);
  await apply(proposal);
  const redaction = `mutation($dryRun: Boolean!) { redactField(input: { passage: "${person}", reason: "AVG", dryRun: $dryRun }) {
    places { store subjectId field count } userErrors { rule } } }`;
  const { data } = await ask(redaction, { dryRun: true }, ADMIN);
  expect(data.redactField.places).toEqual(
    expect.arrayContaining([expect.objectContaining({ store: 'VERSION', subjectId: null, field: 'notes' })]),
  );
  await ask(redaction, { dryRun: false }, ADMIN);
  const { proposal: past } = await askAt(moment, PROPOSAL, { id: submitted.id }, ADMIN);
  expect(past.message).toBe('From [redacted]');
  expect(past.items.nodes[0].fields[0].proposed).toBe('Says [redacted].');
  for (const table of ['history.proposal', 'history.proposal_item']) {
    const rows = await database()
      .em.fork()
      .getConnection()
      .execute(`select 1 from ${table} t where t::text like '%Versiegeld%'`);
    expect(rows).toEqual([]);
  }
  await expectVerified();
});

test('the proposals of an existing register are known from its migration on', async () => {
  const [open, reported] = ['proposal-0a', 'proposal-0b'];
  await removeVersions(database());
  await queryRows(database().em.fork(), sql`delete from proposal_item`);
  await queryRows(database().em.fork(), sql`delete from proposal`);
  for (const [id, origin] of [
    [open, 'FILE'],
    [reported, 'REPORT'],
  ] as const) {
    await queryRows(
      database().em.fork(),
      sql`insert into proposal (id, concept, origin, policy, source, proposer, basis, counts)
        values (${id}, 'PARTNERSHIP', ${origin}, 'UPSERT', null, 'key:1', ${await cursor()}, ${JSON.stringify(COUNTS)}::jsonb)`,
    );
    await queryRows(
      database().em.fork(),
      sql`insert into proposal_item (id, proposal_id, number, place, verdict, proposed, fields, candidates, problems, decision)
        values (${`${id}-1`}, ${id}, 1, 'row 2', 'REVISE', '{}', '[]', '[]', '[]', 'ACCEPT')`,
    );
  }
  const [reader, writer] = ['reader', 'writer'].map(name => `${name}_${randomBytes(4).toString('hex')}`) as [
    string,
    string,
  ];
  const { em } = database();
  for (const role of [reader, writer]) await em.getConnection().execute(`create role ${role}`);
  for (const grant of [`select on change to ${reader}, ${writer}`, `insert on change to ${writer}`])
    await em.getConnection().execute(`grant ${grant}`);
  await migrate(database());
  const mayDo = async (role: string, table: string): Promise<string[]> => {
    const [row] = await queryRows<{ rights: string[] }>(
      em.fork(),
      sql`select array(select p from unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) p where has_table_privilege(${role}, ${table}, p)) as rights`,
    );
    return row?.rights ?? [];
  };
  for (const table of ['proposal', 'proposal_item']) {
    expect(await mayDo(reader, table)).toEqual(['SELECT']);
    expect(await mayDo(writer, table)).toEqual(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
    for (const role of [reader, writer]) expect(await mayDo(role, `past.${table}`)).toEqual(['SELECT']);
    expect(await mayDo(reader, `history.${table}`)).toEqual([]);
    expect(await mayDo(writer, `history.${table}`)).toEqual(['SELECT', 'UPDATE', 'DELETE']);
  }
  for (const role of [reader, writer])
    for (const drop of ['owned by', 'role']) await em.getConnection().execute(`drop ${drop} ${role}`);
  await expectVerified();
  expect(await logOf(open)).toMatchObject([{ kind: 'RECORDED', actor: 'key:1', changeSet: expect.any(String) }]);
  expect(await logOf(reported)).toEqual([]);
  const moment = await cursor();
  expect((await askAt(moment, PROPOSAL, { id: open }, ADMIN)).proposal).toEqual((await now(open)).proposal);
  expect((await askAt(moment, PROPOSAL, { id: reported }, ADMIN)).proposal).toBeNull();
  await call('rejectProposal', { id: open });
  expect((await logOf(open)).map(stateIn)).toEqual(['OPEN', 'REJECTED']);
  expect((await askAt(moment, PROPOSAL, { id: open }, ADMIN)).proposal.state).toBe('OPEN');
  await expectVerified();
});
