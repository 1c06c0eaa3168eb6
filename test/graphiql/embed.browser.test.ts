import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { viewOf } from '../../src/graphiql/question-views.js';
import { faultsInDarkAndLight } from '../support/axe.js';
import { openServedBrowser, PHONE, visit } from '../support/browser.js';
import { UNBOUNDED } from '../support/protection.js';
import { questions } from '../support/questions.js';
import { openTestServer } from '../support/server.js';

/** Bytes that an embedded view may fetch, compressed, without its answer. */
const MAX_BYTES = 150_000;

const EMBEDDED: ReadonlySet<string> = new Set(['map', 'table', 'chart', 'timeline']);

const protection = { ...UNBOUNDED, embedOrigins: ['*'] };
const { server, browser } = await openServedBrowser({ protection });

const VIEWS = [
  ['map', 'TiesOnADay', '.desk-figure [data-mark]', 'Hoe stonden alle banden ervoor op een dag naar keuze?'],
  ['table', 'EndedOrDormantByWhom', '.desk tbody tr', 'Welke banden zijn beëindigd tussen twee dagen'],
  ['chart', 'TiesByDecadeAndStatus', '.desk-figure [data-mark]', 'In welke decennia'],
  ['timeline', 'TiesOverTime', '.desk-figure [data-mark]', 'Hoe liepen de banden door de tijd'],
] as const;

test.each(VIEWS)(
  '%s is drawn within 150 kB and its policy, says its source and licence, leads to the desk, and axe finds nothing',
  async (view, question, drawn, title) => {
    const { page, wrongs } = await visit(browser, server.url, { locale: 'nl-NL' });
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', request => {
      if (!request.url().endsWith('/graphql'))
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    const fragment = `#question=${question}&language=nl`;
    await page.goto(`${server.url}/embed/${view}${fragment}`);
    await page.locator(drawn).first().waitFor();
    expect(await page.locator('h1').textContent()).toContain(title);
    expect(await page.locator('footer').textContent()).toContain('Bron: stedenband');
    const [desk, licence] = await page
      .locator('footer a')
      .evaluateAll(links => links.map(link => [(link as unknown as { href: string }).href, link.getAttribute('rel')]));
    expect(desk?.[0]).toBe(`${server.url}/graphql${fragment}&view=${view}`);
    expect(licence).toEqual(['https://creativecommons.org/licenses/by/4.0/', 'license']);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    console.info(`/embed/${view}: ${(bytes / 1e3).toFixed(1)} kB compressed.`);
    expect(bytes).toBeLessThan(MAX_BYTES);
    expect(bytes).toBeGreaterThan(50_000);

    // The style sheets of the panels, which come later, do not show again what the view is without.
    for (const left of ['.desk > header h2', '.desk-title', '.desk th:first-child .desk-button, .desk-larger'])
      expect(await page.locator(left).filter({ visible: true }).count()).toBe(0);

    const problems = await faultsInDarkAndLight(page, view);
    await page.setViewportSize(PHONE);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(problems).toEqual([]);
    expect(wrongs).toEqual([]);
  },
  120_000,
);

test('every question is drawn in its view, and a saved picture says its filter in words', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'nl-NL' });
  const undrawn: string[] = [];
  for (const { name, query, errors } of questions) {
    const view = viewOf(name).toLowerCase();
    const operationName = /^query (\w+)/m.exec(query)?.[1] ?? '';
    if (errors || !EMBEDDED.has(view)) continue;
    await page.goto(`${server.url}/embed/${view}#question=${operationName}&language=nl`);
    const drawn = page.locator(view === 'table' ? '.desk tbody tr' : '.desk-figure [data-mark]');
    await drawn
      .first()
      .waitFor({ timeout: 20_000 })
      .catch(() => undrawn.push(`${view} ${operationName}`));
  }
  expect(undrawn).toEqual([]);

  // Its filter is of input objects, which the schema of the page must have.
  await page.goto(`${server.url}/embed/timeline#question=ActiveOnADay&language=nl`);
  await page.locator('.desk-figure [data-mark]').first().waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Bewaar als SVG' }).click();
  const saved = readFileSync(await (await download).path(), 'utf8');
  expect(saved).toMatch(/Filter: Actief op: 18 mei 1992/);
  expect(wrongs).toEqual([]);
}, 240_000);

