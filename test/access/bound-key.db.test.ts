import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { BINDABLE_SCOPES, type Scope } from '../../src/access/scope.js';
import { type AccessServer, bearer, openAccessServer, storeKey, transports } from '../support/access.js';
import { allCalls, brief, fingerprint, type Json, recordField } from '../support/calls.js';

vi.setConfig({ testTimeout: 60_000 });

const ADMIN_KEY = 'an-admin-key-of-this-test';
const WRITING: Scope[] = [...BINDABLE_SCOPES, 'programme:write', 'organisation:write'];

let server: AccessServer;
const keys: Record<'breda' | 'eindhoven' | 'both' | 'testtown', string> = {} as never;
beforeAll(async () => {
  server = await openAccessServer({ adminKey: ADMIN_KEY });
  const bound = (...authorities: string[]) => storeKey(server.database, WRITING, { authorities });
  keys.breda = await bound('nl-breda');
  keys.eindhoven = await bound('nl-eindhoven');
  keys.both = await bound('nl-breda', 'nl-eindhoven');
  keys.testtown = await bound('nl-testtown');
});
afterAll(() => server?.close());

/** Calls a mutation over HTTP, and returns its payload. */
async function call(key: string, mutation: string, input: Json): Promise<Json> {
  const { data, errors } = await transports.HTTP(server.url, bearer(key), brief(mutation), { input });
  expect(errors).toBeUndefined();
  return data[mutation];
}

/** Runs `work`, after which every table must be as it was. */
async function withoutTrace<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = await fingerprint(server.database);
  const result = await work();
  expect(await fingerprint(server.database)).toEqual(before);
  return result;
}

/** Returns whether the mutation of a call is within the bounds of a key for the new municipality of the calls. */
const isOwn = (mutation: string) =>
  /partnership|exchange/i.test(mutation) || /^(revise|withdraw)Authority$/.test(mutation);

test.each(allCalls)(
  '$mutation is refused outside the bounds of a key, and made within them',
  async ({ mutation, input }) => {
    const isNew = mutation.startsWith('record');
    const refusal = {
      change: null,
      userErrors: [
        {
          code: 'FORBIDDEN',
          rule: isNew ? 'KEY_BOUND_NEW' : 'KEY_BOUND',
          path: isNew ? ['input'] : ['input', 'id'],
          params: { authorities: 'nl-breda', ...(!isNew && { id: input.id }) },
        },
      ],
    };
    await withoutTrace(async () => {
      for (const dryRun of [true, false]) {
        const refused = await call(keys.breda, mutation, { ...input, dryRun });
        expect(refused).toMatchObject(refusal);
        expect(refused[recordField(mutation)]).toBeNull();
      }
      if (isOwn(mutation)) return;
      const { userErrors } = await call(keys.testtown, mutation, input);
      expect(userErrors).toMatchObject([{ code: 'FORBIDDEN', params: { authorities: 'nl-testtown' } }]);
    });
    const made = await call(isOwn(mutation) ? keys.testtown : ADMIN_KEY, mutation, input);
    expect(made.userErrors).toEqual([]);
    expect(made.change).not.toBeNull();
  },
);

const TIES = { breda: 'tie-breda-yangzhou', eindhoven: 'tie-eindhoven-nanjing' };

describe.each(Object.entries(transports))('over %s', (transport, ask) => {
  test('a key for Breda is refused Eindhoven, in words that tell what to do', async () => {
    const { data: read } = await ask(server.url, undefined, `{ partnership(id: "${TIES.breda}") { version } }`);
    const revise = (id: string, expectedVersion: number) =>
      ask(server.url, bearer(keys.breda), brief('revisePartnership'), {
        input: { id, expectedVersion, notes: `Over ${transport}` },
      });
    const own = await revise(TIES.breda, read.partnership.version);
    expect(own.data.revisePartnership).toMatchObject({ userErrors: [], change: { kind: 'REVISED' } });
    const other = await withoutTrace(() => revise(TIES.eindhoven, 1));
    expect(other.data.revisePartnership).toMatchObject({
      partnership: null,
      change: null,
      userErrors: [
        {
          code: 'FORBIDDEN',
          rule: 'KEY_BOUND',
          path: ['input', 'id'],
          message: `This key is bound to nl-breda: a record that it writes touches one of these before and after the change, and ${TIES.eindhoven} does not. Use a key for that record, or one that is not bound.`,
          nl: expect.stringMatching(/^Deze sleutel is gebonden aan nl-breda: /),
          zh: expect.stringMatching(/^此密钥仅限于 nl-breda：/),
        },
      ],
    });
  });
});

test('an operation with writes of two cities makes those of its own', async () => {
  const record = (name: string, id: string) =>
    `${name}: recordExchange(input: { kind: CULTURAL, status: PLANNED, title: { en: "Of ${name}" }, dutch: "${id}" }) { exchange { dutch { id } } userErrors { rule } }`;
  const { data } = await transports.HTTP(
    server.url,
    bearer(keys.breda),
    `mutation { ${record('eindhoven', 'nl-eindhoven')} ${record('breda', 'nl-breda')} }`,
  );
  expect(data).toEqual({
    eindhoven: { exchange: null, userErrors: [{ rule: 'KEY_BOUND_NEW' }] },
    breda: { exchange: { dutch: { id: 'nl-breda' } }, userErrors: [] },
  });
});

