import { describe, expect, test, vi } from 'vitest';
import { ANONYMOUS, type Identity, IdentityKind } from '../../src/access/identity.js';
import { ADMIN, testApi } from '../support/api.js';
import { fingerprint, type Json } from '../support/calls.js';
import {
  exportedRows,
  exportsOf,
  fingerprintWithoutProposals,
  proposalCalls,
  source,
  verdicts,
} from '../support/proposals.js';

vi.setConfig({ testTimeout: 30_000 });

const { ask, database } = testApi();
const { call, submit, apply, decide } = proposalCalls(ask);

const key = (actor: string, ...scopes: Identity['scopes']): Identity => ({
  kind: IdentityKind.KEY,
  actor,
  name: actor,
  scopes,
  expiresAt: null,
});

const partnership = async (id: string, fields: string): Promise<Json> =>
  (await ask(`query($id: ID!) { partnership(id: $id) { ${fields} } }`, { id })).data.partnership;
const newest = async (changeSet: string): Promise<Json[]> => {
  const filter = { changeSets: [changeSet] };
  const query = `query($filter: ChangeFilter) { changes(filter: $filter) { nodes {
    kind subjectId reason changeSet fields { field before after } } } }`;
  return (await ask(query, { filter })).data.changes.nodes;
};

const exchange = (title: string, more: Json = {}) => ({
  'title.en': title,
  kind: 'CULTURAL',
  status: 'HELD',
  startedOn: '2019-05-12',
  'dutch.id': 'nl-rotterdam',
  'chinese.id': 'cn-shanghai',
  ...more,
});

