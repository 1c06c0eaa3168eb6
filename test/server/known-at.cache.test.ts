import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ResponseCache } from '../../src/server/cache/response-cache.js';
import type { PreparedResponse } from '../../src/server/http/prepared-response.js';
import { copyOnPostgreSql } from '../support/database.js';
import { KEY } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';
import { type Asked, get, NOTES, post, type Recorded, readsOf, revise, TIE } from '../support/past.js';

const FOREVER = 'max-age=31536000, immutable';

let here: Feed;
let there: Feed;
let past: Recorded;
let newest: Recorded;
const url = () => here.url;

beforeAll(async () => {
  const address = await copyOnPostgreSql();
  const more = { cacheBytes: 4_000_000, cacheTagHeader: 'Surrogate-Key' as const };
  here = await openFeed(address, console.error, more);
  there = await openFeed(address, console.error, more);
  past = await revise(url(), 'past');
  newest = await revise(url(), 'newest');
});
afterAll(() => Promise.all([here?.close(), there?.close()]));

const file = (
  server: string,
  search: Record<string, string>,
  headers: Record<string, string> = {},
  name = 'partnerships.csv',
) => fetch(`${server}/export/${name}?${new URLSearchParams(search)}`, { headers });

describe('an answer about the past', () => {
  const asked = (): Asked => ({ query: NOTES, search: { knownAt: past.cursor } });

  test('may be stored for a year, and has the same strong ETag from every instance', async () => {
    const answers = [await get(url(), asked()), await get(there.url, asked())];
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe(`public, ${FOREVER}`);
      expect(headers.get('vary')).toContain('Register-Known-At');
      expect(headers.get('etag')).toMatch(/^"[\w-]{27}"$/);
      expect(headers.get('surrogate-key')).toBe('PAST');
    }
    expect(answers[0]?.headers.get('etag')).toBe(answers[1]?.headers.get('etag'));
    expect(answers[0]?.text).toBe(answers[1]?.text);
  });

  test('is known by its ETag: 304, with what it is of', async () => {
    const { headers } = await get(url(), asked());
    const again = await get(url(), { ...asked(), headers: { 'if-none-match': headers.get('etag') as string } });
    expect([again.status, again.text]).toEqual([304, '']);
    expect(again.headers.get('cache-control')).toBe(`public, ${FOREVER}`);
    expect([again.headers.get('register-cursor'), again.headers.get('register-known-at')]).toEqual([
      past.cursor,
      past.cursor,
    ]);
  });

  test('asked by a header is stored by no shared cache, which may not tell headers apart', async () => {
    const { headers } = await get(url(), { query: NOTES, headers: { 'register-known-at': past.cursor } });
    expect(headers.get('cache-control')).toBe(`private, ${FOREVER}`);
  });

  test('to a client with a key is private', async () => {
    const { headers } = await get(url(), { ...asked(), headers: { authorization: `Bearer ${KEY}` } });
    expect(headers.get('cache-control')).toBe(`private, ${FOREVER}`);
    expect(headers.get('surrogate-key')).toBeNull();
  });

  test.each([
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Partnership") { name } }',
    '{ codeList(name: "PartnershipStatus") { codes { label(language: NL) } } }',
    `{ ...Lists } fragment Lists on Query { codeLists { name } }`,
    `{ partnership(id: "${TIE}") { history(last: 1) { nodes { fields { label } } } } }`,
  ])('that has texts of this release is asked again: %s', async query => {
    for (const headers of [undefined, undefined, { 'if-none-match': '*' }]) {
      const answer = await get(url(), { ...asked(), query, ...(headers && { headers }) });
      expect(answer.body?.errors).toBeUndefined();
      expect([answer.headers.get('cache-control'), answer.headers.get('register-known-at')]).toEqual([
        'public, no-cache',
        past.cursor,
      ]);
    }
  });

  test('that has the types of its records is for ever', async () => {
    const query = `{ partnership(id: "${TIE}") { __typename label history(last: 1) { nodes { fields { field after } } } } }`;
    const { headers } = await get(url(), { ...asked(), query });
    expect(headers.get('cache-control')).toBe(`public, ${FOREVER}`);
  });

  test('is public with the viewer, if that is nobody', async () => {
    const query = '{ viewer { kind } }';
    const { headers } = await get(url(), { ...asked(), query });
    expect(headers.get('cache-control')).toBe(`public, ${FOREVER}`);
    const own = await get(url(), { ...asked(), query, headers: { authorization: `Bearer ${KEY}` } });
    expect(own.headers.get('cache-control')).toBe('no-store');
  });

  test('that depends on the client, or has errors, is not stored', async () => {
    for (const query of ['{ rateLimit { limit } }', '{ partnerships(first: 0) { totalCount } }', '{ nothing }']) {
      const { headers } = await get(url(), { ...asked(), query });
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('is served from our own cache after changes, in either form of request and apart from the present', async () => {
    const byPost = () => post(url(), asked());
    const byGet = () => get(url(), asked());
    const byHeader = () => post(url(), { query: NOTES, headers: { 'register-known-at': past.cursor } });
    const before = [await byPost(), await byGet(), await byHeader()];
    newest = await revise(url(), 'newer');
    const [after, statements] = await readsOf(async () => [await byPost(), await byGet(), await byHeader()]);
    expect(statements).toEqual([]);
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    for (const { headers } of after) expect(headers.get('register-cursor')).toBe(past.cursor);
    // The cursor names what the instance has read of the log, which is a moment behind its own writes.
    const present = await post(url(), { query: NOTES, headers: { 'register-read-after': newest.cursor } });
    expect(present.body.data.partnership.notes).toBe('newer');
    expect(present.body.extensions.register).toEqual({ cursor: newest.cursor, knownAt: null });
  });
});

describe('an answer about the present', () => {
  const programmes = '{ programmes(first: 2) { nodes { id } } }';

  test('to a GET has the ETag that it had before an unrelated change, and the cursor of that change', async () => {
    const first = await get(url(), { query: programmes });
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    expect(first.body.extensions).not.toHaveProperty('register');
    newest = await revise(url(), 'unrelated');
    const [again, statements] = await readsOf(() =>
      get(url(), {
        query: programmes,
        headers: { 'if-none-match': first.headers.get('etag') as string, 'register-read-after': newest.cursor },
      }),
    );
    expect([again.status, again.headers.get('register-cursor'), statements]).toEqual([304, newest.cursor, []]);
    const elsewhere = await get(there.url, { query: programmes });
    expect(elsewhere.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  test('from the cache has the cursor of the newest change: none up to it altered it', async () => {
    await post(url(), { query: programmes });
    newest = await revise(url(), 'unrelated, too');
    await post(url(), { query: NOTES, headers: { 'register-read-after': newest.cursor } });
    const [{ headers }, statements] = await readsOf(() => post(url(), { query: programmes }));
    expect([headers.get('register-cursor'), statements]).toEqual([newest.cursor, []]);
  });
});

describe('an export of the past', () => {
  test.each(['partnerships.csv', 'partnerships.ndjson', 'partnerships.xlsx', 'authorities.geojson'])(
    '%s may be stored for a year, and has the same ETag and bytes from every instance',
    async name => {
      const search = { knownAt: past.recordedAt };
      const answers = [await file(url(), search, {}, name), await file(there.url, search, {}, name)];
      const bytes = await Promise.all(answers.map(async answer => Buffer.from(await answer.arrayBuffer())));
      for (const { status, headers } of answers) {
        expect([status, headers.get('cache-control')]).toEqual([200, `public, ${FOREVER}`]);
        expect([headers.get('register-cursor'), headers.get('register-known-at')]).toEqual([
          past.cursor,
          past.recordedAt,
        ]);
        expect(headers.get('content-disposition')).toContain(`-known-at-${past.recordedAt.replaceAll(':', '-')}.`);
        expect(headers.get('vary')).toBe('Accept-Encoding, Register-Known-At');
        expect(headers.get('surrogate-key')).toBe('PAST');
      }
      expect(answers[0]?.headers.get('etag')).toBe(answers[1]?.headers.get('etag'));
      expect(bytes[0]?.equals(bytes[1] as Buffer)).toBe(true);
      const etag = answers[0]?.headers.get('etag') as string;
      const again = await file(url(), search, { 'if-none-match': etag }, name);
      expect([again.status, again.headers.get('cache-control')]).toEqual([304, `public, ${FOREVER}`]);
    },
  );

  test('has the records of then', async () => {
    const read = async (search: Record<string, string>) => (await file(url(), search)).text();
    expect(await read({ knownAt: past.cursor })).toMatch(/,past,/);
    expect(await read({})).not.toMatch(/,past,/);
  });

  test.each(['partnerships.csv', 'partnerships.ndjson', 'partnerships.xlsx', 'authorities.geojson', 'difference.csv'])(
    '%s has another ETag after a redaction, and is sent again',
    async name => {
      const passage = `Jan Zonderling ${name}`;
      const { cursor } = await revise(url(), `Led by ${passage}.`);
      await revise(url(), 'Led by a person.');
      const search = { knownAt: cursor, ...(name.startsWith('difference') && { from: past.cursor }) };
      const before = await file(url(), search, {}, name);
      const [tag, bytes] = [before.headers.get('etag') as string, Buffer.from(await before.arrayBuffer())];
      expect((await file(url(), search, { 'if-none-match': tag }, name)).status).toBe(304);
      const { body } = await post(url(), {
        query: `mutation { redactField(input: { passage: "${passage}", reason: "AVG" }) { changes { cursor } } }`,
        headers: { authorization: `Bearer ${KEY}` },
      });
      expect(body.data.redactField.changes).toHaveLength(1);
      const after = await file(url(), search, { 'if-none-match': tag }, name);
      expect(after.status).toBe(200);
      const sent = Buffer.from(await after.arrayBuffer());
      if (/csv|ndjson/.test(name)) {
        expect(bytes.includes(passage)).toBe(true);
        expect(sent.includes(passage)).toBe(false);
      }
      expect((await file(there.url, search, {}, name)).headers.get('etag')).toBe(after.headers.get('etag'));
    },
  );

  test('says in its own header what it is of, where its format has one', async () => {
    const collection = await (await file(url(), { knownAt: past.cursor }, {}, 'authorities.geojson')).json();
    expect(collection).toMatchObject({ type: 'FeatureCollection', knownAt: past.cursor });
    const present = await (await file(url(), {}, {}, 'authorities.geojson')).json();
    expect(present).not.toHaveProperty('knownAt');
  });

  test('asked by a header is stored by no shared cache', async () => {
    const { headers } = await file(url(), {}, { 'register-known-at': past.cursor });
    expect([headers.get('cache-control'), headers.get('register-known-at')]).toEqual([
      `private, ${FOREVER}`,
      past.cursor,
    ]);
  });

  test('to a client with a key is private', async () => {
    const { headers } = await file(url(), { knownAt: past.cursor }, { authorization: `Bearer ${KEY}` });
    expect(headers.get('cache-control')).toBe(`private, ${FOREVER}`);
  });

  test('that is refused is not stored', async () => {
    const { status, headers } = await file(url(), { knownAt: '2026-11-24' });
    expect([status, headers.get('cache-control')]).toEqual([400, 'no-store']);
  });

  test('of the present says what it is of', async () => {
    newest = await revise(url(), 'newest of all');
    const { headers } = await file(url(), {});
    expect([headers.get('register-cursor'), headers.get('register-known-at')]).toEqual([newest.cursor, null]);
    expect(headers.get('cache-control')).toBe('no-cache');
  });
});

test('an answer that was being computed when all were removed is not cached', async () => {
  const { stream, database } = here;
  const cache = new ResponseCache(stream, 1_000_000);
  const response = { status: 200, headers: {}, body: '{}', encoding: 'latin1', isCacheable: true, cost: 1 } as const;
  const { cursor, recordedAt } = past;
  const knownAt = { changeId: 1, cursor, recordedAt, text: cursor };
  const compute = (meanwhile: () => void) =>
    cache.getOrCompute('key', { em: database.em.fork(), knownAt }, async (): Promise<PreparedResponse> => {
      meanwhile();
      return { ...response };
    });
  await compute(() => cache.clear());
  expect(cache.getStale('key')).toBeUndefined();
  await compute(() => undefined);
  expect(cache.getStale('key')?.body).toBe('{}');
  cache.close();
});
