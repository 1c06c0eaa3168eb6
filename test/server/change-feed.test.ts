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

test('the page of a record leads to the feed of its changes', async () => {
  const text = await (await get('/id/nl-delft?language=nl')).text();
  const [, path = ''] = /<link rel="alternate" type="application\/atom\+xml" href="([^"]+)">/.exec(text) ?? [];
  expect(text).toContain('Volg de wijzigingen: Atom</a>');
  const feed = parse(await (await get(path.replaceAll('&amp;', '&'))).text());
  expect(all(feed, 'entry').map(entry => textOf(entry, 'id'))).toEqual(await cursors({ authority: 'nl-delft' }));
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

test('other formats are not found', async () => {
  expect((await get('/changes.rss', { accept: 'application/json' })).status).toBe(404);
});
