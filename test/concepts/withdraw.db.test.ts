import sql, { raw } from 'sql-template-tag';
import { describe, expect, test, vi } from 'vitest';
import { REFERENCES } from '../../src/change/referring-records.js';
import { queryRows, type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import { fingerprint, inputType, type Json } from '../support/calls.js';
import { expectTranslated } from '../support/refusals.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 30_000 });

const { ask, database } = testApi();

const ERRORS = `userErrors { code rule path params message nl: message(language: NL) zh: message(language: ZH)
  referring { type field count ids } }`;

async function withdraw(concept: string, input: Json): Promise<Json> {
  const mutation = `withdraw${concept}`;
  const document = `mutation($input: ${inputType(mutation)}!) {
    ${mutation}(input: $input) { withdrawn${concept}Id change { kind subjectVersion } ${ERRORS} } }`;
  const { data, errors } = await ask(document, { input }, ADMIN);
  expect(errors).toBeUndefined();
  return data[mutation];
}

async function idsOf(query: string): Promise<string[]> {
  return (await queryRows<{ id: string }>(database().em.fork(), sql`${raw(query)}`)).map(({ id }) => id);
}

/** The tables whose rows are part of a record and withdrawn with it, and not records that refer to it. */
const PARTS = ['citation', 'status_period', 'programme_organisation', 'programme_authority', 'programme_partnership'];

test('everything that refers to records is known: the foreign keys of the database', async () => {
  const keys = await queryRows<{ to: string; table: string; column: string }>(
    database().em.fork(),
    sql`select confrelid::regclass::text as to, conrelid::regclass::text as table, a.attname as column
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
      where contype = 'f' and confrelid::regclass::text = any(${Object.keys(REFERENCES)
        .concat('EXCHANGE')
        .map(type => type.toLowerCase())}::text[])`,
  );
  const declared = Object.entries(REFERENCES).flatMap(([type, references]) =>
    references.map(({ table, column }) => `${type.toLowerCase()}: ${table}.${column}`),
  );
  const unknown = keys
    .map(({ to, table, column }) => ({ table, text: `${to}: ${table}.${column}` }))
    .filter(({ text }) => !declared.includes(text));
  // Those that are left belong to the record itself.
  expect(unknown.filter(({ table }) => !PARTS.includes(table))).toEqual([]);
  const texts = keys.map(({ to, table, column }) => `${to}: ${table}.${column}`);
  expect(declared.filter(text => !texts.includes(text))).toEqual([]);
});

test('a withdrawal with a source says that a withdrawn record has none, before anything is written', async () => {
  const [id] = await idsOf(`select id from exchange order by id limit 1`);
  const before = await fingerprint(database());
  const source = { title: 'Bridge', publisher: 'Bridge' };
  for (const dryRun of [true, false]) {
    const { userErrors } = await withdraw('Exchange', { id, expectedVersion: 1, source, dryRun });
    expect(userErrors).toMatchObject([{ code: 'INVALID', rule: 'WITHDRAWAL_SOURCE', path: ['input', 'source'] }]);
    expectTranslated(userErrors[0]);
  }
  expect(await fingerprint(database())).toEqual(before);
});

describe('a record that others refer to', () => {
  /** Each with queries for the ids of what refers to it, by type and field. */
  test.each<[concept: string, id: string, referring: [type: string, field: string, query: string][]]>([
    [
      'Authority',
      'nl-prov-zuid-holland',
      [
        ['AUTHORITY', 'parent', `select id from authority where parent_id = 'nl-prov-zuid-holland'`],
        ['PARTNERSHIP', 'dutch', `select id from partnership where dutch_id = 'nl-prov-zuid-holland'`],
        [
          'PROGRAMME',
          'authorities',
          `select programme_id as id from programme_authority where authority_id = 'nl-prov-zuid-holland'`,
        ],
        ['EXCHANGE', 'dutch', `select id from exchange where dutch_id = 'nl-prov-zuid-holland'`],
      ],
    ],
    [
      'Organisation',
      'org-vng-international',
      [
        ['ORGANISATION', 'parent', `select id from organisation where parent_id = 'org-vng-international'`],
        [
          'PROGRAMME',
          'organisations',
          `select programme_id as id from programme_organisation where organisation_id = 'org-vng-international'`,
        ],
      ],
    ],
    [
      'Partnership',
      'tie-rotterdam-shanghai',
      [
        ['PARTNERSHIP', 'encouragedBy', `select id from partnership where encouraged_by_id = 'tie-rotterdam-shanghai'`],
        ['EXCHANGE', 'partnership', `select id from exchange where partnership_id = 'tie-rotterdam-shanghai'`],
      ],
    ],
    [
      'Programme',
      'prog-zuidholland-hebei-2016-2020',
      [
        [
          'PARTNERSHIP',
          'programmes',
          `select partnership_id as id from programme_partnership where programme_id = 'prog-zuidholland-hebei-2016-2020'`,
        ],
        ['EXCHANGE', 'programme', `select id from exchange where programme_id = 'prog-zuidholland-hebei-2016-2020'`],
      ],
    ],
  ])('%s %s is not withdrawn, and they are named', async (concept, id, queries) => {
    const before = await fingerprint(database());
    const referring: Json[] = [];
    for (const [type, field, query] of queries) {
      const ids = await idsOf(`${query} order by 1`);
      if (ids.length) referring.push({ type, field, count: ids.length, ids: ids.slice(0, 5) });
    }
    expect(referring.length).toBeGreaterThan(0);
    for (const dryRun of [true, false]) {
      const {
        [`withdrawn${concept}Id`]: withdrawn,
        change,
        userErrors,
      } = await withdraw(concept, { id, expectedVersion: 1, dryRun });
      expect({ withdrawn, change }).toEqual({ withdrawn: null, change: null });
      const count = referring.reduce((sum, { count }) => sum + count, 0);
      expect(userErrors).toMatchObject([
        { code: 'REFERRED_TO', rule: 'RECORD_REFERRED_TO', path: ['input', 'id'], params: { id, count }, referring },
      ]);
      expect(userErrors[0].message).toContain(referring[0].ids[0]);
      expectTranslated(userErrors[0]);
    }
    expect(await fingerprint(database())).toEqual(before);
  });

  test('is found in one statement, however many refer to it', async () => {
    const texts: string[] = [];
    const note = (message: unknown) => texts.push((message as StatementEvent).text);
    const statements = async (concept: string, id: string) => {
      texts.length = 0;
      statementChannel.subscribe(note);
      try {
        const { userErrors } = await withdraw(concept, { id, expectedVersion: 1 });
        expect(userErrors).toMatchObject([{ code: 'REFERRED_TO' }]);
        return {
          count: userErrors[0].params.count,
          statements: texts.filter(text => /\bunion all\b/.test(text)).length,
        };
      } finally {
        statementChannel.unsubscribe(note);
      }
    };
    const few = await statements('Authority', 'nl-groningen');
    const many = await statements('Authority', 'nl-prov-zuid-holland');
    expect(many.count).toBeGreaterThan(few.count);
    expect([few.statements, many.statements]).toEqual([1, 1]);
  });

  test('is withdrawn after they were; its citations, periods and links go with it', async () => {
    const tie = 'tie-groningen-tianjin';
    const parts = () =>
      idsOf(`select id::text from citation where partnership_id = '${tie}' or status_period_id like '${tie}@%'
        union all select id from status_period where partnership_id = '${tie}'
        union all select programme_id from programme_partnership where partnership_id = '${tie}'`);
    const version = async () =>
      (await ask('query($id: ID!) { partnership(id: $id) { version } }', { id: tie })).data.partnership?.version;
    const link = `mutation($input: LinkPartnershipToProgrammeInput!) { linkPartnershipToProgramme(input: $input) { userErrors { message } } }`;
    await ask(link, { input: { id: tie, expectedVersion: await version(), programme: 'prog-vngi-iurc-china' } }, ADMIN);
    expect((await parts()).length).toBeGreaterThan(1);
    const at = async () => (await ask('{ latestChangeCursor }')).data.latestChangeCursor;
    const beforehand = await at();
    for (const exchange of await idsOf(`select id from exchange where partnership_id = '${tie}'`)) {
      expect((await withdraw('Exchange', { id: exchange, expectedVersion: 1 })).userErrors).toEqual([]);
    }
    const withdrawal = {
      id: tie,
      expectedVersion: await version(),
      reason: 'A letter of intent',
      idempotencyKey: 'gone',
    };
    const answer = { withdrawnPartnershipId: tie, change: { kind: 'WITHDRAWN' }, userErrors: [] };
    expect(await withdraw('Partnership', { ...withdrawal, dryRun: true })).toMatchObject(answer);
    expect(await version()).toBe(withdrawal.expectedVersion);
    expect(await withdraw('Partnership', withdrawal)).toMatchObject(answer);
    expect(await withdraw('Partnership', withdrawal)).toMatchObject(answer);
    expect(await parts()).toEqual([]);
    expect(await version()).toBeUndefined();
    const { data } = await ask(
      `query($after: ChangeCursor) { changes(after: $after, last: 1) { nodes { kind reason subjectId subject { id } subjectLabel(language: EN) } } }`,
      { after: beforehand },
    );
    expect(data.changes.nodes).toEqual([
      {
        kind: 'WITHDRAWN',
        reason: 'A letter of intent',
        subjectId: tie,
        subject: null,
        subjectLabel: expect.stringContaining('Groningen'),
      },
    ]);
  });
});

test('a key without the scope withdraws nothing', async () => {
  for (const [concept, id] of [
    ['Authority', 'nl-rotterdam'],
    ['Organisation', 'org-vng'],
    ['Partnership', 'tie-rotterdam-shanghai'],
    ['Programme', 'prog-vngi-iurc-china'],
  ]) {
    const scope = `${concept?.toLowerCase()}:write`;
    const document = `mutation { withdraw${concept}(input: { id: "${id}", expectedVersion: 1 }) { change { kind } } }`;
    const identity = { ...ADMIN, scopes: ['exchange:write'] };
    const { errors } = await ask(document, {}, identity as never);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(errors?.[0]?.message).toContain(scope);
  }
});