describe('a proposal', () => {
  test('is written as one set of changes, each accepted value cited to its source', async () => {
    const rows = [
      { id: 'tie-den-haag-qingdao', notes: 'Notes of a file' },
      { id: 'tie-rotterdam-shanghai', 'dutch.id': 'nl-rotterdam' },
      { 'dutch.id': 'nl-delft', 'chinese.id': 'cn-suzhou', kind: 'FRIENDSHIP', startedOn: '2015' },
      { id: 'tie-nowhere-else', notes: 'x' },
      { id: 'tie-groningen-tianjin', startedOn: 'soon' },
    ];
    const proposal = await submit('PARTNERSHIP', rows, { message: 'From the minutes' });
    expect(verdicts(proposal)).toEqual(['REVISE', 'SAME', 'CREATE', 'REFUSED', 'REFUSED']);
    expect(proposal.items.nodes[0].fields).toMatchObject([{ field: 'notes', proposed: 'Notes of a file' }]);
    expect(proposal.items.nodes[3].problems).toMatchObject([{ rule: 'RECORD_MISSING', path: ['values', 'id'] }]);
    expect(proposal.items.nodes[4].problems).toMatchObject([{ rule: 'DATE_FORM', path: ['values', 'startedOn'] }]);

    const applied = await apply(proposal);
    expect(applied).toMatchObject({ userErrors: [], proposal: { state: 'APPLIED', version: 2 } });
    expect(applied.proposal.items.nodes.map(({ isApplied }: Json) => isApplied)).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
    const changes = await newest(applied.proposal.changeSet);
    expect(changes).toMatchObject([
      { kind: 'REVISED', subjectId: 'tie-den-haag-qingdao', reason: 'From the minutes' },
      { kind: 'RECORDED', subjectId: 'tie-delft-suzhou' },
      { kind: 'REVISED', subjectId: proposal.id },
    ]);
    const cited = 'notes status citations { supports source { title publisher } }';
    const revised = await partnership('tie-den-haag-qingdao', cited);
    expect(revised).toMatchObject({ notes: 'Notes of a file' });
    expect(revised.citations.at(-1)).toEqual({
      supports: ['notes'],
      source: { title: source.title, publisher: source.publisher },
    });
    expect(await partnership('tie-delft-suzhou', cited)).toMatchObject({ status: 'ACTIVE' });

    // The second time all is the same, the new record included, which is found by its sides.
    const again = await submit('PARTNERSHIP', rows.slice(0, 3));
    expect(verdicts(again)).toEqual(['SAME', 'SAME', 'SAME']);
    const before = await fingerprintWithoutProposals(database());
    expect(await apply(again)).toMatchObject({ userErrors: [], proposal: { state: 'APPLIED', changeSet: null } });
    expect(await fingerprintWithoutProposals(database())).toEqual(before);
  });

  test('records a partnership that began and may have ended since as unknown, and an active one from its start', async () => {
    const tie = { 'chinese.id': 'cn-xiamen', kind: 'FRIENDSHIP', startedOn: '2016-10-01' };
    const unknown = { ...tie, 'dutch.id': 'nl-emmen', status: 'UNKNOWN' };
    const active = { ...tie, 'dutch.id': 'nl-venlo', status: 'ACTIVE' };
    expect(await apply(await submit('PARTNERSHIP', [unknown, active]))).toMatchObject({ userErrors: [] });
    const fields = 'startedOn status statusSince statusPeriods { status from until }';
    const from = '2016-10-01';
    expect(await partnership('tie-emmen-xiamen', fields)).toEqual({
      startedOn: from,
      status: 'UNKNOWN',
      statusSince: null,
      statusPeriods: [],
    });
    expect(verdicts(await submit('PARTNERSHIP', [unknown, active]))).toEqual(['SAME', 'SAME']);
    // Later evidence makes it active from its start, which is the day that a row without another means.
    const evidence = await submit('PARTNERSHIP', [{ id: 'tie-emmen-xiamen', status: 'ACTIVE' }]);
    expect(await apply(evidence)).toMatchObject({ userErrors: [] });
    const isActive = { startedOn: from, status: 'ACTIVE', statusSince: null };
    const statusPeriods = [{ status: 'ACTIVE', from, until: null }];
    for (const id of ['tie-emmen-xiamen', 'tie-venlo-xiamen'])
      expect(await partnership(id, fields)).toEqual({ ...isActive, statusPeriods });
  });

  test('leaves rows whose records were edited in between, exactly those', async () => {
    const partnerships = (await ask('{ partnerships(first: 20) { nodes { id } } }')).data.partnerships.nodes;
    const subjects: string[] = partnerships.slice(10).map(({ id }: Json) => id);
    const proposal = await submit(
      'PARTNERSHIP',
      subjects.map(id => ({ id, lastEvidenceOn: '2024-06', notes: `By a file: ${id}` })),
    );
    const edited = subjects.slice(2, 5);
    for (const id of edited) {
      const { version } = await partnership(id, 'version');
      const input = { id, expectedVersion: version, themes: ['SPORT'] };
      const { data } = await ask(
        'mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) { change { kind } userErrors { message } } }',
        { input },
        ADMIN,
      );
      expect(data.revisePartnership).toMatchObject({ change: { kind: 'REVISED' }, userErrors: [] });
    }
    const decisions = proposal.items.nodes
      .filter(({ verdict }: Json) => verdict === 'CONFLICT')
      .map(({ id: itemId }: Json) => ({ itemId, decision: 'ACCEPT' }));
    if (decisions.length) expect(await decide(proposal, decisions)).toMatchObject({ userErrors: [] });
    const { proposal: applied, userErrors } = await apply(proposal);
    expect(userErrors).toEqual([]);
    const stale = applied.items.nodes.filter(({ verdict }: Json) => verdict === 'STALE');
    expect(stale.map(({ subjectId }: Json) => subjectId)).toEqual(edited);
    expect(applied.counts.stale).toBe(3);
    for (const id of subjects) {
      const { notes } = await partnership(id, 'notes');
      expect([id, notes === `By a file: ${id}`]).toEqual([id, !edited.includes(id)]);
    }
  });

  test('that is reverted leaves exports equal but for versions and times', async () => {
    const before = await exportsOf(database());
    const rows = [
      {
        id: 'tie-rotterdam-shanghai',
        notes: 'Reverted',
        themes: ['SPORT', 'WATER'],
        status: 'DORMANT',
        statusSince: '2025-01-01',
      },
      {
        'dutch.id': 'nl-delft',
        'chinese.id': 'cn-wuxi',
        kind: 'FRIENDSHIP',
        startedOn: '2001',
        status: 'ENDED',
        endedOn: '2011',
      },
    ];
    const proposal = await submit('PARTNERSHIP', rows);
    const decisions = proposal.items.nodes
      .filter(({ verdict }: Json) => verdict === 'CONFLICT')
      .map(({ id: itemId }: Json) => ({ itemId, decision: 'ACCEPT' }));
    if (decisions.length) await decide(proposal, decisions);
    const { proposal: applied } = await apply(proposal);
    expect(applied.items.nodes.map(({ isApplied }: Json) => isApplied)).toEqual([true, true]);
    expect(await partnership('tie-rotterdam-shanghai', 'status')).toEqual({ status: 'DORMANT' });
    expect(await partnership('tie-delft-wuxi', 'status endedOn')).toEqual({ status: 'ENDED', endedOn: '2011' });
    const changes = await newest(applied.changeSet);
    expect(changes.map(({ kind }) => kind)).toEqual(['REVISED', 'RECORDED', 'MARKED_DORMANT', 'ENDED', 'REVISED']);

    const reverted = await call('revertProposal', { id: proposal.id });
    expect(reverted).toMatchObject({ userErrors: [], proposal: { state: 'REVERTED' } });
    expect(await exportsOf(database())).toEqual(before);
    expect((await newest(reverted.proposal.revertChangeSet)).map(({ kind }) => kind).sort()).toEqual([
      'REVISED',
      'REVISED',
      'WITHDRAWN',
    ]);
    expect(await call('revertProposal', { id: proposal.id })).toMatchObject({
      userErrors: [{ rule: 'PROPOSAL_STATE' }],
    });
  });

  test.each([
    [
      'AUTHORITY',
      [
        { id: 'cn-shanghai', 'names.aliases': ['Hu', 'Shen'], 'location.latitude': 31.5 },
        { 'names.en': 'Testdorp', 'names.nl': 'Testdorp', level: 'MUNICIPALITY', country: 'NL', cbsCode: 'GM9990' },
      ],
    ],
    [
      'PROGRAMME',
      [
        { id: 'prog-logo-south', organisationIds: [], authorityIds: ['nl-delft'], budgetEur: 5 },
        { 'names.en': 'Testing programme', iatiId: 'NL-KVK-1-X', authorityIds: ['nl-delft', 'cn-wuxi'] },
      ],
    ],
    ['EXCHANGE', [exchange('Reverted visit'), { id: 'exch-first', description: 'Other', 'title.nl': 'Ander' }]],
    [
      'ORGANISATION',
      [
        { id: 'org-first', city: 'Delft', contactPoints: [] },
        { 'names.en': 'Test board', kind: 'MINISTRY' },
      ],
    ],
  ])('of the concept %s is applied and reverted', async (concept, edits) => {
    const lists: Record<string, string> = {
      PROGRAMME: 'programmes',
      EXCHANGE: 'exchanges',
      ORGANISATION: 'organisations',
    };
    const list = lists[concept];
    const [first] = list ? (await ask(`{ ${list}(first: 1) { nodes { id } } }`)).data[list].nodes : [];
    const rows = edits.map((row: Json) => (row.id && first ? { ...row, id: first.id } : row));
    const before = await exportsOf(database());
    const proposal = await submit(concept, rows);
    const decisions = proposal.items.nodes
      .filter(({ verdict }: Json) => verdict === 'CONFLICT' || verdict === 'UNMATCHED')
      .map(({ id: itemId }: Json) => ({ itemId, decision: 'ACCEPT' }));
    if (decisions.length) expect(await decide(proposal, decisions)).toMatchObject({ userErrors: [] });
    const { proposal: applied, userErrors } = await apply(proposal);
    expect(userErrors).toEqual([]);
    expect(applied.items.nodes.map(({ isApplied, problems }: Json) => [isApplied, problems])).toEqual([
      [true, []],
      [true, []],
    ]);
    expect(await exportsOf(database())).not.toEqual(before);
    expect(await call('revertProposal', { id: proposal.id })).toMatchObject({ userErrors: [] });
    expect(await exportsOf(database())).toEqual(before);
  });

  test('cannot be reverted after one of its records was changed: nothing is', async () => {
    const proposal = await submit('EXCHANGE', [exchange('Visit one'), exchange('Visit two')]);
    const { proposal: applied } = await apply(proposal);
    const [{ subjectId: id }] = applied.items.nodes;
    const document =
      'mutation($input: ReviseExchangeInput!) { reviseExchange(input: $input) { change { changeSet } userErrors { message } } }';
    const { data } = await ask(document, { input: { id, expectedVersion: 1, description: 'Since' } }, ADMIN);
    expect(data.reviseExchange).toEqual({ change: { changeSet: null }, userErrors: [] });
    const before = await fingerprint(database());
    const { userErrors } = await call('revertProposal', { id: proposal.id });
    expect(userErrors).toMatchObject([{ code: 'CONFLICT', rule: 'PROPOSAL_CHANGED_SINCE' }]);
    expect(await fingerprint(database())).toEqual(before);
  });

  test('is applied by one of two reviewers at once; the other gets CONFLICT', async () => {
    const proposal = await submit('EXCHANGE', [exchange('Race of reviewers')]);
    const answers = await Promise.all([apply(proposal), apply(proposal)]);
    const errors = answers.map(({ userErrors }) => userErrors);
    expect(errors.filter(list => list.length === 0)).toHaveLength(1);
    expect(errors.flat()).toMatchObject([{ code: 'CONFLICT', rule: 'PROPOSAL_STATE' }]);
    const { exchanges } = (await ask('{ exchanges(filter: { text: "Race of reviewers" }) { totalCount } }')).data;
    expect(exchanges.totalCount).toBe(1);
  });

  test('is decided by one of two reviewers at once, and only on the basis that they saw', async () => {
    const proposal = await submit('EXCHANGE', [exchange('Race of decisions')]);
    const [{ id: itemId }] = proposal.items.nodes;
    const answers = await Promise.all(['ACCEPT', 'REJECT'].map(decision => decide(proposal, [{ itemId, decision }])));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([
      { code: 'CONFLICT', rule: 'VERSION_OUTDATED', currentVersion: 2 },
    ]);
    const other = await ask('{ latestChangeCursor }');
    const start = { ...proposal, basis: Buffer.from('change-0').toString('base64url') };
    expect(other.errors).toBeUndefined();
    expect(await apply(start)).toMatchObject({ userErrors: [{ code: 'CONFLICT', rule: 'PROPOSAL_BASIS' }] });
    expect(await apply(proposal, { expectedVersion: 1 })).toMatchObject({ userErrors: [{ rule: 'VERSION_OUTDATED' }] });
  });

  test('as a preview or a dry run leaves the database as it is', async () => {
    const rows = [exchange('Only tried'), { id: 'exch-nowhere' }];
    const before = await fingerprint(database());
    const ofRecords = await fingerprintWithoutProposals(database());
    const preview = await call('submitProposal', {
      concept: 'EXCHANGE',
      source,
      rows: rows.map(values => ({ values })),
      dryRun: true,
    });
    expect(verdicts(preview.proposal)).toEqual(['CREATE', 'REFUSED']);
    expect(await fingerprint(database())).toEqual(before);

    const proposal = await submit('EXCHANGE', rows);
    const stored = await fingerprint(database());
    expect(await fingerprintWithoutProposals(database())).toEqual(ofRecords);
    const dry = await apply(proposal, { dryRun: true });
    expect(dry).toMatchObject({ userErrors: [], proposal: { state: 'APPLIED' } });
    expect(dry.proposal.items.nodes[0]).toMatchObject({
      isApplied: true,
      subject: { id: expect.stringMatching(/^exch-/) },
    });
    expect(await fingerprint(database())).toEqual(stored);
    const applied = await apply(proposal);
    expect(applied.proposal.items).toEqual(dry.proposal.items);
    const revertible = await fingerprint(database());
    expect(await call('revertProposal', { id: proposal.id, dryRun: true })).toMatchObject({
      userErrors: [],
      proposal: { state: 'REVERTED' },
    });
    expect(await fingerprint(database())).toEqual(revertible);
  });

  test('with a repeated key is the same proposal', async () => {
    const input = { concept: 'EXCHANGE', source, rows: [{ values: exchange('Keyed') }], idempotencyKey: 'p-1' };
    const first = await call('submitProposal', input);
    expect((await call('submitProposal', input)).proposal.id).toBe(first.proposal.id);
    const other = await call('submitProposal', { ...input, message: 'Else' });
    expect(other).toMatchObject({ proposal: null, userErrors: [{ code: 'KEY_REUSED' }] });
  });
});

