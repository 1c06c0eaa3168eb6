import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { serve } from '../../src/server/serve.js';
import { openTestDatabase } from '../support/database.js';
import { KEY } from '../support/feed.js';
import {
  type Asked,
  get,
  NOTES,
  pastServer,
  post,
  type Recorded,
  readsOf,
  socket,
  stream,
  TIE,
} from '../support/past.js';
import { UNBOUNDED } from '../support/protection.js';
import { ROUTER_SECRET } from '../support/ways.js';

const { url, revisions } = pastServer({ access: { routerSecret: ROUTER_SECRET } });
const past = () => revisions()[0] as Recorded;
const newest = () => revisions().at(-1) as Recorded;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The ways to send a query over HTTP. */
const WAYS: Record<string, (asked: Asked) => ReturnType<typeof post>> = {
  'a POST': asked => post(url(), asked),
  'a POST that Apollo Server reads': asked => post(url(), { ...asked, extensions: {} }),
  'a GET': asked => get(url(), asked),
  'a stream': asked => stream(url(), asked),
  'a router that traces': asked =>
    post(url(), {
      ...asked,
      headers: {
        'router-authorization': ROUTER_SECRET,
        'apollo-federation-include-trace': 'ftv1',
        ...asked.headers,
      },
    }),
  'a persisted document': async ({ query = '', ...asked }) => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    await post(url(), { query, extensions });
    return get(url(), { ...asked, extensions });
  },
};

describe.each(Object.keys(WAYS))('%s', way => {
  const send = WAYS[way] as (typeof WAYS)[string];

  test.each<[place: string, at: (text: string) => Asked]>([
    ['parameter', text => ({ search: { knownAt: text } })],
    ['header', text => ({ headers: { 'register-known-at': text } })],
    ['both', text => ({ search: { knownAt: text }, headers: { 'register-known-at': text } })],
  ])('reads the past that it names by its %s', async (_, at) => {
    for (const { cursor, recordedAt, notes } of revisions()) {
      for (const text of [cursor, recordedAt, recordedAt.replace('Z', '+00:00')]) {
        const { status, headers, body } = await send({ query: NOTES, ...at(text) });
        expect([status, body.data], text).toEqual([200, { partnership: { notes } }]);
        expect(body.extensions.register).toEqual({ cursor, knownAt: text });
        expect([headers.get('register-cursor'), headers.get('register-known-at')]).toEqual([cursor, text]);
      }
    }
    const present = await send({ query: NOTES });
    expect(present.body.data).toEqual({ partnership: { notes: newest().notes } });
    expect([present.headers.get('register-cursor'), present.headers.get('register-known-at')]).toEqual([
      newest().cursor,
      null,
    ]);
  });

  test.each<[name: string, asked: () => Asked, code: string]>([
    [
      'that disagree',
      () => ({ search: { knownAt: past().cursor }, headers: { 'register-known-at': newest().cursor } }),
      'BAD_REQUEST',
    ],
    [
      'of which two are in the URL',
      () => ({ search: `knownAt=${past().cursor}&knownAt=${past().cursor}` }),
      'BAD_REQUEST',
    ],
    ['in an encoded name, unreadable', () => ({ search: 'kn%6fwnAt=yesterday' }), 'INVALID_MOMENT'],
    ['that are empty', () => ({ search: 'knownAt=' }), 'INVALID_MOMENT'],
    ['in an empty header', () => ({ headers: { 'register-known-at': '' } }), 'INVALID_MOMENT'],
    ['that are a day', () => ({ search: { knownAt: '2026-11-24' } }), 'INVALID_MOMENT'],
    ['in the future', () => ({ search: { knownAt: '9999-12-31T23:59:59Z' } }), 'MOMENT_IN_FUTURE'],
    ['before the register', () => ({ search: { knownAt: '1900-01-01T00:00:00Z' } }), 'MOMENT_BEFORE_REGISTER'],
  ])('is refused for moments %s', async (_, asked, code) => {
    const { status, headers, body } = await send({ query: NOTES, ...asked() });
    expect([status, body.errors[0].extensions.code, body.data]).toEqual([400, code, undefined]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('register-cursor')).toBeNull();
  });
});

