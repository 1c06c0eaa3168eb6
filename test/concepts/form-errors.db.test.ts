import { describe, expect, test, vi } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import { brief, fingerprint, type Json } from '../support/calls.js';
import { readsOf } from '../support/past.js';
import { expectTranslated, inputs, refusals } from '../support/refusals.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 10_000 });

const api = testApi();
const { ask, database } = api;
const refuses = refusals(api);
const { brabant, town, exchange, ministry, rcro, programme, vng } = inputs;

/** The rule by the path of each error of variables, in which GraphQL and the register report. */
const byPath = (errors: Json[] | undefined) =>
  Object.fromEntries((errors ?? []).map(({ extensions: { path, rule } }) => [path.join('.'), rule]));

describe('a form with six wrong fields of six kinds', () => {
  const rules = {
    'input.notes': 'TEXT_EMPTY',
    'input.kind': 'FIELD_NOT_CLEARABLE',
    'input.lastEvidenceOn': 'DATE_IN_FUTURE',
    'input.encouragedBy': 'REFERENCE_MISSING',
  };
  const broken = { notes: '', kind: null, lastEvidenceOn: '2999', encouragedBy: 'tie-nope' };
  const unreadable = { startedOn: '19x', origin: 'MAGIC' };
  const all = { 'input.startedOn': 'DATE_FORM', 'input.origin': 'ENUM_VALUE_UNKNOWN', ...rules };

  test('has all of them in userErrors, if GraphQL can read the values', async () => {
    const before = await fingerprint(database());
    const { data, errors } = await ask(brief('revisePartnership'), { input: brabant(broken) }, ADMIN);
    expect(errors).toBeUndefined();
    const { userErrors, partnership } = data.revisePartnership;
    expect(Object.fromEntries(userErrors.map(({ path, rule }: Json) => [path.join('.'), rule]))).toEqual(rules);
    for (const error of userErrors) expectTranslated(error);
    expect(partnership).toBeNull();
    expect(await fingerprint(database())).toEqual(before);
  });

  test('has all of them in errors, if GraphQL cannot; the register is only read', async () => {
    const before = await fingerprint(database());
    const input = brabant({ ...broken, ...unreadable, idempotencyKey: 'six' });
    const [{ data, errors }, statements] = await readsOf(() => ask(brief('revisePartnership'), { input }, ADMIN));
    expect(data).toBeUndefined();
    expect(byPath(errors as Json[])).toEqual(all);
    expect(errors?.every(({ extensions }) => extensions?.code === 'BAD_USER_INPUT')).toBe(true);
    expect(statements.length).toBeGreaterThan(0);
    for (const statement of statements)
      expect(statement).toMatch(/^\s*(select|with)\b(?!.*\b(for update|advisory)\b)/is);
    expect(await fingerprint(database())).toEqual(before);
    // The key is free: nothing was done with it.
    const written = await ask(
      brief('revisePartnership'),
      { input: brabant({ idempotencyKey: 'six', dryRun: true }) },
      ADMIN,
    );
    expect(written.data.revisePartnership.userErrors).toEqual([]);
  });

  test('has the same paths, if each value is a variable of its own', async () => {
    const document = `mutation ($startedOn: PartialDate, $origin: PartnershipOrigin, $rest: ID, $names: [PartnershipMotive!]) {
      revisePartnership(input: { id: "tie-prov-noord-brabant-prov-jiangsu", expectedVersion: 1, startedOn: $startedOn,
        origin: $origin, encouragedBy: $rest, motives: $names, notes: "", lastEvidenceOn: "2999", kind: null }) { userErrors { code } } }`;
    const variables = { ...unreadable, rest: 'tie-nope', names: ['COMPARABLE_ECONOMY', 7] };
    const { errors } = await ask(document, variables, ADMIN);
    expect(byPath(errors as Json[])).toEqual({ ...all, 'input.motives.1': 'ENUM_VALUE_UNKNOWN' });
  });

  test('of a new record: fields that are missing or cannot be read are named once, and hide no other', async () => {
    const input = { dutch: 'cn-shanghai', chinese: 7.5, startedOn: '2021-02-30', encouragedBy: 'tie-nope', nots: 'x' };
    const { errors } = await ask(brief('recordPartnership'), { input }, ADMIN);
    expect(byPath(errors as Json[])).toEqual({
      'input.kind': 'FIELD_REQUIRED',
      'input.chinese': 'NOT_A_TEXT',
      'input.startedOn': 'DATE_DAY',
      'input.nots': 'FIELD_MISSPELT',
      'input.dutch': 'WRONG_SIDE',
      'input.encouragedBy': 'REFERENCE_MISSING',
    });
  });

  test.each<[mutation: string, input: Json, expected: Record<string, string>]>([
    [
      'recordAuthority',
      { names: { nl: '!!!', zh: 5 }, dutchLevel: 'CITY', code: 'x', wikidataId: 'Q0' },
      {
        'input.names.zh': 'NOT_A_TEXT',
        'input.dutchLevel': 'ENUM_VALUE_UNKNOWN',
        'input.names.nl': 'NAME_WITHOUT_LETTER',
        'input.wikidataId': 'WIKIDATA_ID_FORM',
      },
    ],
    [
      'reviseProgramme',
      {
        id: 'prog-vngi-iurc-china',
        expectedVersion: 1,
        budgetEur: 'much',
        organisations: ['org-x', 'org-vng', 'org-y'],
      },
      {
        'input.budgetEur': 'NOT_A_NUMBER',
        'input.organisations.0': 'REFERENCE_MISSING',
        'input.organisations.2': 'REFERENCE_MISSING',
      },
    ],
    [
      'reviseOrganisation',
      vng({
        website: 'javascript:x',
        country: 1,
        contactPoints: [{ type: 'URL', value: 'no' }],
        source: { title: '' },
      }),
      {
        'input.source.publisher': 'FIELD_REQUIRED',
        'input.website': 'URL_FORM',
        'input.country': 'ENUM_VALUE_UNKNOWN',
        'input.source.title': 'TEXT_EMPTY',
        'input.contactPoints.0.value': 'URL_FORM',
      },
    ],
    [
      'endPartnership',
      { id: 'tie-westland-dezhou', expectedVersion: '1', since: 'soon' },
      {
        'input.expectedVersion': 'NOT_AN_INTEGER',
        'input.since': 'DATE_FORM',
        'input.reason': 'EVIDENCE_REQUIRED',
      },
    ],
    [
      'recordExchange',
      exchange({ recurring: 'often', partnership: 'tie-nope', dutch: 'cn-shanghai' }),
      { 'input.recurring': 'NOT_A_BOOLEAN', 'input.partnership': 'REFERENCE_MISSING', 'input.dutch': 'WRONG_SIDE' },
    ],
    [
      'withdrawExchange',
      { id: 'exch-none', expectedVersion: null },
      { 'input.expectedVersion': 'FIELD_REQUIRED', 'input.id': 'RECORD_MISSING' },
    ],
    [
      'reviseAuthority',
      { id: 'nl rotterdam', expectedVersion: 1, location: { latitude: 91, longitude: 0 }, names: 'Rotterdam' },
      {
        'input.names': 'NOT_AN_OBJECT',
        'input.location.latitude': 'DEGREES_OUT_OF_RANGE',
        'input.id': 'ID_FORM',
      },
    ],
  ])('%s %j', async (mutation, input, expected) => {
    const { errors } = await ask(brief(mutation), { input }, ADMIN);
    expect(byPath(errors as Json[])).toEqual(expected);
  });

  test('does not check the rules of several mutations, of which one may depend on another', async () => {
    const call = (alias: string) =>
      `${alias}: revisePartnership(input: { id: "tie-nope-nope", expectedVersion: 1, startedOn: $day }) { userErrors { code } }`;
    const { errors } = await ask(`mutation ($day: PartialDate) { ${call('a')} ${call('b')} }`, { day: '19x' }, ADMIN);
    expect(byPath(errors as Json[])).toEqual({ 'input.startedOn': 'DATE_FORM' });
  });

  test('reports 50 at most, of any number', async () => {
    const input = brabant({ motives: Array.from({ length: 5_000 }, () => 'MAGIC'), notes: '' });
    const { errors } = await ask(brief('revisePartnership'), { input }, ADMIN);
    expect(errors).toHaveLength(50);
    expect(new Set(errors?.map(({ extensions }) => extensions?.rule))).toEqual(new Set(['ENUM_VALUE_UNKNOWN']));
  });
});

