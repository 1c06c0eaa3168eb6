import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPanel, openQuestion, run, visit, withQuestion } from '../support/browser.js';
import { type Prefixed, proxyBelow } from '../support/prefix-proxy.js';
import { openTestServer } from '../support/server.js';

const KEY = 'browser-test-admin-key';
/** What a first visit may fetch, compressed, in bytes. */
const MOST_BYTES = 2.5e6;
/** Within 2 s on a quiet machine; tests run beside others. */
const LONGEST_WAIT = 10_000;

let server: Awaited<ReturnType<typeof openTestServer>>;
let browser: Browser;
let proxy: Prefixed;

beforeAll(async () => {
  [server, browser] = await Promise.all([openTestServer({ access: { adminKey: KEY } }), openBrowser()]);
  proxy = await proxyBelow('/nl/register', server.url);
}, 60_000);

afterAll(() => Promise.all([browser?.close(), proxy?.close(), server?.close()]));

test('an analyst opens the page, finds a question, runs it and reads the answer, all from our own host', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  const workers: string[] = [];
  page.on('worker', worker => workers.push(new URL(worker.url()).pathname));
  const fetched: Promise<number>[] = [];
  page.on('requestfinished', request => fetched.push(request.sizes().then(({ responseBodySize }) => responseBodySize)));
  const begun = Date.now();
  await page.goto(`${server.url}/graphql`);

  const title = page.locator('.graphiql-query-editor .view-line', { hasText: /^#\s\S/ });
  await title.first().waitFor();
  const waited = Date.now() - begun;
  await page.locator('[data-question]').first().waitFor();
  await expect.poll(() => workers).toContainEqual(expect.stringMatching(/^\/graphiql\/graphql\.worker-.+\.js$/));
  // Whatever else the page fetches by itself, it has begun by then.
  await page.waitForTimeout(1_000);
  const bytes = (await Promise.all(fetched)).reduce((sum, size) => sum + size, 0);
  console.info(`The page: ${(bytes / 1e6).toFixed(2)} MB compressed, its editor after ${waited} ms.`);
  expect(bytes).toBeLessThan(MOST_BYTES);
  expect(bytes).toBeGreaterThan(1e6);
  expect(waited).toBeLessThan(LONGEST_WAIT);
  expect(await page.locator('.graphiql-tab').count()).toBe(1);

  await run(page);
  const answer = page.locator('.result-window .view-lines');
  await answer.getByText('"data"').waitFor();
  expect(await answer.textContent()).not.toMatch(/"errors"/);
  expect(wrongs).toEqual([]);
}, 120_000);

test('the code of a panel is fetched when it is first opened, and not before', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  const scripts: string[] = [];
  page.on('request', request => scripts.push(new URL(request.url()).pathname.replace(/^.*\/([a-z]+)-.*$/, '$1')));
  await page.goto(`${server.url}/graphql`);
  await page.locator('[data-question]').first().waitFor();
  await page.waitForTimeout(1_000);
  const panels = ['table', 'map', 'timeline', 'chart', 'evidence', 'plotted'];
  expect(scripts).toContain('questions');
  expect(panels.filter(panel => scripts.includes(panel))).toEqual([]);
  for (const panel of ['Table', 'Map', 'Timeline', 'Chart', 'Evidence']) {
    await openPanel(page, panel);
    await page.getByRole('heading', { name: panel, exact: true }).waitFor();
    // Nothing was asked yet: each says so in words, and offers a question.
    await page.locator('.desk-nothing .desk-button').waitFor();
  }
  expect(panels.filter(panel => !scripts.includes(panel))).toEqual([]);
  expect(wrongs).toEqual([]);
}, 120_000);

/** Revises a tie until something is seen of it: a socket may still be opening. */
async function reviseUntil(seen: () => Promise<boolean>, query = 'tie-delft-jingdezhen'): Promise<void> {
  for (let version = 1; version < 30 && !(await seen()); version += 1) {
    const input = `{ id: "${query}", expectedVersion: ${version}, notes: "Seen ${version}", reason: "test" }`;
    await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ query: `mutation { revisePartnership(input: ${input}) { change { cursor } } }` }),
    });
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

test('a subscription runs in the page, shows a change when it is made, and the cursor to resume from', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  await withQuestion(page, 'Follow', 'subscription Follow { changes { kind subjectId cursor } }');
  await page.goto(`${server.url}/graphql`);
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'subscription' }).first().waitFor();
  await run(page);
  const change = page.locator('.result-window .view-lines').getByText('tie-delft-jingdezhen');
  await reviseUntil(() => change.isVisible());
  expect(await change.isVisible()).toBe(true);

  const line = page.locator('.desk-changes');
  const cursor = await line.locator('code').textContent();
  await expect(page.locator('.result-window .view-lines').textContent()).resolves.toContain(cursor);
  // The panels take the events as rows, each once.
  await openPanel(page, 'Table');
  const rows = page.locator('.desk tbody tr');
  const before = await rows.count();
  await reviseUntil(async () => (await rows.count()) > before, 'tie-arnhem-wuhan');
  expect(await rows.last().textContent()).toContain('tie-arnhem-wuhan');
  expect(await line.textContent()).toContain(`${await rows.count()} changes seen`);
  expect(await line.locator('code').textContent()).not.toBe(cursor);
  expect(wrongs).toEqual([]);
}, 120_000);