test('the legend and the marks of an embedded map are reached and chosen by keyboard alone', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'en-GB' });
  await page.goto(`${server.url}/embed/map#question=AllTiesOnTheMap&language=en`);
  const marks = page.locator('.desk-figure [data-mark]');
  await marks.first().waitFor();
  await page.getByRole('searchbox', { name: 'Find a place' }).focus();
  const reach = async (selector: string) => {
    for (let presses = 0; presses < 10 && (await page.locator(`${selector}:focus`).count()) === 0; presses += 1)
      await page.keyboard.press('Tab');
  };
  await reach('[data-legend]');
  expect(await page.locator('[data-legend]:focus').getAttribute('aria-label')).toMatch(/: hide$/);
  await page.keyboard.press('Enter');
  expect(await page.locator('[data-legend]:focus').getAttribute('aria-label')).toMatch(/: show$/);
  await reach('[data-mark]');
  await page.keyboard.press('ArrowRight');
  const label = await page.locator('[data-mark]:focus').getAttribute('aria-label');
  expect(label).toBe(await marks.nth(1).getAttribute('aria-label'));
  await page.locator('.desk-card', { hasText: label?.split(' – ')[0] ?? '' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.locator('.desk-card a:focus').count()).toBe(1);
  expect(wrongs).toEqual([]);
}, 120_000);

test('the desk copies the HTML that embeds its view', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'nl-NL', layout: 'answer' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  await page.goto(`${server.url}/graphql#question=TiesOverTime&view=timeline&language=nl`);
  await page.locator('.desk-figure [data-mark]').first().waitFor();
  await page.locator('.desk-share').getByRole('button', { name: 'Insluiten' }).click();
  await page.locator('.desk-share [role="status"]', { hasText: 'HTML gekopieerd' }).waitFor();
  const html = await page.evaluate<string>('navigator.clipboard.readText()');
  const source = /^<iframe src="([^"]*)" title="Hoe liepen [^"]*" width="800" height="600"><\/iframe>$/.exec(html)?.[1];
  expect(source).toBe(`${server.url}/embed/timeline#question=TiesOverTime&amp;language=nl`);
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await page.locator('.desk-share').getByRole('button', { name: 'Insluiten' }).waitFor({ state: 'detached' });
  expect(wrongs).toEqual([]);
}, 120_000);

test('a page of another site embeds a view, whose marks can be pointed at and whose names lead out of the frame', async () => {
  const embedder = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<iframe title="Chart" width="900" height="700" src="${server.url}/embed/chart#question=TiesByDecadeAndStatus&language=nl"></iframe>`,
    );
  }).listen(0, '127.0.0.1');
  await once(embedder, 'listening');
  try {
    const page = await (await browser.newContext({ locale: 'nl-NL' })).newPage();
    // Another site than the register, which is at 127.0.0.1.
    await page.goto(`http://localhost:${(embedder.address() as AddressInfo).port}/`);
    const frame = page.frameLocator('iframe');
    const mark = frame.locator('[data-mark]').first();
    await mark.hover();
    const label = await mark.getAttribute('aria-label');
    await frame.locator('.desk-card', { hasText: label?.split(',')[0] ?? '' }).waitFor();
    expect(await frame.locator('base').getAttribute('target')).toBe('_blank');
  } finally {
    embedder.close();
  }
}, 120_000);

test('a variable of an embedded question is changed and asked again; a refusal is said with what puts it right', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'en-GB' });
  const variables = '{"from":"2019","until":"2023-12-31"}';
  const query = `query Q($from: PartialDate!, $until: PartialDate!) {
    partnerships(filter: { endedOn: { from: $from, until: $until } }, first: 50) { nodes { id endedOn } }
  }`;
  await page.goto(`${server.url}/embed/table#query=${encodeURIComponent(query)}&variables=${variables}&language=en`);
  const rows = page.locator('.desk tbody tr');
  await rows.first().waitFor();
  const before = await rows.count();
  const from = page.locator('.desk-variables [title="$from"] input[type="text"]');
  await from.fill('2023');
  await from.press('Enter');
  await expect.poll(() => rows.count()).toBeLessThan(before);
  await from.fill('not a date');
  await from.press('Enter');
  const notice = page.locator('.desk-notice');
  await expect.poll(() => notice.textContent()).toContain('not a date');

  // The query that comes with the remedy is asked.
  await page.goto(`${server.url}/embed/table#query={partnerships{nodes{idd}}}&language=en`);
  await page.reload();
  await notice.getByRole('button', { name: 'Did you mean id?' }).click();
  await rows.first().waitFor();
  expect(wrongs.filter(wrong => !/400/.test(wrong))).toEqual([]);
}, 120_000);