test('messages are for an editor, in her language', async () => {
  const document = `mutation ($input: RevisePartnershipInput!) { revisePartnership(input: $input) { userErrors {
    params message nl: message(language: NL) en: message(language: EN) zh: message(language: ZH) pinyin: message(language: PINYIN) } } }`;
  const { data } = await ask(document, { input: brabant({ startedOn: '9999' }) }, ADMIN);
  const [{ params, ...texts }] = data.revisePartnership.userErrors;
  const { today } = params;
  const en = `startedOn must not be after today (${today}); got 9999.`;
  expect(params).toEqual({ field: 'startedOn', today: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), value: '9999' });
  expect(texts).toEqual({
    message: en,
    nl: `Begindatum mag niet na vandaag (${today}) liggen; ingevuld is 9999.`,
    en,
    zh: `开始日期不得晚于今天（${today}）；实际为9999。`,
    pinyin: en,
  });
  const ended = { id: 'tie-breda-yangzhou', expectedVersion: 1, since: '2024', reason: 'x' };
  const { data: refused } = await ask(brief('renewPartnership'), { input: ended }, ADMIN);
  expect(refused.renewPartnership.userErrors[0]).toMatchObject({
    rule: 'PARTNERSHIP_ENDED',
    nl: 'De stedenband is beëindigd op 2023-03. Leg een nieuwe stedenband vast.',
    zh: '该友好城市关系已于2023-03终止。请登记新的关系。',
  });
});