describe('evidence', () => {
  const conflicting = async (): Promise<Json> => {
    const all = (await ask('{ partnerships(first: 100) { nodes { id startedOn } } }')).data.partnerships.nodes;
    const { id, startedOn } = all.find((node: Json) => node.startedOn?.length === 10);
    const proposal = await submit('PARTNERSHIP', [{ id, startedOn: startedOn.slice(0, 4), notes: 'More' }]);
    expect(verdicts(proposal)).toEqual(['CONFLICT']);
    const fields = Object.fromEntries(proposal.items.nodes[0].fields.map((field: Json) => [field.field, field]));
    expect(fields.startedOn).toMatchObject({ now: startedOn, proposed: startedOn.slice(0, 4), isConflict: true });
    return { id, proposal, startedOn, itemId: proposal.items.nodes[0].id };
  };

  test('that is better is not overwritten, unless a reviewer decides so', async () => {
    const { id, proposal, startedOn } = await conflicting();
    const { proposal: applied } = await apply(proposal);
    expect(applied.items.nodes[0]).toMatchObject({ verdict: 'CONFLICT', isApplied: false });
    expect(await partnership(id, 'startedOn')).toEqual({ startedOn });
  });

  test('is kept beside other evidence: the confidence is CONFLICTING, and both are cited', async () => {
    const { id, proposal, startedOn, itemId } = await conflicting();
    const before = await exportsOf(database());
    await decide(proposal, [{ itemId, decision: 'KEEP_BOTH' }]);
    expect(await apply(proposal)).toMatchObject({ userErrors: [] });
    const fields = 'startedOn confidence notes citations { supports source { publisher } }';
    const kept = await partnership(id, fields);
    expect(kept).toMatchObject({ startedOn, confidence: 'CONFLICTING' });
    expect(kept.notes).toContain(`startedOn is ${startedOn.slice(0, 4)}`);
    expect(kept.citations.at(-1)).toMatchObject({ source: { publisher: 'Gemeente Test' } });
    expect(kept.citations.at(-1).supports).toContain('startedOn');
    await call('revertProposal', { id: proposal.id });
    expect(await exportsOf(database())).toEqual(before);
  });

  test('compares three ways: what the file left as it was stays, what both changed is a conflict', async () => {
    const id = 'tie-den-haag-qingdao';
    const { latestChangeCursor: basis } = (await ask('{ latestChangeCursor }')).data;
    const old = await partnership(id, 'notes lastEvidenceOn version');
    const input = { id, expectedVersion: old.version, notes: 'Changed by us', lastEvidenceOn: '2020' };
    await ask(
      'mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) { userErrors { message } } }',
      { input },
      ADMIN,
    );
    const stays = await submit('PARTNERSHIP', [{ id, notes: old.notes, lastEvidenceOn: old.lastEvidenceOn }], {
      basis,
    });
    expect(verdicts(stays)).toEqual(['SAME']);
    const both = await submit('PARTNERSHIP', [{ id, notes: 'Changed by them', lastEvidenceOn: old.lastEvidenceOn }], {
      basis,
    });
    expect(both.items.nodes[0]).toMatchObject({
      verdict: 'CONFLICT',
      fields: [
        { field: 'notes', atBasis: old.notes, now: 'Changed by us', proposed: 'Changed by them', isConflict: true },
      ],
    });
    // An export with its provenance says in each row what it was made from.
    const stated = await submit('PARTNERSHIP', [{ id, version: old.version, notes: old.notes }]);
    expect(verdicts(stated)).toEqual(['SAME']);
  });
});

