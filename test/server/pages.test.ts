import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readerOf, textIn } from '../../src/server/pages/reader.js';
import { copyOnPostgreSql } from '../support/database.js';
import { KEY } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';
import { post, type Recorded, readsOf, revise, TIE } from '../support/past.js';

const FOREVER = 'max-age=31536000, immutable';

let server: Feed;
let past: Recorded;
let newest: Recorded;

beforeAll(async () => {
  server = await openFeed(await copyOnPostgreSql(), console.error, {
    cacheBytes: 8_000_000,
    cacheTagHeader: 'Surrogate-Key',
  });
  past = await revise(server.url, 'As it was in the past.');
  newest = await revise(server.url, 'As it is now.');
});
afterAll(() => server?.close());

interface Page {
  status: number;
  headers: Headers;
  text: string;
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Page> {
  const sent = { accept: 'text/html', 'register-read-after': newest.cursor, ...headers };
  const response = await fetch(server.url + path, { headers: sent });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The questions as the build collects them. */
const questions: { query: string; variables: Record<string, string> }[] = JSON.parse(
  readFileSync(new URL('../../dist/questions.json', import.meta.url), 'utf8'),
);
const nameOf = (query: string) => /^query (\w+)/m.exec(query)?.[1] as string;

const RECORDS = [
  ['nl-breda', 'Breda'],
  ['cn-nanjing', 'Nanjing'],
  [TIE, 'Rotterdam'],
  ['prog-vngi-iurc-china', 'IURC'],
  ['exch-rotterdam-shanghai-rcro', 'Rotterdam'],
  ['org-vng', 'VNG'],
] as const;

describe('the page of a record', () => {
  test('a merged municipality names its successor, and the successor what it was', async () => {
    const merged = await get('/id/nl-brielle', { 'accept-language': 'nl' });
    expect(merged.text).toMatch(/opgevolgd door[\s\S]*?href="[^"]*nl-voorne-aan-zee[^"]*"[\s\S]*?Voorne aan Zee/i);
    const successor = await get('/id/nl-voorne-aan-zee', { 'accept-language': 'en' });
    expect(successor.text).toMatch(/predecessors[\s\S]*?href="[^"]*nl-brielle[^"]*"/i);
    const linked = await get('/id/nl-brielle', { accept: 'application/ld+json' });
    expect(JSON.parse(linked.text)['dcterms:isReplacedBy']['@id']).toMatch(/nl-voorne-aan-zee$/);
  });

  test.each(RECORDS)('%s has its name, facts, sources, history, citation and form', async (id, name) => {
    const { status, headers, text } = await get(`/id/${id}`, { 'accept-language': 'en' });
    expect([status, headers.get('content-language')]).toEqual([200, 'en']);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toMatch(new RegExp(`<h1>.*${name}.*</h1>`));
    for (const heading of ['Facts', 'Sources', 'History', 'Cite', 'Files, and further work', 'Is something wrong?'])
      expect(text).toContain(`>${heading}</h2>`);
    expect(text).toContain('@misc{stedenband-');
    expect(text).toMatch(new RegExp(`Licence: \\[CC BY 4.0\\]|/id/${id}\\?knownAt=`));
    expect(text).toContain(`<p class="id">${id}</p>`);
    expect(Buffer.byteLength(text)).toBeLessThan(60_000);
  });

  test('is in the language of the browser, unless the address names another one', async () => {
    const dutch = await get('/id/cn-nanjing', { 'accept-language': 'nl-NL,nl;q=0.9' });
    expect(dutch.text).toContain('<html lang="nl">');
    expect(dutch.text).toContain('<h2 id="facts">Gegevens</h2>');
    expect(dutch.text).toContain('<span lang="zh-Hans">南京市</span>');
    expect(dutch.headers.get('vary')).toContain('Accept-Language');
    const chinese = await get('/id/cn-nanjing?language=zh', { 'accept-language': 'nl' });
    expect(chinese.text).toContain('<html lang="zh-Hans">');
    expect(chinese.text).toContain('<h1>南京市</h1>');
    expect(chinese.text).toContain('href="/id/cn-prov-jiangsu?language=zh"');
    expect(chinese.headers.get('vary')).not.toContain('Accept-Language');
    const wrong = await get('/id/cn-nanjing?language=fr', { 'accept-language': 'nl' });
    expect([wrong.status, wrong.text]).toEqual([
      400,
      expect.stringContaining('language is &quot;fr&quot;; pagina’s zijn er in en, nl, zh.'),
    ]);
    const twice = await get('/id/cn-nanjing?language=nl&language=en', { 'accept-language': 'nl' });
    expect([twice.status, twice.text]).toEqual([400, expect.stringContaining('mag maar één keer voorkomen')]);
  });

  test('numbers the sources, and each fact links to those that support it', async () => {
    const { text } = await get(`/id/${TIE}`, { 'accept-language': 'en' });
    const fact = /<dt>Start date<\/dt><dd>.*?<\/dd>/.exec(text)?.[0] ?? '';
    const numbers = [...fact.matchAll(/href="#source-(\d+)"/g)].map(([, number]) => number);
    expect(numbers.length).toBeGreaterThan(0);
    for (const number of numbers) {
      const source = text.slice(text.indexOf(`<li id="source-${number}">`));
      expect(source.slice(0, source.indexOf('</li>'))).toContain('start date');
    }
  });

  test('draws each tie by its status', async () => {
    const arcs = async (id: string) =>
      [...(await get(`/id/${id}`)).text.matchAll(/<path class="arc (\w+)"/g)].map(([, status]) => status);
    expect(await arcs('cn-nanjing')).toEqual(['ended']);
    expect(await arcs(TIE)).toEqual(['active']);
    expect((await arcs('nl-groningen')).toSorted()).toEqual(['dormant', 'unknown', 'unknown']);
  });

  test.each([
    ['authority', 9, ['nl-breda', 'nl-rotterdam', 'cn-shanghai', 'nl-prov-noord-brabant', 'nl-delft']],
    ['partnership', 12, [TIE, 'tie-breda-yangzhou', 'tie-prov-noord-brabant-prov-jiangsu']],
    ['programme', 9, ['prog-vngi-iurc-china']],
    ['exchange', 6, ['exch-rotterdam-shanghai-rcro', 'exch-breda-yangzhou-cny-2010']],
    ['organisation', 5, ['org-vng', 'org-cpaffc']],
  ] as const)('of the type %s takes at most %i statements, and none from the cache', async (_, most, ids) => {
    // The moment of the citation is read once after a change.
    await get('/questions/EarliestTie');
    for (const id of ids) {
      const [, first] = await readsOf(() => get(`/id/${id}`, { 'accept-language': 'zh' }));
      const [, again] = await readsOf(() => get(`/id/${id}`, { 'accept-language': 'zh-CN' }));
      // A reference that a record does not have takes none.
      expect(first.length).toBeGreaterThan(most - 2);
      expect(first.length).toBeLessThanOrEqual(most);
      expect(again).toEqual([]);
    }
  });

  test('is cached and tagged as an answer: 304 until a change, and new after it', async () => {
    const first = await get(`/id/${TIE}`);
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    expect(first.headers.get('surrogate-key')?.split(' ')).toEqual(expect.arrayContaining(['PARTNERSHIP', TIE]));
    const etag = first.headers.get('etag') as string;
    expect((await get(`/id/${TIE}`, { 'if-none-match': etag })).status).toBe(304);
    newest = await revise(server.url, 'Revised once more.');
    const after = await get(`/id/${TIE}`, { 'if-none-match': etag });
    expect([after.status, after.text]).toEqual([200, expect.stringContaining('Revised once more.')]);
  });

  test('with a key is private', async () => {
    const { headers } = await get(`/id/${TIE}`, { authorization: `Bearer ${KEY}` });
    expect([headers.get('cache-control'), headers.get('surrogate-key')]).toEqual(['private, no-cache', null]);
  });

  test('charges the budget of the address as a query does, from the cache, too', async () => {
    const first = await get('/id/nl-delft');
    const again = await get('/id/nl-delft');
    const cost = Number(first.headers.get('x-graphql-cost'));
    expect(cost).toBeGreaterThan(1);
    expect(again.headers.get('x-graphql-cost')).toBe(String(cost));
  });
});

describe('linked data', () => {
  const data = async (id: string, accept = 'application/ld+json') => {
    const { headers, text } = await get(`/id/${id}`, { accept });
    return { headers, body: JSON.parse(text) };
  };

  test('has the same content in the page and by Accept, in the vocabularies of schema.org, ORG and PROV', async () => {
    const { headers, body } = await data('nl-breda');
    expect(headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    expect(headers.get('link')).toBe('</id/nl-breda>; rel="alternate"; type="text/html"');
    expect(body).toMatchObject({
      '@id': `${server.url}/id/nl-breda`,
      '@type': ['GovernmentOrganization', 'org:FormalOrganization', 'prov:Entity'],
      sameAs: 'http://www.wikidata.org/entity/Q40844',
      'org:subOrganizationOf': { '@id': `${server.url}/id/nl-prov-noord-brabant` },
      license: 'https://creativecommons.org/licenses/by/4.0/',
    });
    expect(body.name).toContainEqual({ '@language': 'zh-Hans', '@value': '布雷达' });
    expect(body['prov:wasDerivedFrom'].length).toBeGreaterThan(0);
    const page = await get('/id/nl-breda');
    expect(page.headers.get('link')).toBe('</id/nl-breda>; rel="alternate"; type="application/ld+json"');
    const inPage = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page.text)?.[1] ?? '';
    expect(JSON.parse(inPage)).toEqual(body);
  });

  test('names the sides of a tie, the dates in their precision, and comes as JSON, too', async () => {
    const { headers, body } = await data(TIE, 'application/json');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body['@type']).toContain('org:OrganizationalCollaboration');
    expect(body['org:hasMember']).toEqual([
      { '@id': `${server.url}/id/nl-rotterdam` },
      { '@id': `${server.url}/id/cn-shanghai` },
    ]);
    expect(body.foundingDate).toEqual({ '@type': 'xsd:gYear', '@value': '1979' });
    expect((await data('exch-rotterdam-shanghai-rcro')).body['@type']).toContain('Event');
  });
});

describe('the past', () => {
  test.each([['in the address'], ['in a header']])('is shown with a banner, for ever: the moment %s', async where => {
    const inUrl = where === 'in the address';
    const { headers, text } = await get(
      `/id/${TIE}?language=en${inUrl ? `&knownAt=${past.cursor}` : ''}`,
      inUrl ? {} : { 'register-known-at': past.cursor },
    );
    expect(text).toContain('As it was in the past.');
    expect(text).toMatch(/<p class="past">You see the register as it was known on <time datetime="[^"]+">/);
    expect(text).toContain(`knownAt=${past.cursor}`);
    expect(text).not.toContain('<form method="post"');
    expect(headers.get('cache-control')).toBe(`${inUrl ? 'public' : 'private'}, ${FOREVER}`);
    expect(headers.get('register-known-at')).toBe(past.cursor);
    if (inUrl) expect(headers.get('surrogate-key')).toBe('PAST');
  });

  test('has the same bytes after further changes', async () => {
    const path = `/id/${TIE}?language=nl&knownAt=${past.cursor}`;
    const before = await get(path);
    newest = await revise(server.url, 'Changed afterwards.');
    const [after, statements] = await readsOf(() => get(path));
    expect([after.text, statements]).toEqual([before.text, []]);
  });

  test('a moment that cannot be read is refused on a page', async () => {
    const { status, text, headers } = await get(`/id/${TIE}?knownAt=yesterday`, { 'accept-language': 'nl' });
    expect([status, headers.get('cache-control')]).toEqual([400, 'no-store']);
    expect(text).toContain('<h1>Dit lukt niet</h1>');
    expect(text).toContain('yesterday');
  });
});

describe('an id without a record', () => {
  test('gives 404 with records that were perhaps meant', async () => {
    const { status, text, headers } = await get('/id/nl-rotterdm', { 'accept-language': 'en' });
    expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect(text).toContain('<h1>No record with this id</h1>');
    expect(text).toContain('<a href="/id/nl-rotterdam">Rotterdam</a>');
  });

  test('of any form gives 404, and is shown as text', async () => {
    const half = `${'x'.repeat(119)}${encodeURIComponent('🏙')}`;
    for (const id of ['%3Cscript%3Ealert(1)%3C%2Fscript%3E', 'source-1', 'x'.repeat(500), half, '%E0%A4%A']) {
      const { status, text } = await get(`/id/${id}`, { 'accept-language': 'en' });
      expect([status, text.includes('<script>alert')]).toEqual([404, false]);
    }
  });

  test('that was withdrawn gives 410 with its last facts', async () => {
    const withdraw = `mutation { withdrawExchange(input: { id: "exch-rotterdam-shanghai-rcro", expectedVersion: 1, reason: "Recorded twice." }) { change { cursor } userErrors { message } } }`;
    const { body } = await post(server.url, { query: withdraw, headers: { authorization: `Bearer ${KEY}` } });
    expect(body.data.withdrawExchange.userErrors).toEqual([]);
    const before = newest;
    newest = { ...newest, cursor: body.data.withdrawExchange.change.cursor };
    const { status, text } = await get('/id/exch-rotterdam-shanghai-rcro', { 'accept-language': 'nl' });
    expect(status).toBe(410);
    expect(text).toContain('<p class="kind">Ingetrokken</p>');
    expect(text).toContain('Recorded twice.');
    expect(text).toMatch(/<dt>Titel<\/dt><dd>.*Rotterdam/);
    const data = await get('/id/exch-rotterdam-shanghai-rcro', { accept: 'application/ld+json' });
    expect([data.status, JSON.parse(data.text).errors[0].extensions.code]).toEqual([410, 'NOT_FOUND']);
    const then = await get(`/id/exch-rotterdam-shanghai-rcro?knownAt=${before.cursor}`);
    expect(then.status).toBe(200);
  });

  test('that was withdrawn, and redacted afterwards, still gives 410', async () => {
    const input =
      'id: "exch-rotterdam-shanghai-rcro", field: "notes", passage: "after 25 years", reason: "On request."';
    const redact = `mutation { redactField(input: { ${input} }) { userErrors { message } changes { cursor } } }`;
    const { body } = await post(server.url, { query: redact, headers: { authorization: `Bearer ${KEY}` } });
    expect(body.data.redactField.userErrors).toEqual([]);
    newest = { ...newest, cursor: body.data.redactField.changes.at(-1).cursor };
    const { status, text } = await get('/id/exch-rotterdam-shanghai-rcro', { 'accept-language': 'en' });
    expect(status).toBe(410);
    expect(text).toContain('Recorded twice.');
    expect(text).not.toContain('after 25 years');
  });

  test('a redacted text is shown as redacted, with the reason', async () => {
    const id = 'tie-breda-yangzhou';
    const { body: present } = await post(server.url, { query: `{ partnership(id: "${id}") { notes } }` });
    const text: string = present.data.partnership.notes.split(' ')[1];
    const redact = `mutation($text: String!) { redactField(input: { id: "${id}", field: "notes", passage: $text, reason: "On request." }) { userErrors { message } changes { cursor } } }`;
    const { body } = await post(server.url, {
      query: redact,
      variables: { text },
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(body).toMatchObject({ data: { redactField: { userErrors: [] } } });
    newest = { ...newest, cursor: body.data.redactField.changes.at(-1).cursor };
    const page = await get(`/id/${id}`, { 'accept-language': 'en' });
    expect(page.text).toContain('<mark>redacted</mark>');
    expect(page.text).toMatch(/<h2>Redacted<\/h2><ul><li>notes: .*On request\./);
  });
});

describe('the form of a report', () => {
  const report = (values: Record<string, string>, headers: Record<string, string> = {}, id = 'nl-breda') =>
    fetch(`${server.url}/id/${id}`, {
      method: 'POST',
      headers: { accept: 'text/html', 'accept-language': 'en', origin: server.url, ...headers },
      body: new URLSearchParams(values),
    });
  const GOOD = { field: 'names.zh', message: 'Another name is in use.', proposed: '布雷达市' };

  test('from a page of another site is refused, and counts for nothing', async () => {
    for (const headers of [
      { origin: 'https://elsewhere.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]) {
      const response = await report(GOOD, headers as Record<string, string>);
      expect(response.status).toBe(403);
    }
    const json = await fetch(`${server.url}/id/nl-breda`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', accept: 'text/html' },
      body: 'field=notes',
    });
    expect(json.status).toBe(415);
  });

  test('follows the rules of reportError, with what is wrong in the language of the page', async () => {
    const wrong = await report({ ...GOOD, message: 'Write to me at a@b.nl <b>', field: 'nothing' });
    const text = await wrong.text();
    expect([wrong.status, wrong.headers.get('cache-control')]).toEqual([422, 'no-store']);
    expect(text).toContain('role="alert"');
    expect(text).toContain('a@b.nl &lt;b&gt;</textarea>');
    expect(text.match(/<li>/g)?.length).toBeGreaterThan(1);
  });

  test('gives a receipt, and at most five in an hour', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      // As long as the form permits, which counts a line end, sent as CR LF, once.
      const response = await report({ ...GOOD, message: `${'\r\n'.padStart(40, 'x').repeat(50)}Doubt ${count}.` });
      statuses.push(response.status);
      const text = await response.text();
      if (response.ok) expect(text).toMatch(/Your receipt number is proposal-\w+\./);
      else expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(60);
    }
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  });
});

describe('the page of a question', () => {
  test.each(questions.map(({ query }) => nameOf(query)))('%s answers in each language', async name => {
    for (const language of ['nl', 'en', 'zh']) {
      const { status, text } = await get(`/questions/${name}`, { 'accept-language': language });
      expect(status).toBe(200);
      expect(Buffer.byteLength(text)).toBeLessThan(60_000);
      const headings = [...text.matchAll(/<(?:th scope="col"[^>]*|dt|h1|h2[^>]*|h3|title)>(.*?)<\//g)].map(
        ([, heading]) => (heading ?? '').replace(/<[^>]+>/g, ''),
      );
      expect(headings.length).toBeGreaterThan(4);
      const unnamed = headings.filter(heading =>
        language === 'zh' ? !/\p{Script=Han}/u.test(heading) : /^[a-z]+[A-Z_]/.test(heading),
      );
      expect(unnamed).toEqual([]);
    }
  });

  test('with a long table has three sources in a row, and says how many more there are', async () => {
    const { text } = await get('/questions/AllTiesOnTheMap', { 'accept-language': 'en' });
    const [rotterdam = ''] = /<tr>(?:(?!<tr>).)*tie-rotterdam-shanghai.*?<\/tr>/s.exec(text) ?? [];
    expect(rotterdam.match(/<li>/g)).toHaveLength(4);
    expect(rotterdam).toContain('<li>and 3 more</li>');
    const short = await get('/questions/EvidenceOfOneTie', { 'accept-language': 'en' });
    expect(short.text).not.toContain(' more</li>');
  });

  test('has a form of its variables: a date as a date, an authority with a list', async () => {
    const { text } = await get('/questions/EndedBetween', { 'accept-language': 'nl' });
    expect(text).toContain('<label for="variable-from">Van (verplicht)</label>');
    expect(text).toMatch(/<input id="variable-from" name="from" required type="date" value="2021-05-07"/);
    const year = await get('/questions/EndedBetween?from=2021&until=2023-12-31');
    expect(year.text).toMatch(/name="from" required type="text" value="2021"/);
    const province = await get('/questions/TiesOfOneProvince?province=nl-prov-utrecht', { 'accept-language': 'nl' });
    expect(province.text).toMatch(
      /name="province" required type="text" list="authorities" autocomplete="off" value="nl-prov-utrecht"/,
    );
    expect(province.text).toContain('<option value="nl-prov-gelderland">Gelderland</option>');
    expect(province.text).toContain('<a href="/id/nl-prov-utrecht">Utrecht</a>');
  });

  test('answers with the values of the address, and says what is wrong with them', async () => {
    const { text } = await get('/questions/EndedBetween?from=2022-01-01&until=2022-12-31', { 'accept-language': 'en' });
    expect(text).toContain('<a href="/id/nl-tilburg">Tilburg</a>');
    expect(text).not.toContain('<a href="/id/nl-arnhem">');
    expect(text).toContain('/graphql#question=EndedBetween&amp;variables=');
    expect(text).toMatch(/\/export\/partnerships\.csv\?filter=[^"]*2022-12-31/);
    const wrong = await get('/questions/EndedBetween?from=2022-13-01', { 'accept-language': 'nl' });
    expect([wrong.status, wrong.headers.get('cache-control')]).toEqual([400, 'no-store']);
    expect(wrong.text).toContain('<h2>Met deze waarden is er geen antwoord</h2>');
    expect(wrong.text).toContain('value="2022-13-01"');
    expect(wrong.text).not.toContain('/export/');
    const part = await get('/questions/TiesOfOneProvince?province=上海', { 'accept-language': 'nl' });
    expect(part.text).toContain('filter.dutch.within');
    expect(part.text).not.toContain('/export/');
  });

  test('is cited with its moment and its distinct sources, and its citation is a file', async () => {
    const { text, headers } = await get('/questions/SourcesThatDisagree?cite=csl', { 'accept-language': 'nl' });
    expect(headers.get('content-disposition')).toBe('attachment; filename="stedenband-SourcesThatDisagree.json"');
    const [own, ...sources] = JSON.parse(text);
    expect(own.URL).toContain(`${server.url}/questions/SourcesThatDisagree?knownAt=${newest.cursor}`);
    expect(sources.length).toBeGreaterThan(3);
    expect(new Set(sources.map((source: object) => JSON.stringify({ ...source, id: '' }))).size).toBe(sources.length);
  });

  test.each(['/questions/SourcesThatDisagree', '/id/cn-nanjing'])(
    'has no citation in an unknown form: %s',
    async path => {
      const { status, text, headers } = await get(`${path}?cite=endnote`, { 'accept-language': 'nl' });
      expect([status, headers.get('cache-control')]).toEqual([400, 'no-store']);
      expect(text).toContain('cite is &quot;endnote&quot;; citeren kan als text, markdown, bibtex, csl.');
    },
  );

  test('of the past is that of the moment', async () => {
    const { headers, text } = await get(`/questions/EarliestTie?knownAt=${past.cursor}`, { 'accept-language': 'en' });
    expect(text).toContain('As it was in the past.');
    expect(headers.get('cache-control')).toBe(`public, ${FOREVER}`);
  });

  test('that does not exist gives 404', async () => {
    const { status, text } = await get('/questions/Nothing', { 'accept-language': 'nl' });
    expect([status, text]).toEqual([404, expect.stringContaining('<a href="/questions">Vragen</a>')]);
    const chinese = await get('/questions/Nothing?language=zh', { 'accept-language': 'nl' });
    expect([chinese.status, chinese.text]).toEqual([
      404,
      expect.stringContaining('<a href="/questions?language=zh">问题</a>'),
    ]);
  });
});

describe('for crawlers', () => {
  test('the list of questions, the sitemap and robots.txt name every page', async () => {
    const list = await get('/questions', { 'accept-language': 'nl' });
    for (const { query } of questions) expect(list.text).toContain(`href="/questions/${nameOf(query)}"`);
    const { text, headers } = await get('/sitemap.xml');
    expect(headers.get('content-type')).toBe('application/xml; charset=utf-8');
    for (const id of ['nl-breda', TIE, 'org-vng'])
      expect(text).toContain(`<loc>${server.url}/id/${id}</loc><lastmod>20`);
    expect(text).toContain(`<loc>${server.url}/questions/EarliestTie</loc>`);
    expect((await get('/pages.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
    for (const path of ['/robots.txt', '/robots.txt?visit=1'])
      expect((await get(path)).text).toContain(`Sitemap: ${server.url}/sitemap.xml`);
  });
});

test('Chinese in a text of another language is marked as Chinese, and the rest is not', () => {
  const shown = (language: 'nl' | 'zh', text: string, textLanguage?: string) =>
    textIn(readerOf(language, '', false), text, textLanguage).text;
  expect(shown('nl', 'Signed by 南京市.', 'EN')).toBe(
    '<span lang="en">Signed by <span lang="zh-Hans">南京市</span>.</span>',
  );
  expect(shown('nl', 'Band met 南京市')).toBe('Band met <span lang="zh-Hans">南京市</span>');
  expect(shown('zh', '南京市, [redacted]', 'ZH')).toBe('南京市, <mark>已遮盖</mark>');
  expect(shown('zh', 'Notes on 南京市', 'EN')).toContain('<span lang="zh-Hans">南京市</span>');
});

test('pages have a strict policy, once: no script, no frame, forms to this server alone', async () => {
  for (const path of ['/id/nl-breda', '/questions', '/id/nl-nowhere', '/pages.css']) {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  // fetch of Node.js replaces these headers.
  const statusFor = async (destination: string) => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': destination };
    const [response] = (await once(request(`${server.url}/id/nl-breda`, { headers }).end(), 'response')) as [
      IncomingMessage,
    ];
    response.resume();
    return response.statusCode;
  };
  expect([await statusFor('iframe'), await statusFor('document')]).toEqual([403, 200]);
});

test('a page that is computed while a change comes cites a moment at which it was the same', async () => {
  for (let n = 0; n < 10; n += 1) {
    await revise(server.url, `Before ${n}.`);
    const [{ cursor }] = await Promise.all([revise(server.url, `After ${n}.`), sleep(1).then(() => get(`/id/${TIE}`))]);
    const { text } = await get(`/id/${TIE}`, { 'register-read-after': cursor });
    const [, cited] = /knownAt=([\w-]+)/.exec(text) ?? [];
    expect([text, (await get(`/id/${TIE}?knownAt=${cited}`)).text]).toEqual(
      Array(2).fill(expect.stringContaining(`After ${n}.`)),
    );
  }
});
