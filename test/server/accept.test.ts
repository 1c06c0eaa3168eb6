import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { mediaTypeChoice } from '../../src/server/http/accept.js';
import { type AccessServer, openAccessServer } from '../support/access.js';
import { KEY } from '../support/feed.js';
import { UNBOUNDED } from '../support/protection.js';
import { openTestServer } from '../support/server.js';

let server: AccessServer;
beforeAll(async () => {
  server = await openAccessServer({ adminKey: KEY });
});
afterAll(() => server?.close());

const get = (path: string, accept: string) => fetch(server.url + path, { headers: { accept } });
const typeOf = ({ headers }: Response) => headers.get('content-type');
const HTML = 'text/html; charset=utf-8';
const JSON_LD = 'application/ld+json; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('RFC 9110, 12.5.1', () => {
  const choose = mediaTypeChoice('text/html', 'application/ld+json', 'application/json');
  test.each([
    ['*/*', 'text/html'],
    ['application/*', 'application/ld+json'],
    ['application/json, application/ld+json', 'application/json'],
    ['application/json;q=0.5, application/ld+json', 'application/ld+json'],
    ['text/*;q=0.3, text/html;q=0, application/json;q=0.1', 'application/json'],
    ['*/*;q=0.9, text/html;q=0.1', 'application/ld+json'],
    ['APPLICATION/JSON', 'application/json'],
    ['image/png', undefined],
    ['*/*;q=0', undefined],
    ['text', undefined],
    ['', undefined],
    ['application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', 'application/ld+json'],
    ['application/ld+json; profile="a, text/html; q=1" ; q=0.9, text/html;q=0.8', 'application/ld+json'],
    ['application/json;charset=utf-8;q=0.2, text/html;level=1;q=0.1', 'application/json'],
    ['application/json;q=0.2;x="\\"", text/html ; version = 2 ; Q=0.1', 'application/json'],
  ])('%s chooses %s', (accept, type) => {
    expect(choose(accept)).toBe(type);
  });

  test('a header of 16 kB takes no long time', () => {
    for (const piece of [';a', '; ', ';a="', ';a=\\"', ',', ';q=']) {
      const start = performance.now();
      choose(`text/html${piece.repeat(16_000 / piece.length)}`);
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});

test.each([
  ['application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"', JSON_LD],
  ['application/ld+json;profile="https://www.w3.org/ns/json-ld#x";q=0.9, text/html;q=0.8', JSON_LD],
  ['application/json;charset=utf-8', JSON_TYPE],
  [BROWSER, HTML],
])('a record for a client that accepts %s is %s', async (accept, type) => {
  const response = await get('/id/nl-breda', accept);
  expect([response.status, typeOf(response)]).toEqual([200, type]);
  expect(response.headers.get('vary')?.split(', ')).toContain('Accept');
});

test('data that a client prefers to a page is what it gets', async () => {
  const preferring = 'application/json, text/html;q=0.5';
  const [data, page] = await Promise.all([get('/export', preferring), get('/export', BROWSER)]);
  expect([typeOf(data), typeOf(page)]).toEqual([JSON_TYPE, HTML]);
  // Without the header against cross-site requests the API refuses a GET.
  const [api, desk] = await Promise.all([get('/graphql', preferring), get('/graphql', BROWSER)]);
  expect([api.status, typeOf(api), typeOf(desk)]).toEqual([400, JSON_TYPE, HTML]);
});

test.each([
  '/changes.json?filter=x',
  '/changes.json?filter={"authority":"nl-none"}',
  '/changes.atom?unknown=1',
  '/changes.atom?language=fr',
  '/sitemap.xml?language=fr',
  '/export/datapackage.json?unknown=1',
  '/export/partnerships.csv?unknown=1',
  '/changes.json?knownAt=yesterday',
])('an error of %s is data, for a browser, too', async path => {
  const response = await get(path, BROWSER);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(typeOf(response)).toMatch(/^application\/json\b/);
  expect(((await response.json()) as { errors: object[] }).errors).toHaveLength(1);
});

test('an id without a record is an error as data for a client of data', async () => {
  for (const id of ['nl-none', 'none', '%00']) {
    const response = await get(`/id/${id}?language=nl`, 'application/ld+json');
    expect([response.status, typeOf(response), response.headers.get('content-language')]).toEqual([
      404,
      JSON_TYPE,
      'nl',
    ]);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/^Er is geen record/), extensions: { code: 'NOT_FOUND' } }],
    });
  }
});

test.each([JSON_LD, BROWSER])('a client that accepts %s and has spent its budget gets 429', async accept => {
  const rate = { perAddress: 500, perKey: undefined, store: 'memory' as const };
  const limited = await openTestServer({ protection: { ...UNBOUNDED, rate } });
  try {
    const file = await fetch(`${limited.url}/export/programmes.csv`);
    expect([file.status, file.headers.get('ratelimit-remaining')]).toEqual([200, '0']);
    await file.text();
    for (const id of ['nl-breda', 'none']) {
      const response = await fetch(`${limited.url}/id/${id}`, { headers: { accept } });
      expect([id, response.status, typeOf(response)]).toEqual([id, 429, accept === BROWSER ? HTML : JSON_TYPE]);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await response.text()).toContain(accept === BROWSER ? '<h1>' : '"code":"RATE_LIMITED"');
    }
    const read: string[] = [];
    const onStatement = (message: unknown) => read.push((message as StatementEvent).text);
    statementChannel.subscribe(onStatement);
    try {
      for (const path of ['/export', '/export/datapackage.json', '/sitemap.xml']) {
        const { status } = await fetch(limited.url + path, { headers: { accept } });
        expect([path, status, read.filter(text => /\bexchange\b/.test(text))]).toEqual([path, 429, []]);
      }
    } finally {
      statementChannel.unsubscribe(onStatement);
    }
  } finally {
    await limited.close();
  }
});

describe('GraphQL', () => {
  const post = (query: string, accept: string) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}`, accept },
      body: JSON.stringify({ query }),
    });
  const record = (name: string) =>
    `mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "${name}" } }) { organisation { id } } }`;

  test.each([
    ['application/graphql-response+json;charset=utf-8', 'application/graphql-response+json; charset=utf-8'],
    ['application/json;profile="x", */*;q=0.1', JSON_TYPE],
  ])('is answered in a type with parameters: %s', async (accept, type) => {
    expect(typeOf(await post('{ band }', accept))).toBe(type);
    expect(typeOf(await post('{ __typename }', accept))).toBe(type);
    const written = await post(record(`Ministry of ${type}`), accept);
    expect([written.status, typeOf(written)]).toEqual([200, type]);
  });

  test('writes nothing for a client that accepts no answer', async () => {
    const refused = await post(record('Never written'), 'image/png');
    expect([refused.status, await refused.text()]).toEqual([406, expect.stringContaining("'accept' header")]);
    const listed = await post('{ organisations(filter: { name: { contains: "Never" } }) { totalCount } }', '*/*');
    expect(await listed.json()).toMatchObject({ data: { organisations: { totalCount: 0 } } });
  });
});