describe('a basis', () => {
  const input = (basis: string) => ({ concept: 'EXCHANGE', source, rows: [{ values: exchange('Of a basis') }], basis });
  const document =
    'mutation($input: SubmitProposalInput!) { submitProposal(input: $input) { proposal { basis } userErrors { rule } } }';

  test.each([
    ['of another register', (id: string) => `${id}-0123456789abcdef`, 'CHANGE_NOT_IN_LOG'],
    ['of a change to come', () => '2000000000-0123456789abcdef', 'CHANGE_NOT_IN_LOG'],
    ['of an older version, to come', () => Buffer.from('change-2000000000').toString('base64url'), 'CHANGE_NOT_IN_LOG'],
    ['that is none', () => 'yesterday', 'CHANGE_CURSOR_UNKNOWN'],
  ])('%s is refused as any cursor of the log is', async (_, cursorOf, rule) => {
    const [id = ''] = (await ask('{ latestChangeCursor }')).data.latestChangeCursor.split('-');
    const before = await fingerprint(database());
    const { errors } = await ask(document, { input: input(cursorOf(id)) }, ADMIN);
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR', rule } }]);
    expect(await fingerprint(database())).toEqual(before);
  });

  test('is the start of the log, a change, or one by a cursor of an older version', async () => {
    const { latestChangeCursor: cursor } = (await ask('{ latestChangeCursor }')).data;
    const start = `${'0'.repeat(10)}-${'0'.repeat(16)}`;
    const older = Buffer.from(`change-${Number(cursor.split('-')[0])}`).toString('base64url');
    for (const [basis, stored] of [
      [start, start],
      [cursor, cursor],
      [older, cursor],
    ] as const) {
      const { data, errors } = await ask(document, { input: { ...input(basis), dryRun: true } }, ADMIN);
      expect([errors, data.submitProposal]).toEqual([undefined, { proposal: { basis: stored }, userErrors: [] }]);
    }
  });
});

