import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccessServer, openAccessServer } from '../support/access.js';
import type { Json } from '../support/calls.js';
import { ask, KEY } from '../support/feed.js';

let server: AccessServer;
beforeAll(async () => {
  server = await openAccessServer({ adminKey: KEY });
});
afterAll(() => server?.close());

const RECORD =
  'mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) { organisation { id } } }';
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });
const delft = encodeURIComponent('{"authority": "nl-delft"}');

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Element[];
}

/** Parses XML, and throws if it is not well-formed. */
function parse(xml: string): Element {
  const open: Element[] = [{ name: '', attributes: {}, text: '', children: [] }];
  const parser = new SaxesParser();
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', text => {
    (open.at(-1) as Element).text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return open[0]?.children[0] as Element;
}
const all = ({ children }: Element, name: string) => children.filter(child => child.name === name);
const textOf = (element: Element | undefined, name: string) => element && all(element, name)[0]?.text;

/** Returns the cursors of the changes that the API has, newest first. */
async function cursors(filter: unknown): Promise<string[]> {
  const { changes } = await ask(
    server.url,
    'query($filter: ChangeFilter) { changes(last: 100, filter: $filter) { nodes { cursor } } }',
    { filter },
  );
  return changes.nodes.map(({ cursor }: { cursor: string }) => `urn:stedenband:change:${cursor}`).toReversed();
}

test('HEAD has the validators of GET, each header once', async () => {
  for (const path of ['/changes.atom', '/changes.json', '/id/nl-delft', '/export', '/sitemap.xml']) {
    const got = await get(path);
    const head = await fetch(`${server.url}${path}`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['etag', 'vary', 'cache-control']) expect(head.headers.get(name)).toBe(got.headers.get(name));
    const etag = got.headers.get('etag') as string;
    const again = await fetch(`${server.url}${path}`, { method: 'HEAD', headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const vary = got.headers.get('vary')?.split(', ');
    expect(vary).toEqual([...new Set(vary)]);
  }
  const vary = (await get('/changes.atom?unknown=1')).headers.get('vary')?.split(', ');
  expect(vary).toEqual([...new Set(vary)]);
});

test('the changes of a city are an Atom feed in the language of the reader', async () => {
  const response = await get(`/changes.atom?filter=${delft}&language=nl`);
  expect([response.status, response.headers.get('content-type'), response.headers.get('content-language')]).toEqual([
    200,
    'application/atom+xml; charset=utf-8',
    'nl',
  ]);
  const text = await response.text();
  const feed = parse(text);
  expect([feed.name, feed.attributes.xmlns]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
  const entries = all(feed, 'entry');
  expect(entries.map(entry => textOf(entry, 'id'))).toEqual(await cursors({ authority: 'nl-delft' }));
  const [entry] = entries as [Element];
  expect(textOf(entry, 'title')).toMatch(/^Vastgelegd: /);
  expect(Date.parse(textOf(entry, 'updated') ?? '')).not.toBeNaN();
  expect(textOf(feed, 'updated')).toBe(textOf(entry, 'updated'));
  const href = all(entry, 'link')[0]?.attributes.href as string;
  expect(href).toMatch(/\/id\/[a-z0-9-]+\?language=nl$/);
  expect((await fetch(href)).status).toBe(200);
});

/** The elements that RFC 4287 permits in a feed and in an entry, of those that this one has: how many, at least and at most. */
const FEED_ELEMENTS = { id: [1, 1], title: [1, 1], updated: [1, 1], author: [1, 1], rights: [0, 1], link: [1, 9] };
const ENTRY_ELEMENTS = { id: [1, 1], title: [1, 1], updated: [1, 1], content: [1, 1], link: [1, 1], category: [0, 9] };
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Checks a feed by RFC 4287: its elements, their number and their forms. */
function expectAtom(feed: Element): void {
  const check = (element: Element, permitted: Record<string, number[]>) => {
    const others = element.children.filter(({ name }) => name !== 'entry' && !(name in permitted));
    expect(others).toEqual([]);
    for (const [name, [least = 0, most]] of Object.entries(permitted)) {
      expect(all(element, name).length, name).toBeGreaterThanOrEqual(least);
      expect(all(element, name).length, name).toBeLessThanOrEqual(most as number);
    }
    // The text of each is recommended not to be empty.
    for (const child of element.children.filter(({ name }) => !/^(?:link|category|author|entry)$/.test(name)))
      expect(child.text, child.name).not.toBe('');
    expect(textOf(element, 'updated')).toMatch(RFC_3339);
    expect(URL.canParse(textOf(element, 'id') ?? '')).toBe(true);
    for (const { attributes } of all(element, 'link')) expect(URL.canParse(attributes.href as string)).toBe(true);
    for (const { attributes } of all(element, 'category')) expect(attributes.term).not.toBe('');
  };
  check(feed, FEED_ELEMENTS);
  const rels = all(feed, 'link').map(({ attributes }) => attributes.rel);
  expect(rels).toEqual([...new Set(rels)]);
  expect(rels).toContain('self');
  expect(textOf(all(feed, 'author')[0], 'name')).toBe('stedenband');
  for (const entry of all(feed, 'entry')) check(entry, ENTRY_ELEMENTS);
  const ids = all(feed, 'entry').map(entry => textOf(entry, 'id'));
  expect(new Set(ids).size).toBe(ids.length);
}

/** JSON Feed 1.1, of which this one has no other members. */
const JSON_FEED = {
  type: 'object',
  required: ['version', 'title', 'items', 'home_page_url', 'feed_url', 'language'],
  additionalProperties: false,
  properties: {
    version: { const: 'https://jsonfeed.org/version/1.1' },
    title: { type: 'string', minLength: 1 },
    home_page_url: { type: 'string', format: 'uri' },
    feed_url: { type: 'string', format: 'uri' },
    next_url: { type: 'string', format: 'uri' },
    language: { enum: ['nl', 'en', 'zh-Hans'] },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'url', 'title', 'content_text', 'date_published'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', minLength: 1 },
          url: { type: 'string', format: 'uri' },
          title: { type: 'string', minLength: 1 },
          content_text: { type: 'string', minLength: 1 },
          date_published: { type: 'string', format: 'date-time' },
          tags: { type: 'array', items: { type: 'string', minLength: 1 } },
        },
      },
    },
  },
};

