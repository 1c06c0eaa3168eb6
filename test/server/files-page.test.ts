import { expect, test } from 'vitest';
import { faultsOf } from '../support/axe.js';
import { openBrowser, PHONE, visit } from '../support/browser.js';
import { send } from '../support/encodings.js';
import { exportServer, type Json } from '../support/export.js';

const { url } = exportServer();

const ask = (search = '', headers: Record<string, string> = {}) => fetch(`${url()}/export${search}`, { headers });
const html = { accept: 'text/html,*/*;q=0.8' };

test('a browser gets a page of the files, a program gets them as JSON', async () => {
  const page = await ask('', html);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; (?!.*unsafe)/);
  expect(page.headers.get('vary')?.split(', ')).toEqual(expect.arrayContaining(['Accept-Language', 'Accept']));
  const text = await page.text();
  expect(text.length).toBeLessThan(60_000);
  const index = (await (await ask()).json()) as Json;
  expect(index).toMatchObject({
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    lists: [
      { name: 'partnerships', title: 'Partnerships', records: 53 },
      {},
      {},
      { name: 'exchanges', records: 169 },
      {},
    ],
  });
  const formats = ['csv', 'ndjson', 'geojson', 'xlsx', 'parquet', 'quickstatements'];
  expect(Object.keys(index.lists[0].files)).toEqual(formats);
  expect(Object.keys(index.lists[4].files)).toEqual(['csv', 'ndjson', 'xlsx', 'parquet']);
  for (const address of [...Object.values(index.lists[3].files), index.archive, index.dataPackage]) {
    const { pathname } = new URL(address as string);
    expect(text).toContain(`href="${pathname}"`);
    const file = await fetch(address as string, { method: 'HEAD' });
    expect([address, file.status]).toEqual([address, 200]);
  }
});

test('the page is in the language of the reader or of the address, with sources and a moment in its links', async () => {
  for (const [language, title] of [
    ['nl', 'Bestanden'],
    ['en', 'Files'],
    ['zh', '文件'],
  ] as const) {
    const named = await (await ask(`?language=${language}`, html)).text();
    expect(named).toContain(`<h1>${title}</h1>`);
    const negotiated = await (await ask('', { ...html, 'accept-language': language })).text();
    expect(negotiated).toContain(`<h1>${title}</h1>`);
  }
  const { knownAt } = (await (await ask()).json()) as Json;
  const page = await (await ask(`?provenance=true&knownAt=${knownAt}`, html)).text();
  expect(page).toContain(`href="/export/partnerships.csv?provenance=true&amp;knownAt=${knownAt}"`);
  expect(page).toContain(`href="/export/stedenband.zip?provenance=true&amp;knownAt=${knownAt}"`);
  expect(page).toContain(`href="/export/datapackage.json?provenance=true&amp;knownAt=${knownAt}"`);
  const { dataPackage } = (await (await ask(`?provenance=true&knownAt=${knownAt}`)).json()) as Json;
  expect(dataPackage).toBe(`${url()}/export/datapackage.json?provenance=true&knownAt=${knownAt}`);
  const refused = await ask('?filter={}');
  expect([refused.status, ((await refused.json()) as Json).errors[0].extensions.rule]).toEqual([
    400,
    'EXPORT_PARAMETER_UNKNOWN',
  ]);
});

test('a page of any other origin reads files, their list and their description, and sends no key for it', async () => {
  const origin = 'https://notebook.test';
  for (const path of [
    '',
    '/datapackage.json',
    '/programmes.csv',
    '/programmes.parquet',
    '/stedenband.zip',
    '/none.csv',
  ]) {
    const response = await ask(path, { origin });
    await response.arrayBuffer();
    const { headers: sent } = response;
    expect([path, response.status, sent.get('access-control-allow-origin')]).toEqual([
      path,
      path === '/none.csv' ? 404 : 200,
      '*',
    ]);
    expect(sent.get('access-control-allow-credentials')).toBeNull();
    expect(sent.get('access-control-expose-headers')).toContain('etag');
    const preflight = await fetch(`${url()}/export${path}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    const embedded = await send(`${url()}/export${path}`, {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
    });
    expect([path, embedded.status]).toEqual([path, 403]);
  }
  const api = await fetch(`${url()}/graphql`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  });
  expect(api.headers.get('access-control-allow-origin')).toBeNull();
});

test('axe finds nothing on the page, wide and narrow, light and dark, and nothing is against its policy', async () => {
  const browser = await openBrowser();
  try {
    for (const options of [{}, { viewport: PHONE, colorScheme: 'dark' as const, locale: 'nl-NL' }]) {
      const { page, wrongs } = await visit(browser, url(), options);
      await page.goto(`${url()}/export`);
      for (const details of await page.locator('details summary').all()) await details.click();
      expect(await faultsOf(page, 'files')).toEqual([]);
      expect(wrongs).toEqual([]);
    }
  } finally {
    await browser.close();
  }
}, 120_000);