describe('another version', () => {
  const id = 'tie-oss-taizhou';
  const document = `mutation ($input: RevisePartnershipInput!) { revisePartnership(input: $input) {
    partnership { id version notes dutch { name } history { totalCount } } change { kind }
    userErrors { code rule params path message currentVersion changedFields } } }`;
  const revise = async (input: Json) => {
    const { data, errors } = await ask(document, { input: { id, ...input } }, ADMIN);
    expect(errors).toBeUndefined();
    return data.revisePartnership;
  };

  test('gives the present record with its relations, and all fields that were changed since', async () => {
    await revise({ expectedVersion: 1, notes: 'Theirs' });
    await revise({ expectedVersion: 2, lastEvidenceOn: '2024' });
    const theirs = { id, version: 3, notes: 'Theirs', dutch: { name: 'Oss' }, history: { totalCount: 3 } };
    const outdated = await revise({ expectedVersion: 1, themes: [] });
    expect(outdated).toEqual({
      partnership: theirs,
      change: null,
      userErrors: [
        {
          code: 'CONFLICT',
          rule: 'VERSION_OUTDATED',
          params: { version: 3, expected: 1 },
          path: ['input', 'expectedVersion'],
          message: 'The record has version 3, but expectedVersion is 1: load the record again.',
          currentVersion: 3,
          changedFields: ['lastEvidenceOn', 'notes'],
        },
      ],
    });
    const ahead = await revise({ expectedVersion: 9, notes: ' ' });
    expect(ahead.partnership).toEqual(theirs);
    expect(ahead.userErrors).toMatchObject([
      { rule: 'TEXT_EMPTY', path: ['input', 'notes'] },
      {
        code: 'CONFLICT',
        rule: 'VERSION_NOT_YET',
        message: 'Version 9 does not exist yet; the record is at version 3: load the record again.',
        currentVersion: 3,
        changedFields: null,
      },
    ]);
  });
});