test('an address runs nothing but a query: a mutation in it is not sent, and a question takes its place', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'en-GB' });
  const sent: unknown[] = [];
  page.on('request', request => request.method() === 'POST' && sent.push(request.postData()));
  const input = 'subjectId: "tie-oss-taizhou", field: "notes", message: "Sent by a link."';
  const mutation = `mutation Report { reportError(input: { ${input} }) { proposal { id } userErrors { message } } }`;
  await page.goto(`${server.url}/embed/table#query=${encodeURIComponent(mutation)}&language=en`);
  const offered = page.locator('.desk-nothing button');
  await offered.waitFor();
  expect(sent.filter(body => String(body).includes('reportError'))).toEqual([]);
  await offered.click();
  await page.locator('.desk tbody tr').first().waitFor();
  await page.evaluate(`location.hash = ${JSON.stringify(`query=${encodeURIComponent(mutation)}`)}`);
  await offered.waitFor();
  expect(sent.filter(body => String(body).includes('reportError'))).toEqual([]);
  expect(wrongs).toEqual([]);
}, 60_000);

test('an unknown question of an address is named, until the address has another', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  const variables = encodeURIComponent('{"day":"2020-01-01"}');
  await page.goto(`${server.url}/embed/map#question=TiesOnADa&variables=${variables}&language=nl`);
  await page.locator('.desk-reasons', { hasText: 'Er is geen vraag "TiesOnADa".' }).waitFor();
  await page.evaluate(`location.hash = 'question=TiesOnADay&language=nl'`);
  await page.locator('.desk-figure [data-mark]').first().waitFor();
  expect(await page.locator('.desk-reasons').count()).toBe(0);
  expect(wrongs).toEqual([]);
}, 60_000);

test('the question that an empty view offers is asked in it', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'en-GB' });
  await page.goto(`${server.url}/embed/chart#query={partnerships{nodes{id}}}&language=zh`);
  await page.locator('.desk-nothing button').click();
  await page.locator('.desk-figure [data-mark]').first().waitFor();
  expect(new URL(page.url()).hash).toMatch(/^#question=\w+&language=zh$/);
  expect(await page.locator('footer a').first().getAttribute('href')).toContain(new URL(page.url()).hash);
  expect(wrongs).toEqual([]);
}, 60_000);

test('the programme of one day has a bar that can be seen and pointed at', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'en-GB' });
  const nodes = [
    { id: 'year', startedOn: '2021', endedOn: '2021' },
    { id: 'day', startedOn: '1980-05-09', endedOn: '1980-05-09' },
  ];
  await page.route('**/graphql*', async route => {
    if (!route.request().postData()?.includes('OfOneDay')) return route.continue();
    return route.fulfill({ json: { data: { programmes: { nodes } } } });
  });
  const query = 'query OfOneDay{programmes{nodes{id startedOn endedOn}}}';
  await page.goto(`${server.url}/embed/timeline#query=${encodeURIComponent(query)}&language=en`);
  const bar = page.locator('.desk-figure [data-mark][aria-label^="day, "]');
  expect(Number(await bar.getAttribute('width'))).toBeGreaterThan(2);
  await bar.hover();
  await page.locator('.desk-card', { hasText: '9 May 1980' }).waitFor();
  expect(wrongs).toEqual([]);
}, 60_000);

test('a request that failed is made again by the button of its notice', async () => {
  const { page } = await visit(browser, server.url, { locale: 'nl-NL' });
  await page.goto(`${server.url}/embed/map#question=TiesOnADay&language=nl`);
  const marks = page.locator('.desk-answer:not([inert]) .desk-figure [data-mark]');
  await marks.first().waitFor();
  await page.route('**/graphql*', route => route.abort());
  await page.locator('input[type="range"]').focus();
  await page.keyboard.press('ArrowRight');
  const retry = page.getByRole('button', { name: 'Probeer opnieuw' });
  await retry.waitFor();
  expect(await marks.count()).toBe(0);
  await page.unroute('**/graphql*');
  await retry.click();
  await marks.first().waitFor();
}, 60_000);

test('EMBED_ORIGINS names who may embed; without it only this server may, and no file has more in its policy', async () => {
  const policyOf = async (url: string, view: string) => {
    const answer = await fetch(`${url}/embed/${view}`, { headers: { accept: 'text/html' } });
    expect([answer.status, answer.headers.get('x-frame-options')]).toEqual([200, null]);
    return answer.headers.get('content-security-policy');
  };
  expect(await policyOf(server.url, 'map')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'self'; frame-ancestors 'self' *",
  );
  const plain = await openTestServer();
  expect(await policyOf(plain.url, 'table')).toMatch(/frame-ancestors 'self'$/);
  await plain.close();
  const listed = await openTestServer({ protection: { ...UNBOUNDED, embedOrigins: ['https://example.org'] } });
  expect(await policyOf(listed.url, 'chart')).toMatch(/frame-ancestors 'self' https:\/\/example\.org$/);
  await listed.close();
  for (const path of ['/embed/', '/embed/network', '/embed/map/', '/embed/..%2findex.html'])
    expect([path, (await fetch(server.url + path)).status]).toEqual([path, 404]);
});
