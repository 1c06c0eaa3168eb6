import { describe, expect, test, vi } from 'vitest';
import type { Identity } from '../../src/access/identity.js';
import { ADMIN, testApi } from '../support/api.js';
import { brief, changeCount, deep, fingerprint, type Json } from '../support/calls.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 10_000 });

const { ask, database } = testApi();

async function call(document: string, input: Json, identity: Identity = ADMIN): Promise<Json> {
  const { data, errors } = await ask(document, { input }, identity);
  expect(errors).toBeUndefined();
  return Object.values(data)[0];
}

const organisation = (en: string, more: Json = {}) => ({ kind: 'MINISTRY', names: { en }, ...more });
const version = async (id: string) =>
  (await ask('query($id: ID!) { partnership(id: $id) { version } }', { id })).data.partnership.version;

describe('an idempotencyKey', () => {
  test('with the same input gives the same payload again, and no second change', async () => {
    const input = organisation('First', { idempotencyKey: 'k-1', source: { title: 'A', publisher: 'B' } });
    const document = deep('recordOrganisation').replace('change {', 'change { cursor recordedAt');
    const first = await call(document, input);
    expect(first).toMatchObject({ organisation: { id: 'org-first', version: 1 }, userErrors: [] });
    const before = await fingerprint(database());
    for (let i = 0; i < 3; i += 1) expect(await call(document, input)).toEqual(first);
    expect(await fingerprint(database())).toEqual(before);
  });

  test('gives the record as it then was, also when it was changed since', async () => {
    const id = 'tie-den-haag-qingdao';
    const input = { id, expectedVersion: 1, notes: 'One', idempotencyKey: 'k-then' };
    const document =
      'mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) { partnership { id version notes updatedAt dutch { name } } change { cursor } userErrors { code } } }';
    const first = await call(document, input);
    await call(document, { id, expectedVersion: 2, notes: 'Two' });
    expect(await call(document, input)).toEqual(first);
    expect(first.partnership).toMatchObject({ version: 2, notes: 'One' });
    expect(await version(id)).toBe(3);
  });

  test('expires: calls with other keys remove results that are older than the days of the setting, a few each', async () => {
    const execute = (statement: string) => database().em.fork().getConnection().execute<{ key: string }[]>(statement);
    const keys = async () =>
      (await execute(`select key from idempotent_answer where key like 'old-%' order by key`)).map(({ key }) => key);
    await execute(`insert into idempotent_answer (actor, key, fingerprint, created_at)
      select 'someone', 'old-' || n, 'f', now() - make_interval(days => 24 + n) from generate_series(1, 9) n`);
    const use = (key: string, dryRun = false) =>
      call(brief('recordProgramme'), { names: { en: key }, idempotencyKey: key, dryRun });
    await use('dry', true);
    expect(await keys()).toHaveLength(9);
    const first = await use('new-1');
    expect(await keys()).toEqual(['old-1', 'old-2', 'old-3', 'old-4', 'old-5', 'old-6']);
    await use('new-2');
    expect(await keys()).toEqual(['old-1', 'old-2', 'old-3', 'old-4', 'old-5']);
    // A key of today, and one that is older but was not removed yet, give their results again.
    await execute(`update idempotent_answer set created_at = now() - interval '31 days' where key = 'new-1'`);
    expect(await use('new-1')).toEqual(first);
    await use('new-3');
    expect(await use('new-1')).not.toEqual(first);
  });

  test('with another input, or for another mutation, is KEY_REUSED', async () => {
    await call(brief('recordOrganisation'), organisation('Second', { idempotencyKey: 'k-2' }));
    const before = await fingerprint(database());
    const refused = { change: null, userErrors: [{ code: 'KEY_REUSED', path: ['input', 'idempotencyKey'] }] };
    const other = await call(brief('recordOrganisation'), organisation('Third', { idempotencyKey: 'k-2' }));
    expect(other).toMatchObject({ ...refused, organisation: null });
    const reason = organisation('Second', { idempotencyKey: 'k-2', reason: 'Else' });
    expect(await call(brief('recordOrganisation'), reason)).toMatchObject(refused);
    const programme = await call(brief('recordProgramme'), { names: { en: 'Second' }, idempotencyKey: 'k-2' });
    expect(programme).toMatchObject({ ...refused, programme: null });
    expect(await fingerprint(database())).toEqual(before);
  });

  test('is not used up by a call that is refused, nor by a dry run', async () => {
    const refused = await call(brief('recordProgramme'), {
      names: { en: 'Fourth' },
      budgetEur: -1,
      idempotencyKey: 'k-4',
    });
    expect(refused.userErrors).toMatchObject([{ code: 'INVALID' }]);
    const dry = await call(brief('recordProgramme'), { names: { en: 'Fifth' }, dryRun: true, idempotencyKey: 'k-4' });
    expect(dry).toMatchObject({ programme: { id: 'prog-fifth' }, userErrors: [] });
    const written = await call(brief('recordProgramme'), { names: { en: 'Sixth' }, idempotencyKey: 'k-4' });
    expect(written).toMatchObject({ programme: { id: 'prog-sixth' }, userErrors: [] });
  });

  test('is one writer’s own: another may use the same', async () => {
    const other: Identity = { ...ADMIN, actor: 'key:0123456789ab' };
    const [mine, theirs] = [
      organisation('Mine', { idempotencyKey: 'k-5' }),
      organisation('Theirs', { idempotencyKey: 'k-5' }),
    ];
    expect((await call(brief('recordOrganisation'), mine)).organisation.id).toBe('org-mine');
    expect((await call(brief('recordOrganisation'), theirs, other)).organisation.id).toBe('org-theirs');
  });

  test('sent 20 times at once makes one change, and 20 equal answers', async () => {
    const before = await changeCount(database());
    const input = organisation('Twenty', { idempotencyKey: 'k-20', reason: 'At once' });
    const document = deep('recordOrganisation').replace('change {', 'change { cursor recordedAt');
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(document, input)));
    expect(answers[0]).toMatchObject({ organisation: { id: 'org-twenty' }, userErrors: [] });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await changeCount(database())).toBe(before + 1);
  });

  test.each([
    ['empty', '', ''],
    ['of 256 characters', 'x'.repeat(256), '256'],
    ['with a NUL', 'a\0b', 'NUL'],
  ])('that is %s is INVALID', async (_, idempotencyKey, word) => {
    const { userErrors } = await call(brief('recordOrganisation'), organisation('Seventh', { idempotencyKey }));
    expect(userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'idempotencyKey'] }]);
    expect(userErrors[0].message).toContain(word);
  });
});

