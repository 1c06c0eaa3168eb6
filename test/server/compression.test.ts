import type { GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { testApi } from '../support/api.js';
import { allFields, decoded, send, type WireResponse } from '../support/encodings.js';
import { KEY } from '../support/feed.js';
import { WITHOUT_COST } from '../support/protection.js';
import { openTestServer } from '../support/server.js';

const CODINGS = ['zstd', 'br', 'gzip'] as const;
const TIES = '{ partnerships(first: 20) { nodes { id notes dutch { id name } chinese { id name } } } }';
const SMALL = '{ partnership(id: "tie-rotterdam-shanghai") { id } }';

const { service } = testApi();
let cached: RunningServer;
let uncached: RunningServer;
beforeAll(async () => {
  const options = { protection: WITHOUT_COST, access: { adminKey: KEY } };
  [cached, uncached] = await Promise.all([
    openTestServer({ ...options, cacheBytes: 10_000_000 }),
    openTestServer(options),
  ]);
});
afterAll(() => Promise.all([cached?.close(), uncached?.close()]));

const JSON_TYPE = { 'content-type': 'application/json' };
const accepting = (encodings?: string): Record<string, string> =>
  encodings === undefined ? JSON_TYPE : { ...JSON_TYPE, 'accept-encoding': encodings };
const get = (query: string, encodings?: string, headers = {}, server = cached) =>
  send(`${server.url}/graphql?query=${encodeURIComponent(query)}`, { ...accepting(encodings), ...headers });
const post = (query: string, encodings?: string, headers = {}, server = cached) =>
  send(
    `${server.url}/graphql`,
    { ...accepting(encodings), ...headers },
    { method: 'POST', body: JSON.stringify({ query }) },
  );
const codingOf = ({ headers }: WireResponse) => headers['content-encoding'];
/** Returns the content of a response, without the cost, which a cached one has too. */
const contentOf = async (response: WireResponse) => JSON.parse((await decoded(response)).toString());

describe('an answer from 1 kB', () => {
  test.each(CODINGS)(
    'is sent in %s to a client that accepts it, cached or not, with GET and with POST',
    async coding => {
      const plain = await get(TIES);
      expect(codingOf(plain)).toBeUndefined();
      const content = await contentOf(plain);
      expect(content.data.partnerships.nodes).toHaveLength(20);
      for (const server of [cached, uncached]) {
        for (const ask of [get, post]) {
          for (let round = 0; round < 3; round += 1) {
            const response = await ask(TIES, coding, {}, server);
            expect([response.status, codingOf(response)]).toEqual([200, coding]);
            expect(response.headers['content-length']).toBe(String(response.bytes.length));
            expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
            expect(response.headers.vary).toContain('Accept-Encoding');
            expect((await contentOf(response)).data).toEqual(content.data);
            expect(response.bytes.length).toBeLessThan(plain.bytes.length / 2);
          }
        }
      }
    },
  );

  test.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['*', 'zstd'],
    ['*;q=0, gzip', 'gzip'],
    ['zstd;q=0, br;q=0.5, gzip;q=0.5', 'br'],
    ['zstd;q=0.2, br;q=0.5, gzip;q=0.9', 'gzip'],
    ['gzip;q=0', undefined],
    ['gzip ; q=0.000 , br;q=0', undefined],
    ['gzip;q=0.4, identity;q=0.5', undefined],
    ['identity;q=0, gzip', 'gzip'],
    ['gzip, gzip, gzip', 'gzip'],
    ['gzip;q=0, gzip', 'gzip'],
    ['deflate, compress, snappy', undefined],
    ['br;q=abc', undefined],
    [',,;;,"', undefined],
    ['__proto__, constructor;q=0', undefined],
    [`${'x,'.repeat(6_000)}br`, 'br'],
  ])('for Accept-Encoding %j is in %s', async (encodings, coding) => {
    for (const server of [cached, uncached]) {
      const response = await get(TIES, encodings, {}, server);
      expect([response.status, codingOf(response)]).toEqual([200, coding]);
      expect((await contentOf(response)).data.partnerships.nodes).toHaveLength(20);
    }
  });

  test('with headers of 50 kB is refused before they are read', async () => {
    expect((await get(TIES, 'gzip,'.repeat(10_000))).status).toBe(431);
    expect((await get(TIES, 'gzip')).status).toBe(200);
  });

  test('of a mutation and of errors is compressed, too', async () => {
    const errors = await post(
      `{ ${Array.from({ length: 5 }, (_, i) => `field${i}${'x'.repeat(300)}`).join(' ')} }`,
      'br',
    );
    expect([errors.status, codingOf(errors)]).toEqual([400, 'br']);
    expect((await contentOf(errors)).errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const fields = allFields(service().schema.getType('Partnership') as GraphQLObjectType, 0);
    const mutation = `mutation { revisePartnership(input: { id: "tie-rotterdam-shanghai", expectedVersion: 1, notes: "${'news '.repeat(300)}" }) { partnership { ${fields} } } }`;
    const written = await post(mutation, 'zstd', { authorization: `Bearer ${KEY}` });
    expect([written.status, codingOf(written)]).toEqual([200, 'zstd']);
    expect((await contentOf(written)).data.revisePartnership.partnership.version).toBe(2);
  });

  test('of 20 full ties is a fifth on the wire, or less', async () => {
    const fields = allFields(service().schema.getType('Partnership') as GraphQLObjectType, 1);
    const query = `{ partnerships(first: 20) { nodes { ${fields} } } }`;
    const plain = await post(query);
    expect((await contentOf(plain)).errors).toBeUndefined();
    expect(plain.bytes.length).toBeGreaterThan(20_000);
    for (const coding of CODINGS) {
      const { bytes } = await post(query, coding);
      if (process.env.SHOW_SIZES) console.log(coding, plain.bytes.length, bytes.length);
      expect(bytes.length).toBeLessThan(plain.bytes.length / 5);
    }
  });
});