describe('an exchange that was held', () => {
  const today = /today/;
  refuses([
    ['in the year 9999', 'recordExchange', exchange({ startedOn: '9999' }), 'INVALID', 'startedOn', today],
    [
      'until 9999',
      'recordExchange',
      exchange({ startedOn: '2020', endedOn: '9999-12-31' }),
      'INVALID',
      'endedOn',
      today,
    ],
    [
      'revised',
      'reviseExchange',
      rcro({ status: 'HELD', startedOn: '9999', endedOn: null }),
      'INVALID',
      'startedOn',
      today,
    ],
  ]);

  test('is not one that is planned', async () => {
    const input = exchange({ status: 'PLANNED', startedOn: '9999', dryRun: true });
    const { data } = await ask(brief('recordExchange'), { input }, ADMIN);
    expect(data.recordExchange.userErrors).toEqual([]);
  });

  test('is refused at the status, if the input does not set the date', async () => {
    const input = exchange({ title: { en: 'A visit in 9999' }, status: 'PLANNED', startedOn: '9999', endedOn: '9999' });
    await ask(brief('recordExchange'), { input }, ADMIN);
    const { data: planned } = await ask('{ exchanges(filter: { text: "A visit in 9999" }) { nodes { id } } }');
    const [{ id }] = planned.exchanges.nodes;
    const held = { id, expectedVersion: 1, status: 'HELD' };
    const { data } = await ask(brief('reviseExchange'), { input: held }, ADMIN);
    expect(data.reviseExchange.userErrors).toMatchObject([
      { path: ['input', 'status'], message: expect.stringContaining('startedOn must not be after today') },
    ]);
    const { data: both } = await ask(brief('reviseExchange'), { input: { ...held, endedOn: '9999-12' } }, ADMIN);
    expect(both.reviseExchange.userErrors.map(({ path }: Json) => path[1])).toEqual(['status', 'endedOn']);
  });
});

describe('a name with a character that nobody sees', () => {
  const hidden = /a character that nobody sees; got U\+202E/;
  refuses([
    ['of an authority', 'recordAuthority', town({ names: { en: 'A\u202eB' } }), 'INVALID', 'names.en', hidden],
    ['of an exchange', 'recordExchange', exchange({ title: { zh: '上\u202e海' } }), 'INVALID', 'title.zh', hidden],
    [
      'of a source',
      'revisePartnership',
      brabant({ notes: 'x', source: { title: 'A\u202eB', publisher: 'C' } }),
      'INVALID',
      'source.title',
      hidden,
    ],
  ]);
});

describe('a name without a letter', () => {
  refuses([
    ['of an authority', 'recordAuthority', town({ names: { en: '!!!' } }), 'INVALID', 'names.en', /letter.*!!!/],
    ['of an exchange', 'recordExchange', exchange({ title: { zh: '——' } }), 'INVALID', 'title.zh', /letter/],
    ['of an organisation', 'recordOrganisation', ministry({ names: { en: '…' } }), 'INVALID', 'names.en', /letter/],
    [
      'beside one',
      'recordProgramme',
      programme({ names: { en: 'A', aliases: ['B', '?'] } }),
      'INVALID',
      'names.aliases.1',
      /letter/,
    ],
  ]);

  test.each(['上海', '2020', 'Ø', '’s-Gravenhage'])('%s has one', async en => {
    const { data } = await ask(brief('recordProgramme'), { input: programme({ names: { en }, dryRun: true }) }, ADMIN);
    expect(data.recordProgramme.userErrors).toEqual([]);
  });
});

test('a withdrawal names the record that a cache forgets', async () => {
  const document = `mutation ($input: WithdrawExchangeInput!) { withdrawExchange(input: $input) {
    withdrawnExchangeId exchange { id } change { kind } userErrors { code } } }`;
  const withdraw = async (more: Json) => (await ask(document, { input: rcro(more) }, ADMIN)).data.withdrawExchange;
  const { id } = rcro({});
  const withdrawn = { withdrawnExchangeId: id, exchange: null, change: { kind: 'WITHDRAWN' }, userErrors: [] };
  const conflict = { withdrawnExchangeId: null, exchange: { id }, change: null, userErrors: [{ code: 'CONFLICT' }] };
  expect(await withdraw({ expectedVersion: 7 })).toEqual(conflict);
  expect(await withdraw({ dryRun: true })).toEqual(withdrawn);
  expect(await withdraw({ idempotencyKey: 'gone' })).toEqual(withdrawn);
  expect(await withdraw({ idempotencyKey: 'gone' })).toEqual(withdrawn);
});

test('each mutation has an input and a payload type of its own', async () => {
  const { data } = await ask(`{ __type(name: "Mutation") { fields { name
    args { name type { ofType { name } } } type { name ofType { name } } } } }`);
  for (const { name, args, type } of data.__type.fields) {
    const prefix = name.charAt(0).toUpperCase() + name.slice(1);
    expect(args).toEqual([{ name: 'input', type: { ofType: { name: `${prefix}Input` } } }]);
    expect(type.ofType.name).toBe(`${prefix}Payload`);
  }
});
