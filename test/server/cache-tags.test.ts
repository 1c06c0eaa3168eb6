import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import type { CacheTagHeader } from '../../src/config/settings.js';
import type { RunningServer } from '../../src/server/serve.js';
import { KEY } from '../support/feed.js';
import { WITHOUT_COST } from '../support/protection.js';
import { openTestServer } from '../support/server.js';

const TIE = 'tie-rotterdam-shanghai';

const servers = new Map<CacheTagHeader | undefined, RunningServer>();
beforeAll(async () => {
  for (const cacheTagHeader of ['Cache-Tag', 'Surrogate-Key', 'Edge-Cache-Tag', undefined] as const) {
    const options = { protection: WITHOUT_COST, access: { adminKey: KEY }, cacheTagHeader };
    const cacheBytes = cacheTagHeader === 'Cache-Tag' ? 10_000_000 : 0;
    servers.set(cacheTagHeader, await openTestServer({ ...options, cacheBytes }));
  }
});
afterAll(() => Promise.all([...servers.values()].map(server => server.close())));

const get = (query: string, header: CacheTagHeader | 'none' = 'Cache-Tag', headers = {}) =>
  fetch(`${servers.get(header === 'none' ? undefined : header)?.url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { 'content-type': 'application/json', ...headers },
  });
const tagsOf = async (query: string, header: CacheTagHeader = 'Cache-Tag') => {
  const response = await get(query, header);
  expect([response.status, await response.text()]).toEqual([200, expect.not.stringContaining('"errors"')]);
  return response.headers.get(header)?.split(header === 'Surrogate-Key' ? ' ' : ',') ?? [];
};
const post = async (query: string) => {
  const response = await fetch(`${servers.get('Cache-Tag')?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question.
  return (await response.json()) as any;
};

test.each<[what: string, query: string, tags: string[]]>([
  ['a record by id', `{ partnership(id: "${TIE}") { notes } }`, ['PARTNERSHIP', TIE]],
  ['an id without a record', '{ partnership(id: "tie-nobody-nowhere") { id } }', ['PARTNERSHIP', 'tie-nobody-nowhere']],
  [
    'a record with those that it refers to',
    `{ partnership(id: "${TIE}") { dutch { name parent { name } } chinese { name } } }`,
    ['AUTHORITY', 'PARTNERSHIP', TIE, 'nl-rotterdam', 'nl-prov-zuid-holland', 'cn-shanghai'],
  ],
  [
    'a record with its status period, which changes with it and has an id too',
    `{ partnership(id: "${TIE}") { status statusPeriods { status } } }`,
    ['PARTNERSHIP', TIE, 'tie-*'],
  ],
  [
    'a record with a list',
    `{ partnership(id: "${TIE}") { exchanges(first: 2) { nodes { title } } } }`,
    ['PARTNERSHIP', 'EXCHANGE', 'EXCHANGE-LIST', TIE, 'exch-*', 'exch-*'],
  ],
  [
    'a count under a record',
    `{ partnership(id: "${TIE}") { exchanges { totalCount } } }`,
    ['PARTNERSHIP', 'EXCHANGE', 'EXCHANGE-LIST', TIE],
  ],
  [
    'two records by id',
    `{ partnership(id: "${TIE}") { id } node(id: "nl-rotterdam") { id ... on Authority { name } } }`,
    ['AUTHORITY', 'PARTNERSHIP', TIE, 'nl-rotterdam'],
  ],
  [
    'a list, whatever is selected of it',
    '{ organisations(first: 2) { nodes { website } } }',
    ['ORGANISATION', 'ORGANISATION-LIST', 'org-*', 'org-*'],
  ],
  [
    'a list by alias',
    '{ organisations(first: 1) { nodes { id: website } } }',
    ['ORGANISATION', 'ORGANISATION-LIST', 'org-*'],
  ],
  ['a count', '{ programmes { totalCount } }', ['PROGRAMME', 'PROGRAMME-LIST']],
  ['no record', '{ __typename }', []],
])('the tags of %s', async (_, query, tags) => {
  const shape = (own: string[]) =>
    own.map(tag => (tags.includes(tag) ? tag : tag.replace(/^([a-z]+-).*/, '$1*'))).sort();
  const first = await tagsOf(query);
  expect(shape(first)).toEqual([...tags].sort());
  // From the cache, without it, and in the form of another vendor.
  expect(await tagsOf(query)).toEqual(first);
  expect(await tagsOf(query, 'Surrogate-Key')).toEqual(first);
});

test('a filter through other records depends on all of them', async () => {
  const tags = await tagsOf(
    '{ partnerships(first: 1, filter: { dutch: { within: "nl-prov-zuid-holland" } }) { nodes { id } } }',
  );
  expect(tags).toEqual(expect.arrayContaining(['PARTNERSHIP-LIST', 'AUTHORITY-LIST']));
});

test('ids are left out where they would be 8 kB or more, or too many for the vendor', async () => {
  const some = '{ exchanges(first: 100) { nodes { id } } }';
  expect((await tagsOf(some)).filter(tag => tag.startsWith('exch-'))).toHaveLength(100);
  const long = Array.from(
    { length: 14 },
    (_, i) => `t${i}: partnership(id: "tie-${'x'.repeat(110)}-${i}") { id }`,
  ).join(' ');
  const many = `{ a: exchanges(first: 100) { nodes { id } } b: exchanges(last: 100) { nodes { id } } c: partnerships(first: 100) { nodes { id dutch { id } chinese { id } } } d: authorities(first: 100) { nodes { id } } ${long} }`;
  for (const header of ['Cache-Tag', 'Edge-Cache-Tag'] as const) {
    const tags = await tagsOf(many, header);
    // Without ids each type counts as a whole: also those that are read by id.
    expect(tags.filter(tag => /^[a-z]/.test(tag))).toEqual([]);
    expect(tags).toEqual(expect.arrayContaining(['EXCHANGE', 'EXCHANGE-LIST', 'PARTNERSHIP', 'PARTNERSHIP-LIST']));
  }
});

test('a 304 has the tags, a private response, an error, a POST and a server without the setting have none', async () => {
  const query = `{ partnership(id: "${TIE}") { notes } }`;
  const first = await get(query);
  const same = await get(query, 'Cache-Tag', { 'if-none-match': first.headers.get('etag') as string });
  expect([same.status, same.headers.get('cache-tag')]).toEqual([304, first.headers.get('cache-tag')]);
  const own = await get(query, 'Cache-Tag', { authorization: `Bearer ${KEY}` });
  expect([own.status, own.headers.get('cache-control'), own.headers.get('cache-tag')]).toEqual([
    200,
    'private, no-cache',
    null,
  ]);
  expect((await get('{ partnership(id: "Zeeland") { id } }')).headers.get('cache-tag')).toBeNull();
  expect([...(await get(query, 'none')).headers.keys()].filter(name => /tag$|surrogate/.test(name))).toEqual(['etag']);
});

test('exports have the types of their records', async () => {
  const exported = (path: string, headers = {}) =>
    fetch(`${servers.get('Cache-Tag')?.url}/export/${path}`, { headers });
  const response = await exported('organisations.csv');
  await response.text();
  expect(response.headers.get('cache-tag')).toBe('ORGANISATION,ORGANISATION-LIST');
  const same = await exported('organisations.csv', { 'if-none-match': response.headers.get('etag') as string });
  expect([same.status, same.headers.get('cache-tag')]).toEqual([304, 'ORGANISATION,ORGANISATION-LIST']);
});

/** Responses of all kinds, some of which each change below makes invalid. */
const PAGES = [
  `{ partnership(id: "${TIE}") { notes status dutch { name } } }`,
  '{ partnership(id: "tie-delft-jingdezhen") { notes } }',
  `{ node(id: "${TIE}") { ... on Partnership { notes statusPeriods { status } } } }`,
  `{ partnership(id: "${TIE}") { exchanges { totalCount nodes { title } } } }`,
  '{ exchange(id: "exch-rotterdam-shanghai-rcro") { title partnership { notes } dutch { name } } }',
  '{ authority(id: "nl-rotterdam") { name } }',
  '{ authority(id: "nl-rotterdam") { name partnerships { nodes { notes } } } }',
  '{ partnerships(first: 5) { nodes { notes dutch { name } } } }',
  '{ partnerships(filter: { status: { in: [ACTIVE] } }) { totalCount } }',
  '{ organisation(id: "org-vng") { notes } }',
  '{ organisations(first: 3) { nodes { notes } } }',
  '{ exchanges(first: 2, orderBy: [{ field: TITLE }]) { nodes { title } } }',
];

test('whatever a change alters is purged by its id and the list of its type, or by its type', async () => {
  const cdn = new Map<string, { text: string; tags: string[] }>();
  const answer = async (query: string) => {
    const response = await get(query);
    const text = await response.text();
    expect([response.status, text]).toEqual([200, expect.not.stringContaining('"errors"')]);
    return { text, tags: response.headers.get('cache-tag')?.split(',') ?? [] };
  };
  for (const query of PAGES) cdn.set(query, await answer(query));
  const versionOf = async (field: string, id: string) =>
    (await post(`{ ${field}(id: "${id}") { version } }`)).data[field].version;
  const fields = 'userErrors { message } change { subjectType subjectId }';
  const mutations = [
    async () =>
      `revisePartnership(input: { id: "${TIE}", expectedVersion: ${await versionOf('partnership', TIE)}, notes: "a new note" }) { ${fields} }`,
    async () =>
      `reviseOrganisation(input: { id: "org-vng", expectedVersion: ${await versionOf('organisation', 'org-vng')}, notes: "new" }) { ${fields} }`,
    async () =>
      `recordExchange(input: { kind: CULTURAL, title: { en: "A match" }, status: HELD, startedOn: "2019", dutch: "nl-rotterdam", chinese: "cn-shanghai", partnership: "${TIE}" }) { ${fields} }`,
    async () =>
      `reviseAuthority(input: { id: "nl-rotterdam", expectedVersion: ${await versionOf('authority', 'nl-rotterdam')}, names: { en: "Rotterdam on the Meuse" } }) { ${fields} }`,
  ];
  let [changed, purged] = [0, 0];
  for (const mutation of mutations) {
    const { data, errors } = await post(`mutation { result: ${await mutation()} }`);
    expect([errors, data?.result.userErrors]).toEqual([undefined, []]);
    const { subjectType, subjectId } = data.result.change;
    for (const [query, { text, tags }] of cdn) {
      const now = await answer(query);
      const isExact = tags.includes(subjectId) || tags.includes(`${subjectType}-LIST`);
      if (now.text !== text) {
        changed += 1;
        expect({ query, subjectId, isExact, byType: tags.includes(subjectType) }).toMatchObject({
          isExact: true,
          byType: true,
        });
      }
      if (isExact) purged += 1;
      cdn.set(query, now);
    }
  }
  expect(changed).toBeGreaterThan(10);
  // It is exact: fewer are purged than by type, and most of them have changed.
  expect(purged).toBeLessThan(mutations.length * PAGES.length * 0.6);
});

test('an invalid setting ends the start', () => {
  const config = (CACHE_TAG_HEADER: string) => readConfig({ DATA_DIR: 'memory', CACHE_TAG_HEADER }).cacheTagHeader;
  expect(config('Surrogate-Key')).toBe('Surrogate-Key');
  expect(config('')).toBeUndefined();
  for (const wrong of ['surrogate-key', 'X-Tags', 'Cache-Tag,Surrogate-Key']) {
    expect(() => config(wrong)).toThrow(
      `CACHE_TAG_HEADER is one of Cache-Tag, CDN-Tag, Edge-Cache-Tag, Surrogate-Key; got "${wrong}"`,
    );
  }
});