describe('several mutations in one operation', () => {
  const RECORD = (alias: string, en: string, dryRun = false) =>
    `${alias}: recordOrganisation(input: { kind: MINISTRY, names: { en: "${en}" }, dryRun: ${dryRun} }) {
      organisation { id name history { nodes { kind subject { id } } } } change { cursor subject { ... on Organisation { name } } } userErrors { code } }`;
  const payload = (id: string, name: string, dryRun = false) => ({
    organisation: { id, name, history: { nodes: [{ kind: 'RECORDED', subject: { id } }] } },
    change: { cursor: dryRun ? null : expect.any(String), subject: { name } },
    userErrors: [],
  });

  test('run one after the other, each seeing those before it', async () => {
    const { data, errors } = await ask(
      `mutation { ${RECORD('a', 'Serial')} ${RECORD('b', 'Serial')}
        c: reviseOrganisation(input: { id: "org-serial", expectedVersion: 1, names: { en: "Renamed" }, parent: "org-serial-2" }) {
          organisation { name version parent { id name } history { totalCount } } userErrors { code } } }`,
      {},
      ADMIN,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      a: payload('org-serial', 'Serial'),
      b: payload('org-serial-2', 'Serial'),
      c: {
        organisation: {
          name: 'Renamed',
          version: 2,
          parent: { id: 'org-serial-2', name: 'Serial' },
          history: { totalCount: 2 },
        },
        userErrors: [],
      },
    });
  });

  test('a dry run has no cursor: its change is not recorded', async () => {
    const input = organisation('Never', { dryRun: true });
    const document = `mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) {
      change { cursor kind fields { field } }
      organisation { history { nodes { cursor kind } edges { cursor } pageInfo { startCursor endCursor } } } } }`;
    const newest = async () => (await ask('{ changes(last: 1) { nodes { cursor } } }')).data.changes.nodes[0].cursor;
    const last = await newest();
    const dry = await call(document, input);
    // A client that goes on from there misses nothing.
    expect(dry.organisation.history).toMatchObject({
      edges: [{ cursor: last }],
      pageInfo: { startCursor: last, endCursor: last },
    });
    expect(dry).toMatchObject({
      change: { cursor: null, kind: 'RECORDED' },
      organisation: { history: { nodes: [{ cursor: null, kind: 'RECORDED' }] } },
    });
    expect(dry.change.fields).toContainEqual({ field: 'names' });
    const written = await call(document, { ...input, dryRun: false });
    expect(written.change.cursor).toEqual(expect.any(String));
    expect(written.organisation.history.nodes[0].cursor).toBe(written.change.cursor);
    expect(written.organisation.history.edges[0].cursor).toBe(written.change.cursor);
  });

  test('may be dry runs, each on its own, and calls that are not', async () => {
    const before = await fingerprint(database());
    const dry = await ask(`mutation { ${RECORD('a', 'Dry', true)} ${RECORD('b', 'Dry', true)} }`, {}, ADMIN);
    expect(dry.errors).toBeUndefined();
    expect(dry.data).toEqual({ a: payload('org-dry', 'Dry', true), b: payload('org-dry', 'Dry', true) });
    expect(await fingerprint(database())).toEqual(before);
    const mixed = `${RECORD('a', 'Mixed', true)} ${RECORD('b', 'Mixed')} ${RECORD('c', 'Mixed', true)}`;
    const { data, errors } = await ask(`mutation { ${mixed} }`, {}, ADMIN);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      a: payload('org-mixed', 'Mixed', true),
      b: payload('org-mixed', 'Mixed'),
      c: payload('org-mixed-2', 'Mixed', true),
    });
    const { data: after } = await ask(
      '{ a: organisation(id: "org-mixed") { version } b: organisation(id: "org-mixed-2") { version } }',
    );
    expect(after).toEqual({ a: { version: 1 }, b: null });
  });

  test('a dry run that fails in its selection leaves the database usable', async () => {
    const before = await fingerprint(database());
    const { errors } = await ask(
      `mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "Broken" }, dryRun: true }) {
        organisation { id programmes(first: 1000) { totalCount } } } }`,
      {},
      ADMIN,
    );
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(await fingerprint(database())).toEqual(before);
  });

  test('20 dry runs and 20 reads at once all come back', async () => {
    const before = await fingerprint(database());
    const dry = (i: number) => call(deep('recordOrganisation'), organisation(`Crowd ${i}`, { dryRun: true }));
    const read = () => ask('{ partnerships(first: 5) { nodes { dutch { name } } } }');
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => Promise.all([dry(i), read()])));
    answers.forEach(([{ organisation }, { errors }], i) => {
      expect([organisation.id, errors]).toEqual([`org-crowd-${i}`, undefined]);
    });
    expect(await fingerprint(database())).toEqual(before);
  });
});