test('headers are kept when the analyst says so, and only as long as the session of this tab', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  const keptIn = (where: 'localStorage' | 'sessionStorage') =>
    page.evaluate<boolean>(`Object.values(${where}).some(value => value.includes('secret-header'))`);
  await page.goto(`${server.url}/graphql`);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await page.getByRole('button', { name: 'Headers', exact: true }).click();
  await page.locator('[aria-label="Headers"] .monaco-editor').last().click();
  await page.keyboard.insertText('{ "x-of-mine": "secret-header" }');
  await run(page);
  await page.locator('.result-window .view-lines').getByText('"data"').waitFor();
  // GraphiQL writes what it keeps half a second after the last change.
  await page.waitForTimeout(1_000);
  expect([await keptIn('localStorage'), await keptIn('sessionStorage')]).toEqual([false, false]);

  await page.getByRole('button', { name: 'Open settings dialog' }).click();
  await page.getByRole('button', { name: 'On', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => keptIn('sessionStorage')).toBe(true);
  await page.waitForTimeout(1_000);
  expect(await keptIn('localStorage')).toBe(false);

  await page.reload();
  await page.getByRole('button', { name: 'Headers', exact: true }).click();
  await page.locator('[aria-label="Headers"]').getByText('secret-header').waitFor();
  const other = await page.context().newPage();
  await other.goto(`${server.url}/graphql`);
  await other.locator('.graphiql-query-editor .view-line').first().waitFor();
  expect(await other.evaluate<string>(`JSON.stringify([{ ...sessionStorage }, { ...localStorage }])`)).not.toContain(
    'secret-header',
  );
  expect(wrongs).toEqual([]);
}, 120_000);

test('all works below the path of a reverse proxy', async () => {
  const { page, wrongs } = await visit(browser, proxy.origin);
  const paths: string[] = [];
  page.on('request', request => paths.push(new URL(request.url()).pathname));
  page.on('websocket', socket => paths.push(new URL(socket.url()).pathname));
  await page.goto(`${proxy.origin}/nl/register/graphql`);
  await openQuestion(page, '38-all-ties-on-the-map');
  await openPanel(page, 'Table');
  const link = page.getByRole('link', { name: 'CSV' });
  expect(new URL((await link.getAttribute('href')) ?? '', page.url()).pathname).toBe(
    '/nl/register/export/partnerships.csv',
  );
  await openPanel(page, 'Map');
  await page.locator('[data-mark]').first().waitFor();
  await openPanel(page, 'Evidence');
  await page.locator('.desk-evidence a').first().waitFor();

  const follower = await visit(browser, proxy.origin);
  follower.page.on('websocket', socket => paths.push(new URL(socket.url()).pathname));
  await withQuestion(follower.page, 'Follow', 'subscription Follow { changes { cursor subjectId } }');
  await follower.page.goto(`${proxy.origin}/nl/register/graphql`);
  await follower.page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await run(follower.page);
  const cursor = follower.page.locator('.desk-changes code');
  await reviseUntil(() => cursor.isVisible(), 'tie-breda-yangzhou');
  expect(await cursor.isVisible()).toBe(true);
  expect(paths.filter(path => !path.startsWith('/nl/register/'))).toEqual([]);
  expect([...wrongs, ...follower.wrongs]).toEqual([]);
}, 120_000);

test('the page and its files say what a browser may do with them and how long to keep them', async () => {
  const page = await fetch(`${server.url}/graphql`, { headers: { Accept: 'text/html' } });
  expect(page.status).toBe(200);
  const policy = page.headers.get('content-security-policy');
  expect(policy).toMatch(/^default-src 'self'; (?!.*script-src)/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe-eval|blob:|https?:/);
  expect(page.headers.get('cache-control')).toBe('no-cache');

  const [script] = /\/graphiql\/[^"]+\.js/.exec(await page.text()) ?? [];
  const asset = await fetch(`${server.url}${script}`, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(Object.fromEntries(asset.headers)).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'gzip',
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  expect(await asset.text()).toContain('import');

  const plain = await fetch(`${server.url}${script}`, { headers: { 'Accept-Encoding': 'gzip;q=0' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toContain('import');
  expect((await fetch(`${server.url}/graphiql/%2e%2e/index.html`)).status).toBe(404);
});