test('a smaller answer is sent as it is, unless the client refuses that', async () => {
  const plain = await get(SMALL, 'gzip, br, zstd');
  expect([plain.status, codingOf(plain)]).toEqual([200, undefined]);
  expect(plain.headers.vary).toContain('Accept-Encoding');
  for (const server of [cached, uncached]) {
    const response = await get(SMALL, 'identity;q=0, br', {}, server);
    expect([codingOf(response), await contentOf(response)]).toEqual(['br', await contentOf(plain)]);
  }
});

test.each(['identity;q=0', '*;q=0', 'identity;q=0, deflate', 'gzip;q=0, *;q=0'])(
  'a client that accepts nothing (%s) gets 406, and nothing is executed',
  async encodings => {
    for (const server of [cached, uncached]) {
      for (const ask of [get, post]) {
        const response = await ask(TIES, encodings, {}, server);
        expect([response.status, codingOf(response)]).toEqual([406, undefined]);
        expect(response.headers.vary).toContain('Accept-Encoding');
        expect(await contentOf(response)).toEqual({
          errors: [
            {
              message: `Accept-Encoding must permit one of zstd, br, gzip, identity; got "${encodings}". Leave out the header, or identity;q=0 and *;q=0.`,
              extensions: {
                code: 'BAD_REQUEST',
                rule: 'ENCODING_NOT_ACCEPTABLE',
                params: { offered: 'zstd, br, gzip, identity', header: JSON.stringify(encodings) },
              },
            },
          ],
        });
      }
    }
    const mutation =
      'mutation { revisePartnership(input: { id: "tie-delft-jingdezhen", expectedVersion: 1, notes: "never" }) { partnership { id } } }';
    expect((await post(mutation, encodings, { authorization: `Bearer ${KEY}` })).status).toBe(406);
    const { data } = await contentOf(await post('{ partnerships { nodes { notes } } }'));
    expect(JSON.stringify(data)).not.toContain('never');
  },
);