test.each(['nl', 'en', 'zh'])('all pages in %s are valid by RFC 4287 and by JSON Feed 1.1', async language => {
  const isValid = formats.default(new Ajv({ allErrors: true })).compile(JSON_FEED);
  const titles: string[] = [];
  for (let url: string | undefined = `${server.url}/changes.json?language=${language}`; url; ) {
    const [json, xml]: [Json, string] = await Promise.all([
      fetch(url).then(response => response.json()),
      fetch(url.replace('.json', '.atom')).then(response => response.text()),
    ]);
    expect(isValid(json), JSON.stringify(isValid.errors)).toBe(true);
    const feed = parse(xml);
    expectAtom(feed);
    expect(all(feed, 'entry').map(entry => textOf(entry, 'title'))).toEqual(json.items.map(({ title }: Json) => title));
    titles.push(...json.items.map(({ title }: Json) => title));
    url = json.next_url;
  }
  const recorded = { nl: /^Vastgelegd: /, en: /^Recorded: /, zh: /^已登记: / }[language] as RegExp;
  for (const title of titles) expect(title).toMatch(recorded);
});

test('a feed of nothing is valid, too', async () => {
  const none = encodeURIComponent('{"subjectIds": []}');
  expectAtom(parse(await (await get(`/changes.atom?filter=${none}`)).text()));
  expect(await (await get(`/changes.json?filter=${none}`)).json()).toMatchObject({ items: [] });
});

test('the feed of one record has its label and its page; that of several those of the register', async () => {
  const read = async (filter: string) =>
    (await get(`/changes.json?language=nl&filter=${encodeURIComponent(filter)}`)).json() as Promise<Json>;
  for (const filter of ['{"authority": "nl-delft"}', '{"authorities": ["nl-delft"]}', '{"subjectIds": ["nl-delft"]}'])
    expect(await read(filter)).toMatchObject({
      title: 'Wijzigingen in Delft · stedenband',
      home_page_url: `${server.url}/id/nl-delft?language=nl`,
    });
  for (const filter of ['{"authorities": ["nl-delft", "nl-breda"]}', '{"subjectIds": ["nl-none"]}', 'null'])
    expect(await read(filter)).toMatchObject({
      title: 'Wijzigingen in stedenband',
      home_page_url: `${server.url}/questions?language=nl`,
    });
});