describe('a plus sign that is not encoded is the sign of an offset', () => {
  test.each(['T', 't'])('after %s: in the URL, in the header and in connection_init', async letter => {
    const { recordedAt, cursor, notes } = past();
    const text = recordedAt.replace('Z', '+00:00').replace('T', letter);
    const blank = text.replace('+', ' ');
    const search = `knownAt=${text}`;
    const answers = [
      (await post(url(), { query: NOTES, search })).body,
      (await post(url(), { query: NOTES, headers: { 'register-known-at': blank } })).body,
      // A page that read its own address sends both.
      (await post(url(), { query: NOTES, search: { knownAt: blank }, headers: { 'register-known-at': text } })).body,
      (await post(url(), { query: NOTES, search, headers: { 'register-known-at': blank } })).body,
      await socket(url(), { query: NOTES }, { knownAt: blank }),
      await socket(url(), { query: NOTES, search }, { knownAt: blank }),
    ];
    for (const { data, extensions } of answers) {
      expect(data).toEqual({ partnership: { notes } });
      expect(extensions.register).toEqual({ cursor, knownAt: text });
    }
  });
});

describe('a misspelling of the parameter is refused', () => {
  test.each(['knownat', 'KNOWNAT', 'knownAt[]', 'knownAt%5B%5D', '?knownAt', 'known_at', 'kn%6fwnat', '%3FKnownAt'])(
    '%s, on each transport',
    async name => {
      for (const search of [`${name}=${past().cursor}`, `a=1&${name}=${past().cursor}&knownAt=${past().cursor}`]) {
        const answers = [
          await post(url(), { query: NOTES, search }),
          await get(url(), { query: NOTES, search }),
          await stream(url(), { query: NOTES, search }),
        ];
        for (const { status, body } of answers) {
          expect([status, body.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
          expect(body.errors[0].extensions.rule).toBe('KNOWN_AT_MISSPELT');
          expect(body.errors[0].message).toMatch(/ is knownAt\.$/);
        }
        const { errors } = await socket(url(), { query: NOTES, search });
        expect(errors[0].extensions.rule).toBe('KNOWN_AT_MISSPELT');
      }
    },
  );

  test.each(['known', 'knownAtAll', 'unknown', '%6b', 'x?known'])('but not %s', async name => {
    expect((await post(url(), { query: NOTES, search: `${name}=1` })).status).toBe(200);
  });

  test('and a long query string is read in a moment', async () => {
    const startedAt = performance.now();
    expect((await post(url(), { query: NOTES, search: '?'.repeat(15_000) })).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

test('the cursor of a change after the moment is refused as such, on either side of a page', async () => {
  const search = { knownAt: past().cursor };
  for (const argument of ['after', 'before']) {
    const page = `${argument === 'after' ? 'first' : 'last'}: 1, ${argument}`;
    const query = `{ changes(${page}: "${newest().cursor}") { nodes { cursor } } }`;
    const { body } = await post(url(), { query, search });
    expect(body.errors[0].extensions).toMatchObject({ code: 'INVALID_CURSOR', rule: 'CHANGE_AFTER_KNOWN_AT' });
    expect(body.errors[0].message).toMatch(new RegExp(`^${argument} is the cursor of a change after`));
    const other = Buffer.from('change-999999-0123456789abcdef').toString('base64url');
    const lost = await post(url(), { query: query.replace(newest().cursor, other), search });
    expect(lost.body.errors[0].extensions).toMatchObject({ code: 'INVALID_CURSOR', rule: 'CHANGE_NOT_IN_LOG' });
    expect((await post(url(), { query: query.replace(newest().cursor, past().cursor), search })).body.errors).toBe(
      undefined,
    );
  }
});

describe('a mutation at a past moment', () => {
  const authorization = `Bearer ${KEY}`;
  const query = `mutation { revisePartnership(input: { id: "${TIE}", expectedVersion: 4, notes: "rewritten" }) { userErrors { code } } }`;

  test.each<[way: string, send: (asked: Asked) => Promise<{ body: { errors: { extensions: { code: string } }[] } }>]>([
    ['POST', asked => post(url(), asked)],
    ['POST that Apollo Server reads', asked => post(url(), { ...asked, extensions: {} })],
    ['stream', asked => stream(url(), asked)],
    ['WebSocket', async asked => ({ body: await socket(url(), asked) })],
  ])('is refused, over %s', async (_, send) => {
    for (const at of [{ search: { knownAt: past().cursor } }, { headers: { 'register-known-at': past().cursor } }]) {
      const asked = { query, ...at, headers: { authorization, ...('headers' in at && at.headers) } };
      const [answer, statements] = await readsOf(() => send(asked));
      expect(answer.body.errors.map(({ extensions }) => extensions.code)).toEqual(['PAST_READ_ONLY']);
      expect(statements).toEqual([]);
    }
    const { body } = await post(url(), { query: NOTES });
    expect(body.data.partnership.notes).toBe(newest().notes);
  });
});

describe('a subscription at a past moment', () => {
  const query = 'subscription { changes { cursor } }';

  test('is refused, over a stream and over a WebSocket', async () => {
    const answers = [
      (await stream(url(), { query, search: { knownAt: past().cursor } })).body,
      await socket(url(), { query, search: { knownAt: past().cursor } }),
      await socket(url(), { query }, { knownAt: past().cursor }),
    ];
    for (const { errors } of answers) expect(errors[0].extensions.code).toBe('PAST_READ_ONLY');
  });
});

describe('a WebSocket', () => {
  test('has the moment of its URL, of the header, or of connection_init', async () => {
    const { cursor, notes } = past();
    const answers = [
      await socket(url(), { query: NOTES, search: { knownAt: cursor } }),
      await socket(url(), { query: NOTES, headers: { 'register-known-at': cursor } }),
      await socket(url(), { query: NOTES }, { knownAt: cursor }),
    ];
    for (const { data, extensions } of answers) {
      expect(data).toEqual({ partnership: { notes } });
      expect(extensions.register).toEqual({ cursor, knownAt: cursor });
    }
    const present = await socket(url(), { query: NOTES });
    expect(present.extensions.register).toEqual({ cursor: newest().cursor, knownAt: null });
  });

  test.each([
    [{ knownAt: 'yesterday' }, 'INVALID_MOMENT'],
    [{ knownAt: 5 }, 'INVALID_MOMENT'],
    [{ knownAt: { $gt: '' } }, 'INVALID_MOMENT'],
  ])('refuses the operations of one with %j', async (connectionParams, code) => {
    const { errors } = await socket(url(), { query: NOTES }, connectionParams);
    expect(errors[0].extensions.code).toBe(code);
  });

  test('refuses two moments', async () => {
    const asked = { query: NOTES, search: { knownAt: past().cursor } };
    const { errors } = await socket(url(), asked, { knownAt: newest().cursor });
    expect(errors[0].extensions).toMatchObject({ code: 'BAD_REQUEST', rule: 'KNOWN_AT_DISAGREES' });
  });
});

test('a router reads entities of the past', async () => {
  const { cursor, notes } = past();
  const { body } = await post(url(), {
    query:
      '{ _entities(representations: [{ __typename: "Partnership", id: "tie-rotterdam-shanghai" }]) { ... on Partnership { notes } } }',
    headers: { 'router-authorization': ROUTER_SECRET, 'register-known-at': cursor },
  });
  expect(body.data._entities).toEqual([{ notes }]);
});

test('a moment takes one statement, and none when it was read before', async () => {
  const query = `{ one: partnership(id: "tie-rotterdam-shanghai") { notes exchanges(first: 2) { nodes { id } } } }`;
  const { recordedAt } = past();
  const at = (ms: number) => new Date(Date.parse(recordedAt) + ms).toISOString();
  const of = async (search: Record<string, string>, variant: string) =>
    (await readsOf(() => post(url(), { query: `${query}${variant}`, search })))[1].length;
  const present = await of({}, ' ');
  expect(await of({ knownAt: at(0) }, '  ')).toBeLessThanOrEqual(present + 1);
  expect(await of({ knownAt: at(0) }, '   ')).toBe(present);
});

test('the cursor of a mutation’s answer is that of its change, and a dry run has none', async () => {
  const query = (dryRun: boolean) =>
    `mutation($version: Int!) { revisePartnership(input: { id: "tie-delft-jingdezhen", expectedVersion: $version, notes: "${dryRun}", dryRun: ${dryRun} }) { userErrors { message } change { id: recordedAt } } }`;
  const read = await post(url(), {
    query: '{ latestChangeCursor partnership(id: "tie-delft-jingdezhen") { version } }',
  });
  const variables = { version: read.body.data.partnership.version };
  const headers = { authorization: `Bearer ${KEY}` };
  const dry = await post(url(), { query: query(true), variables, headers });
  expect(dry.body.extensions.register.cursor).toBe(read.body.data.latestChangeCursor);
  const real = await post(url(), { query: query(false), variables, headers });
  const after = await post(url(), { query: '{ latestChangeCursor }' });
  expect(real.body.extensions.register).toEqual({ cursor: after.body.data.latestChangeCursor, knownAt: null });
  expect(real.headers.get('register-cursor')).toBe(after.body.data.latestChangeCursor);
});

test('the cursor of a redaction’s answer is that of its last change, from where a client can read', async () => {
  const { notes } = newest();
  const { headers, body } = await post(url(), {
    query: `mutation { redactField(input: { passage: "${notes}", reason: "AVG" }) { changes { cursor } } }`,
    headers: { authorization: `Bearer ${KEY}` },
  });
  const { cursor } = body.data.redactField.changes.at(-1);
  expect(body.extensions.register).toEqual({ cursor, knownAt: null });
  expect(headers.get('register-cursor')).toBe(cursor);
});

test('the past costs what the present does', async () => {
  const query = '{ partnerships(first: 20) { nodes { id exchanges(first: 5) { nodes { title } } } } }';
  const [present, then] = [
    await post(url(), { query }),
    await post(url(), { query, search: { knownAt: past().cursor } }),
  ];
  expect(then.body.extensions.cost).toEqual(present.body.extensions.cost);
  expect(then.headers.get('x-graphql-cost')).toBe(present.headers.get('x-graphql-cost'));
});

test('a refusal of a moment costs a point, on each transport', async () => {
  const database = await openTestDatabase();
  const rate = { perAddress: 1_000, perKey: undefined, store: 'memory' as const };
  const server = await serve(database, '127.0.0.1', 0, console.error, { protection: { ...UNBOUNDED, rate } });
  const left = async () =>
    Number((await post(server.url, { query: '{ __typename }' })).headers.get('ratelimit-remaining'));
  const asked: Asked = { query: '{ __typename }', search: { knownAt: 'yesterday' } };
  // The document itself is charged when it is new.
  await left();
  const costOfLooking = (await left()) - (await left());
  const refusals = [
    () => post(server.url, asked),
    () => get(server.url, asked),
    () => stream(server.url, asked),
    () => socket(server.url, asked),
    () => fetch(`${server.url}/export/partnerships.csv?knownAt=yesterday`),
  ];
  for (const refuse of refusals) {
    const before = await left();
    await refuse();
    expect(before - (await left())).toBe(costOfLooking + 1);
  }
  await server.close();
  await database.close();
});