describe('a row', () => {
  test('names its sides by official codes', async () => {
    const { 'dutch.id': _, 'chinese.id': __, ...row } = exchange('By codes');
    const proposal = await submit('EXCHANGE', [
      { ...row, 'dutch.cbsCode': 'GM0599', 'chinese.gbCode': '310000' },
      { ...row, 'dutch.cbsCode': 'GM0001', 'chinese.gbCode': '310000' },
    ]);
    expect(verdicts(proposal)).toEqual(['CREATE', 'UNMATCHED']);
    expect(proposal.items.nodes[0].fields).toContainEqual(
      expect.objectContaining({ field: 'dutch.id', proposed: 'nl-rotterdam' }),
    );
    // JSON has codes as numbers, too.
    const numbers = await submit('EXCHANGE', [{ ...row, 'dutch.id': 'nl-rotterdam', 'chinese.gbCode': 310_000 }]);
    expect(numbers.items.nodes[0].fields).toContainEqual(
      expect.objectContaining({ field: 'chinese.id', proposed: 'cn-shanghai' }),
    );
  });

  test('names a successor by a code that is a number: it is read as one that is a text', async () => {
    const row = (id: string, code: unknown) => ({ id, dissolvedOn: '2026-01-01', 'succeededBy.cbsCode': code });
    const proposal = await submit('AUTHORITY', [
      row('cn-shenzhen', 310_000),
      row('nl-delft', 599),
      row('nl-delft', ''),
    ]);
    const successors = proposal.items.nodes.map(({ fields, problems }: Json) => [
      fields.find(({ field }: Json) => field === 'succeededBy.id')?.proposed,
      problems.map(({ rule }: Json) => rule),
    ]);
    expect(successors).toEqual([
      ['cn-shanghai', []],
      [undefined, ['ROW_SUCCESSOR_MISSING']],
      [undefined, ['ROW_REPEATED']],
    ]);
  });

  test('names a side by an id and by the code of another authority: a question', async () => {
    const row = (id: string, cbsCode: string) => exchange(`By ${id}`, { 'dutch.id': id, 'dutch.cbsCode': cbsCode });
    const rows = [row('nl-rotterdam', 'GM0363'), row('nl-rotterdam', 'GM0599'), row('nl-nowhere', 'GM0363')];
    const proposal = await submit('EXCHANGE', rows);
    expect(verdicts(proposal)).toEqual(['AMBIGUOUS', 'CREATE', 'REFUSED']);
    const candidates = proposal.items.nodes[0].candidates.map(({ id }: Json) => id);
    expect(candidates.toSorted()).toEqual(['nl-amsterdam', 'nl-rotterdam']);
    expect(proposal.items.nodes[2].problems).toMatchObject([{ rule: 'REFERENCE_MISSING' }]);
  });

  test('with another official code than the record of its name is a question', async () => {
    const of = (iatiId: string) => ({ 'names.en': 'Sponge cities of two', iatiId });
    const { proposal: applied } = await apply(await submit('PROGRAMME', [of('NL-KVK-1-A')]));
    expect(applied.items.nodes).toMatchObject([{ isApplied: true }]);
    expect(verdicts(await submit('PROGRAMME', [of('NL-KVK-1-B')]))).toEqual(['AMBIGUOUS']);
    expect(verdicts(await submit('PROGRAMME', [of('NL-KVK-1-A')]))).toEqual(['SAME']);
    const rotterdam = { 'names.nl': 'Rotterdam', country: 'NL' };
    for (const column of ['code', 'cbsCode'])
      expect(verdicts(await submit('AUTHORITY', [{ ...rotterdam, [column]: 'GM9990' }]))).toEqual(['AMBIGUOUS']);
  });

  test('without a record is compared with the one that a reviewer chooses, or is a new one', async () => {
    const rows = [
      { 'names.en': 'Port of somewhere', city: 'Rotterdam' },
      { 'names.en': 'A new board', kind: 'MINISTRY' },
    ];
    const proposal = await submit('ORGANISATION', rows, { policy: 'UPDATE_ONLY' });
    expect(verdicts(proposal)).toEqual(['UNMATCHED', 'UNMATCHED']);
    const [chosen, created] = proposal.items.nodes;
    const [{ id: choice }] = (await ask('{ organisations(first: 1) { nodes { id } } }')).data.organisations.nodes;
    const wrong = await decide(proposal, [{ itemId: chosen.id, decision: 'CHOOSE', choice: 'nl-delft' }]);
    expect(wrong).toMatchObject({
      userErrors: [{ rule: 'CHOICE_UNFIT', path: ['input', 'decisions', '0', 'choice'] }],
    });
    const unfit = await decide(proposal, [{ itemId: chosen.id, decision: 'KEEP_BOTH' }]);
    expect(unfit).toMatchObject({ userErrors: [{ rule: 'DECISION_UNFIT' }] });
    const { proposal: decided } = await decide(proposal, [
      { itemId: chosen.id, decision: 'CHOOSE', choice },
      { itemId: created.id, decision: 'ACCEPT' },
    ]);
    expect(decided.items.nodes[0]).toMatchObject({ subjectId: choice, decision: 'CHOOSE', choice });
    expect(['REVISE', 'CONFLICT']).toContain(decided.items.nodes[0].verdict);
    expect(decided.items.nodes[1]).toMatchObject({ verdict: 'CREATE', decision: 'ACCEPT' });
  });

  test('that is rejected is not written', async () => {
    const proposal = await submit('EXCHANGE', [exchange('Rejected row'), exchange('Accepted row')]);
    await decide(proposal, [{ itemId: proposal.items.nodes[0].id, decision: 'REJECT' }]);
    const { proposal: applied } = await apply(proposal);
    expect(applied.items.nodes.map(({ isApplied }: Json) => isApplied)).toEqual([false, true]);
  });

  test('repeats neither a new record nor one of the register; a policy forbids the other kind', async () => {
    const repeated = await submit('EXCHANGE', [exchange('Once only'), exchange('ONCE ONLY')]);
    expect(verdicts(repeated)).toEqual(['CREATE', 'REFUSED']);
    expect(repeated.items.nodes[1].problems).toMatchObject([{ rule: 'ROW_REPEATED' }]);
    await apply(repeated);
    const rows = [exchange('Once only', { description: 'Other' }), exchange('Once only')];
    const createOnly = await submit('EXCHANGE', rows, { policy: 'CREATE_ONLY' });
    expect(verdicts(createOnly)).toEqual(['REFUSED', 'SAME']);
    expect(createOnly.items.nodes[0].problems).toMatchObject([{ rule: 'ROW_EXISTS' }]);
    const updateOnly = await submit('EXCHANGE', [...rows, exchange('Never')], { policy: 'UPDATE_ONLY' });
    expect(verdicts(updateOnly)).toEqual(['REVISE', 'SAME', 'UNMATCHED']);
  });

  test('is held to the rules of the mutations, each under its column', async () => {
    const proposal = await submit('EXCHANGE', [
      exchange('Future', { startedOn: '2999-01-01' }),
      exchange('Wrong side', { 'chinese.id': 'cn-nowhere' }),
      { 'title.en': 'Too little' },
      exchange('x'.repeat(301)),
      exchange('Unknown column', { colour: 'red' }),
      exchange('Prototype', JSON.parse('{"__proto__x": "1", "constructor": ""}')),
    ]).catch(error => error);
    expect(verdicts(proposal).slice(0, 5)).toEqual(Array(5).fill('REFUSED'));
    const problems = proposal.items.nodes.map(({ problems }: Json) =>
      problems.map((p: Json) => [p.rule, p.path.at(-1)]),
    );
    expect(problems[0]).toEqual([['HELD_IN_FUTURE', 'startedOn']]);
    expect(problems[1]).toEqual([['REFERENCE_MISSING', 'chinese.id']]);
    expect(problems[2]).toEqual([
      ['ROW_VALUE_MISSING', 'kind'],
      ['ROW_VALUE_MISSING', 'status'],
    ]);
    expect(problems[3]).toEqual([['TEXT_TOO_LONG', 'title.en']]);
    expect(problems[4]).toEqual([['ROW_COLUMN_UNKNOWN', 'colour']]);
  });
});