describe('writers at once', () => {
  test('of two with the same expectedVersion one wins and one gets CONFLICT, 100 times', async () => {
    const id = 'tie-heerenveen-hefei';
    const changes = await changeCount(database());
    for (let round = 1; round <= 100; round += 1) {
      const input = (who: string) => ({ id, expectedVersion: round, notes: `${who} ${round}` });
      const answers = await Promise.all(['a', 'b'].map(who => call(brief('revisePartnership'), input(who))));
      const [winners, losers] = [answers.filter(({ change }) => change), answers.filter(({ change }) => !change)];
      expect(winners).toMatchObject([{ partnership: { version: round + 1 }, userErrors: [] }]);
      expect(losers).toMatchObject([
        {
          partnership: { id, version: round + 1 },
          userErrors: [{ code: 'CONFLICT', currentVersion: round + 1, changedFields: ['notes'] }],
        },
      ]);
    }
    expect(await changeCount(database())).toBe(changes + 100);
    expect(await version(id)).toBe(101);
  }, 30_000);

  test('of ten that record the same tie one succeeds, the others get DUPLICATE', async () => {
    const input = { dutch: 'nl-eindhoven', chinese: 'cn-tianjin', kind: 'FRIENDSHIP' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => call(brief('recordPartnership'), input)));
    const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'WRITTEN').sort();
    expect(codes).toEqual([...Array(9).fill('DUPLICATE'), 'WRITTEN']);
  });

  test('of 24 that record organisations of one name all are written, each with an id of its own', async () => {
    // "Namesake 2" wants the id that the second "Namesake" gets.
    const names = Array.from({ length: 24 }, (_, i) => (i % 6 ? 'Namesake' : 'Namesake 2'));
    const answers = await Promise.all(names.map(name => call(brief('recordOrganisation'), organisation(name))));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const ids = answers.map(({ organisation }) => organisation.id);
    expect(new Set(ids).size).toBe(24);
    for (const id of ids) expect(id).toMatch(/^org-namesake(-\d+){0,2}$/);
  });

  test('that rename both sides of a tie: it is found by both new names, 10 times', async () => {
    const rename = (id: string, expectedVersion: number, en: string) =>
      call(brief('reviseAuthority'), { id, expectedVersion, names: { en } });
    for (let round = 1; round <= 10; round += 1) {
      await Promise.all([rename('nl-enschede', round, `Left${round}`), rename('cn-dalian', round, `Right${round}`)]);
      const { data } = await ask(
        `{ search(query: "Left${round} Right${round}", types: [PARTNERSHIP]) { nodes { ... on Node { id } } } }`,
      );
      expect(data.search.nodes).toEqual([{ id: 'tie-enschede-dalian' }]);
    }
  });

  test('two that would make a cycle of organisations: at most one is written', async () => {
    const write = (id: string, parent: string) => call(brief('reviseOrganisation'), { id, expectedVersion: 1, parent });
    await call(brief('recordOrganisation'), organisation('Left'));
    await call(brief('recordOrganisation'), organisation('Right'));
    await Promise.all([write('org-left', 'org-right'), write('org-right', 'org-left')]);
    const { data } = await ask(
      '{ l: organisation(id: "org-left") { parent { id } } r: organisation(id: "org-right") { parent { id } } }',
    );
    expect([data.l.parent, data.r.parent]).toContain(null);
  });
});