describe('the ETag', () => {
  test('is strong and own for each encoding, and gives 304 for the encoding that the request selects', async () => {
    for (const server of [cached, uncached]) {
      const plain = await get(TIES, undefined, {}, server);
      const etag = plain.headers.etag as string;
      expect(etag).toMatch(/^"[\w-]{27}"$/);
      const etags = new Map<string | undefined, string>([[undefined, etag]]);
      for (const coding of CODINGS) {
        const response = await get(TIES, coding, {}, server);
        expect(response.headers.etag).toBe(`${etag.slice(0, -1)}-${coding}"`);
        // Equal tags, equal bytes.
        expect((await get(TIES, coding, {}, server)).bytes.equals(response.bytes)).toBe(true);
        etags.set(coding, response.headers.etag as string);
      }
      for (const [coding, own] of etags) {
        for (const ifNoneMatch of [own, `"other", W/${own}`, [...etags.values()].join(', '), '*']) {
          const { status, headers, bytes } = await get(TIES, coding, { 'if-none-match': ifNoneMatch }, server);
          expect([status, headers.etag, bytes.length]).toEqual([304, own, 0]);
          expect(headers.vary).toBe(plain.headers.vary);
          expect(headers['content-encoding']).toBeUndefined();
        }
        // A cache that has only another form could not use a 304: RFC 9111, 4.3.4.
        for (const other of [...etags.values()].filter(tag => tag !== own)) {
          const { status, headers } = await get(TIES, coding, { 'if-none-match': other }, server);
          expect([status, headers.etag]).toEqual([200, own]);
        }
      }
    }
  });

  test('is own for each media type, so that no cache answers with the one that it has', async () => {
    for (const server of [cached, uncached]) {
      const etag = (await get(TIES, undefined, {}, server)).headers.etag as string;
      const accept = 'application/graphql-response+json';
      const { status, headers } = await get(TIES, undefined, { accept, 'if-none-match': etag }, server);
      expect([status, headers['content-type']]).toEqual([200, `${accept}; charset=utf-8`]);
      const again = await get(TIES, undefined, { accept, 'if-none-match': headers.etag }, server);
      expect([again.status, again.headers.etag]).toEqual([304, headers.etag]);
    }
  });

  test('of a form that nobody has asked for gives 304 without compressing anything', async () => {
    const query = '{ partnerships(first: 20) { nodes { id notes } } }';
    const etag = (await get(query)).headers.etag as string;
    const { status } = await get(query, 'gzip', { 'if-none-match': `${etag.slice(0, -1)}-gzip"` });
    expect(status).toBe(304);
  });
});

describe('a page and its files', () => {
  const HTML = { accept: 'text/html' };
  const page = (headers: Record<string, string> = {}, method = 'GET') =>
    send(`${cached.url}/graphql`, { ...HTML, ...headers }, { method });

  test('are sent in the encodings that the build made, by the same rules', async () => {
    const plain = await page();
    const [script] = /\/graphiql\/[^"]+\.js/.exec(plain.bytes.toString()) ?? [];
    const file = (headers: Record<string, string> = {}, method = 'GET') =>
      send(`${cached.url}${script}`, headers, { method });
    for (const ask of [page, file]) {
      const whole = await ask();
      expect(codingOf(whole)).toBeUndefined();
      for (const [encodings, coding] of [
        ['gzip, deflate, br, zstd', 'br'],
        ['gzip', 'gzip'],
        ['zstd', undefined],
        ['identity, gzip;q=0.5', undefined],
      ]) {
        const headers = { 'accept-encoding': encodings as string };
        const response = await ask(headers);
        expect([response.status, codingOf(response)]).toEqual([200, coding]);
        expect((await decoded(response)).equals(whole.bytes)).toBe(true);
        expect(response.headers.vary).toContain('Accept-Encoding');
        const head = await ask(headers, 'HEAD');
        expect({ ...head.headers, date: '' }).toEqual({ ...response.headers, date: '' });
        expect(head.bytes).toHaveLength(0);
        const etag = response.headers.etag as string;
        expect(etag.endsWith(coding ? `-${coding}"` : '"')).toBe(true);
        const same = await ask({ ...headers, 'if-none-match': etag });
        expect([same.status, same.headers.etag, same.headers.vary]).toEqual([304, etag, response.headers.vary]);
      }
      const refused = await ask({ 'accept-encoding': 'zstd, identity;q=0' });
      expect([refused.status, refused.headers.vary]).toEqual([406, 'Accept-Encoding, Accept-Language']);
    }
    expect(plain.headers.vary).toBe('Accept, Accept-Encoding');
  });
});

test('event streams are not compressed', async () => {
  const { status, headers, bytes } = await send(`${cached.url}/graphql/stream?query=${encodeURIComponent(TIES)}`, {
    accept: 'text/event-stream',
    'accept-encoding': 'gzip, br, zstd',
  });
  expect([status, headers['content-encoding']]).toEqual([200, undefined]);
  expect(bytes.toString()).toMatch(/^event: next/m);
});

test('a form is made once, for all that ask at the same time', async () => {
  const query = '{ partnerships(first: 20) { nodes { id notes origin } } }';
  await get(query);
  const responses = await Promise.all(Array.from({ length: 20 }, () => get(query, 'br')));
  expect(new Set(responses.map(({ bytes }) => bytes.toString('base64'))).size).toBe(1);
  expect(responses.map(codingOf)).toEqual(Array(20).fill('br'));
});