describe.each([
  ['AUTHORITY', 'authorities'],
  ['PARTNERSHIP', 'partnerships'],
  ['PROGRAMME', 'programmes'],
  ['EXCHANGE', 'exchanges'],
  ['ORGANISATION', 'organisations'],
])('an export of the concept %s', (concept, name) => {
  test.each([
    ['as JSON', false, false],
    ['with its provenance', false, true],
    ['as a flat file', true, false],
  ])('%s that is sent back proposes nothing', async (_, isFlat, provenance) => {
    const rows = (await exportedRows(database(), name, isFlat, provenance)).slice(0, 100);
    const proposal = await submit(concept, rows);
    const other = proposal.items.nodes.filter(({ verdict }: Json) => verdict !== 'SAME');
    expect(other).toEqual([]);
  });
});

describe('access', () => {
  test('needs a scope to propose, and another to review', async () => {
    const writer = key('key:writer', 'proposal:write');
    const reviewer = key('key:reviewer', 'proposal:review');
    const input = { concept: 'EXCHANGE', source, rows: [{ values: exchange('Access') }] };
    const { proposal } = await call('submitProposal', input, writer);
    const document = (name: string) =>
      `mutation($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { userErrors { rule } } }`;
    const applied = { id: proposal.id, expectedBasis: proposal.basis };
    const refused = await ask(document('applyProposal'), { input: applied }, writer);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const anonymous = await ask(document('submitProposal'), { input }, ANONYMOUS);
    expect(anonymous.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const other = await call('withdrawProposal', { id: proposal.id }, key('key:other', 'proposal:write'));
    expect(other).toMatchObject({ userErrors: [{ rule: 'PROPOSAL_NOT_YOURS' }] });
    const visible = async (identity: Identity) => {
      const query = `query($id: ID!) { proposal(id: $id) { id } proposals(filter: { id: { eq: $id } }) { totalCount } }`;
      const { data } = await ask(query, { id: proposal.id }, identity);
      return [data.proposal?.id, data.proposals.totalCount];
    };
    expect(await visible(ANONYMOUS)).toEqual([undefined, 0]);
    expect(await visible(key('key:x', 'exchange:write'))).toEqual([undefined, 0]);
    for (const identity of [writer, reviewer, ADMIN]) expect(await visible(identity)).toEqual([proposal.id, 1]);
    expect(await call('withdrawProposal', { id: proposal.id }, writer)).toMatchObject({
      proposal: { state: 'WITHDRAWN' },
    });
    const { proposal: second } = await call('submitProposal', input, writer);
    expect(await call('rejectProposal', { id: second.id }, reviewer)).toMatchObject({
      proposal: { state: 'REJECTED' },
    });
  });

  test('reads proposals, their rows and the records of these in one statement per level', async () => {
    const query = `{ proposals(first: 5, filter: { text: "gemeente TEST" }, orderBy: [{ field: UPDATED_AT, direction: DESC }]) { totalCount nodes {
      source { title } counts { total } items(first: 10, filter: { verdict: { in: [SAME, REVISE] } }) { nodes { verdict subject { id ... on Labelled { label } } } } } } }`;
    const { data, errors, statements } = await ask(query, {}, ADMIN);
    expect(errors).toBeUndefined();
    expect(data.proposals.totalCount).toBeGreaterThan(5);
    expect(statements.length).toBeLessThanOrEqual(6);
  });
});