test('characters that XML does not have break no feed', async () => {
  const names = { en: 'A \u0001 and \uffff of feeds' };
  await ask(server.url, RECORD, { input: { kind: 'MINISTRY', names, reason: 'b\u001b' } });
  const feed = parse(await (await get('/changes.atom?language=en')).text());
  expectAtom(feed);
  expect(textOf(all(feed, 'entry')[0], 'title')).toBe('Recorded: A \ufffd and \ufffd of feeds');
});

test('pages of all origins may read a feed', async () => {
  const response = await get('/changes.json', { origin: 'https://reader.example' });
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
});

test('the page of a record leads to the feed of its changes', async () => {
  const text = await (await get('/id/nl-delft?language=nl')).text();
  const [, path = ''] = /<link rel="alternate" type="application\/atom\+xml" href="([^"]+)">/.exec(text) ?? [];
  expect(text).toContain('Volg de wijzigingen: Atom</a>');
  const feed = parse(await (await get(path.replaceAll('&amp;', '&'))).text());
  expect(all(feed, 'entry').map(entry => textOf(entry, 'id'))).toEqual(await cursors({ authority: 'nl-delft' }));
});

test.each(['xml', 'constructor', '__proto__', 'toString'])('there is none as %s', async extension => {
  expect((await get(`/changes.${extension}`)).status).toBe(404);
});

test('the same as JSON Feed, page by page: each change once', async () => {
  const ids: string[] = [];
  let pages = 0;
  for (let url: string | undefined = `${server.url}/changes.json`; url; pages += 1) {
    const response: Response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
    const feed = (await response.json()) as Json;
    expect(feed).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', feed_url: url });
    ids.push(...feed.items.map(({ id }: { id: string }) => id));
    url = feed.next_url;
  }
  expect(pages).toBeGreaterThan(3);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.slice(0, 100)).toEqual(await cursors(undefined));
});

test('a feed is not sent again until something changes', async () => {
  const path = '/changes.atom?language=en';
  const first = await get(path);
  const etag = first.headers.get('etag') as string;
  expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
  await ask(server.url, RECORD, { input: { kind: 'MINISTRY', names: { en: 'Ministry of feeds & <tests>' } } });
  const next = await get(path, { 'if-none-match': etag });
  expect(next.status).toBe(200);
  expect(textOf(all(parse(await next.text()), 'entry')[0], 'title')).toBe('Recorded: Ministry of feeds & <tests>');
});

test.each([
  ['an unknown authority', '{"authority": "nl-delfft"}', 400],
  ['a filter that is none', '{"city": 1}', 400],
  ['no JSON', '{{', 400],
])('%s is refused', async (_, filter, status) => {
  const response = await get(`/changes.json?filter=${encodeURIComponent(filter)}`, { accept: 'application/json' });
  expect(response.status).toBe(status);
});

test('a wrong filter is refused by the rules of the API, in the language of the reader', async () => {
  const path = `/changes.atom?filter=${encodeURIComponent('{kinds: [FOO]}')}`;
  const response = await get(path, { accept: 'application/json', 'accept-language': 'nl' });
  expect([response.status, ((await response.json()) as Json).errors[0]]).toMatchObject([
    400,
    { message: expect.stringMatching(/^"FOO" is geen keuze bij /), extensions: { rule: 'ENUM_VALUE_UNKNOWN' } },
  ]);
});

test('a parameter that is none is refused: the feed would be of all changes', async () => {
  const response = await get('/changes.atom?authority=nl-delft', { accept: 'application/json' });
  expect(response.status).toBe(400);
  expect(((await response.json()) as Json).errors[0]).toMatchObject({
    message: 'Unknown parameter "authority"; the feed accepts filter, before, language, knownAt.',
    extensions: { rule: 'FEED_PARAMETER_UNKNOWN' },
  });
});

test('other formats are not found', async () => {
  expect((await get('/changes.rss', { accept: 'application/json' })).status).toBe(404);
});