const visit = (title: string, dutch: string | null, more: Json = {}): Json => ({
  kind: 'CULTURAL',
  title: { en: title },
  status: 'HELD',
  startedOn: '2018-04-01',
  dutch,
  ...more,
});

test('a record is moved by a key that touches it before and after', async () => {
  const { exchange } = await call(keys.breda, 'recordExchange', visit('A visit that moves', 'nl-breda'));
  const move = (key: string, dutch: string | null, expectedVersion: number) =>
    call(key, 'reviseExchange', { id: exchange.id, expectedVersion, dutch });
  for (const [key, dutch] of [
    ['breda', 'nl-eindhoven'],
    ['breda', null],
    ['eindhoven', 'nl-eindhoven'],
  ] as const) {
    const { userErrors } = await withoutTrace(() => move(keys[key], dutch, 1));
    expect(userErrors).toMatchObject([{ code: 'FORBIDDEN', rule: 'KEY_BOUND', params: { id: exchange.id } }]);
  }
  expect(await move(keys.both, 'nl-eindhoven', 1)).toMatchObject({ userErrors: [], exchange: { version: 2 } });
  const { userErrors } = await withoutTrace(() => move(keys.breda, 'nl-breda', 2));
  expect(userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
});

test('a key for a Chinese city writes what has it as a side, and a revision without a change is refused, too', async () => {
  const yangzhou = await storeKey(server.database, ['exchange:write', 'partnership:write'], {
    authorities: ['cn-yangzhou'],
  });
  const { exchange, userErrors } = await call(
    yangzhou,
    'recordExchange',
    visit('From Yangzhou', 'nl-eindhoven', { chinese: 'cn-yangzhou' }),
  );
  expect([exchange.version, userErrors]).toEqual([1, []]);
  const { userErrors: refused } = await call(yangzhou, 'revisePartnership', {
    id: TIES.eindhoven,
    expectedVersion: 1,
  });
  expect(refused).toMatchObject([{ code: 'FORBIDDEN' }]);
});

describe('a batch', () => {
  const record = async (key: string, rows: Json[]) =>
    (
      await transports.HTTP(
        server.url,
        bearer(key),
        `mutation($input: RecordExchangesInput!) { recordExchanges(input: $input) {
          exchangeIds userErrors { code rule path } } }`,
        { input: { rows } },
      )
    ).data.recordExchanges;

  test('is refused as a whole, with its rows', async () => {
    const rows = ['nl-breda', 'nl-eindhoven', 'nl-breda', null].map((dutch, n) => visit(`Batch ${n}`, dutch));
    const { exchangeIds, userErrors } = await withoutTrace(() => record(keys.breda, rows));
    expect(exchangeIds).toEqual([]);
    const problem = { code: 'FORBIDDEN', rule: 'KEY_BOUND_NEW' };
    expect(userErrors).toEqual([
      { ...problem, path: ['input', 'rows', '1'] },
      { ...problem, path: ['input', 'rows', '3'] },
    ]);
  });

  test('of the own city is written', async () => {
    const { exchangeIds, userErrors } = await record(keys.breda, [visit('B 1', 'nl-breda'), visit('B 2', 'nl-breda')]);
    expect([exchangeIds.length, userErrors]).toEqual([2, []]);
  });
});

describe('a proposal', () => {
  const source = { title: 'List of Breda', publisher: 'Gemeente Test' };
  const submit = async (key: string, concept: string, rows: Json[]) =>
    (
      await transports.HTTP(
        server.url,
        bearer(key),
        `mutation($input: SubmitProposalInput!) { submitProposal(input: $input) {
          proposal { counts { create revise same } } userErrors { code rule path params message } } }`,
        { input: { concept, source, rows: rows.map(values => ({ values })) } },
      )
    ).data.submitProposal;
  const post = (key: string, query: string, body: string) =>
    fetch(`${server.url}/proposals?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      body,
    });
  const place = (dutch: string, more: Json = {}) => ({
    'title.en': `Proposed for ${dutch}`,
    kind: 'CULTURAL',
    status: 'HELD',
    startedOn: '2019-05-12',
    'dutch.id': dutch,
    ...more,
  });

  test('of the own city is stored', async () => {
    const ties = await submit(keys.breda, 'PARTNERSHIP', [
      { id: TIES.breda, notes: 'Proposed' },
      { id: TIES.breda, 'dutch.id': 'nl-breda' },
      { 'dutch.id': 'nl-breda', 'chinese.id': 'cn-suzhou', kind: 'FRIENDSHIP', startedOn: '2015' },
    ]);
    expect(ties).toEqual({ proposal: { counts: { create: 1, revise: 1, same: 1 } }, userErrors: [] });
    const exchanges = await submit(keys.breda, 'EXCHANGE', [place('nl-breda')]);
    expect(exchanges).toMatchObject({ proposal: { counts: { create: 1 } }, userErrors: [] });
    const self = await submit(keys.breda, 'AUTHORITY', [{ id: 'nl-breda', wikidataId: 'Q999999902' }]);
    expect(self).toMatchObject({ proposal: { counts: { revise: 1 } }, userErrors: [] });
  });

  test.each<[what: string, concept: string, rows: Json[], places: string]>([
    [
      'a record of another city',
      'PARTNERSHIP',
      [
        { id: TIES.breda, notes: 'x' },
        { id: TIES.eindhoven, notes: 'x' },
      ],
      'row 2',
    ],
    ['a record of another city that it leaves as it is', 'PARTNERSHIP', [{ id: TIES.eindhoven }], 'row 1'],
    ['a new record of another city', 'EXCHANGE', [place('nl-breda'), place('nl-eindhoven')], 'row 2'],
    ['a name that may be several', 'PARTNERSHIP', [{ 'dutch.name': 'Somewhere', 'chinese.name': 'Suzhou' }], 'row 1'],
    ['a new authority', 'AUTHORITY', [{ 'names.en': 'Newtown', country: 'NL', level: 'MUNICIPALITY' }], 'row 1'],
    ['another authority', 'AUTHORITY', [{ id: 'nl-eindhoven', wikidataId: 'Q999999903' }], 'row 1'],
    ['a programme', 'PROGRAMME', [{ 'names.en': 'Programme of Breda' }], 'row 1'],
    ['an organisation', 'ORGANISATION', [{ 'names.en': 'Office of Breda', kind: 'MINISTRY' }], 'row 1'],
  ])('with %s is refused as a whole', async (_, concept, rows, places) => {
    const { proposal, userErrors } = await withoutTrace(() => submit(keys.breda, concept, rows));
    expect(proposal).toBeNull();
    expect(userErrors).toMatchObject([
      {
        code: 'FORBIDDEN',
        rule: 'KEY_BOUND_ROWS',
        path: ['input', 'rows'],
        params: { authorities: 'nl-breda', count: 1, places },
      },
    ]);
  });

  test('that moves a record away or to it is refused', async () => {
    const make = async (dutch: string) =>
      (await call(keys.both, 'recordExchange', visit(`To be moved from ${dutch}`, dutch))).exchange.id;
    for (const [from, to] of [
      ['nl-breda', 'nl-eindhoven'],
      ['nl-eindhoven', 'nl-breda'],
    ] as const) {
      const id = await make(from);
      const { userErrors } = await withoutTrace(() => submit(keys.breda, 'EXCHANGE', [{ id, 'dutch.id': to }]));
      expect(userErrors).toMatchObject([{ rule: 'KEY_BOUND_ROWS' }]);
      const moved = await submit(keys.both, 'EXCHANGE', [{ id, 'dutch.id': to }]);
      expect(moved).toMatchObject({ proposal: { counts: { revise: 1 } }, userErrors: [] });
    }
  });

  test('as a file is answered with 403 and the first rows', async () => {
    const query = 'format=csv&concept=exchange&title=List&publisher=Test';
    const file = (cities: string[]) =>
      [
        'title.en,kind,status,startedOn,dutch.id',
        ...cities.map((city, n) => `Filed ${n},CULTURAL,HELD,2019,${city}`),
      ].join('\n');
    const cities = ['nl-breda', ...Array.from({ length: 25 }, () => 'nl-eindhoven')];
    const refused = await withoutTrace(() => post(keys.breda, query, file(cities)));
    expect(refused.status).toBe(403);
    const { errors } = (await refused.json()) as Json;
    expect(errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', rule: 'KEY_BOUND_ROWS', params: { count: 25 } } },
    ]);
    const { places } = errors[0].extensions.params;
    expect(places.split(', ')).toHaveLength(21);
    expect(places).toMatch(/^row 3, row 4, .*, row 22, …$/);
    const stored = await post(keys.breda, query, file(['nl-breda']));
    expect([stored.status, ((await stored.json()) as Json).counts.create]).toEqual([200, 1]);
  });
});

test('viewer says what a key is bound to; nobody else is bound', async () => {
  const viewer = async (key?: string) =>
    (await transports.HTTP(server.url, bearer(key), '{ viewer { boundTo } }')).data.viewer.boundTo;
  expect(await viewer(keys.both)).toEqual(['nl-breda', 'nl-eindhoven']);
  expect(await viewer(await storeKey(server.database, ['exchange:write']))).toBeNull();
  expect([await viewer(ADMIN_KEY), await viewer()]).toEqual([null, null]);
});

test('reports of errors need no key, and a bound one does not keep from them', async () => {
  const { data } = await transports.HTTP(
    server.url,
    bearer(keys.breda),
    `mutation { reportError(input: { subjectId: "${TIES.eindhoven}", field: "startedOn", message: "It was later" }) {
      userErrors { rule } } }`,
  );
  expect(data.reportError.userErrors).toEqual([]);
});
