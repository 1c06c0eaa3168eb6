import { afterAll, expect, test } from 'vitest';
import { openPanel, openQuestion, openServedBrowser, run, visit, withQuestion } from '../support/browser.js';
import { proxyBelow } from '../support/prefix-proxy.js';

const KEY = 'browser-test-admin-key';
/** Bytes that a first visit may fetch, compressed. */
const MAX_FIRST_VISIT_BYTES = 1.6e6;
/** About 2 s on an idle machine; other tests run in parallel. */
const MAX_WAIT_MS = 10_000;

const { server, browser } = await openServedBrowser({ access: { adminKey: KEY } });
const proxy = await proxyBelow('/nl/register', server.url);
afterAll(() => proxy.close());

test('an analyst opens the page, finds a question, runs it and reads the answer, without requests to other hosts', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  const workers: string[] = [];
  page.on('worker', worker => workers.push(new URL(worker.url()).pathname));
  const fetched: Promise<number>[] = [];
  page.on('requestfinished', request => fetched.push(request.sizes().then(({ responseBodySize }) => responseBodySize)));
  const fonts: string[] = [];
  page.on('request', request => request.resourceType() === 'font' && fonts.push(request.url()));
  const startedAt = Date.now();
  await page.goto(`${server.url}/graphql`);

  const title = page.locator('.graphiql-query-editor .view-line', { hasText: /^#\s\S/ });
  await title.first().waitFor();
  const waited = Date.now() - startedAt;
  await page.locator('[data-question]').first().waitFor();
  await expect.poll(() => workers).toContainEqual(expect.stringMatching(/^\/graphiql\/graphql\.worker-.+\.js$/));
  await page.locator('.desk-thumbnail > svg').nth(3).waitFor();
  // All further requests of the page have started by then.
  await page.waitForTimeout(1_000);
  const bytes = (await Promise.all(fetched)).reduce((sum, size) => sum + size, 0);
  console.info(`The page: ${(bytes / 1e6).toFixed(2)} MB compressed, its editor after ${waited} ms.`);
  expect(bytes).toBeLessThan(MAX_FIRST_VISIT_BYTES);
  expect(bytes).toBeGreaterThan(1e6);
  // Of 34, those of the Latin alphabet and the icons.
  expect(fonts.length).toBeGreaterThanOrEqual(3);
  expect(fonts.length).toBeLessThanOrEqual(6);
  expect(waited).toBeLessThan(MAX_WAIT_MS);
  expect(await page.locator('.graphiql-tab').count()).toBe(1);

  await run(page);
  const answer = page.locator('.result-window .view-lines');
  await answer.getByText('"data"').waitFor();
  expect(await answer.textContent()).not.toMatch(/"errors"/);

  const jsonWorkers: number[] = [];
  for (let pause = 0; pause < 2; pause += 1) {
    await page.locator('.graphiql-query-editor textarea').first().focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('}');
    const mistake = page.locator('.graphiql-query-editor .squiggly-error');
    await mistake.waitFor({ state: 'attached' });
    await page.keyboard.press('Backspace');
    await mistake.waitFor({ state: 'detached' });
    jsonWorkers.push(workers.filter(path => path.includes('/json.worker')).length);
  }
  expect(jsonWorkers[1], 'workers after a pause in typing').toBe(jsonWorkers[0]);
  expect(wrongs).toEqual([]);
}, 120_000);

test('the workers that check the code start when it is in sight, and mark a mistake in it', async () => {
  const { page, wrongs } = await visit(browser, server.url, { layout: 'answer' });
  const workers: string[] = [];
  page.on('worker', worker => workers.push(/(?:graphql|json)\.worker/.exec(worker.url())?.[0] ?? ''));
  await page.goto(`${server.url}/graphql#question=EndedBetween&view=table&language=en`);
  await page.locator('.desk tbody tr').first().waitFor();
  // A check begins half a second after its text.
  await page.waitForTimeout(1_000);
  expect(workers.filter(Boolean)).toEqual([]);
  await page.getByRole('button', { name: 'Show question (GraphQL)' }).click();
  await page.locator('.graphiql-query-editor .view-line').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('}');
  await page.locator('.graphiql-query-editor .squiggly-error').waitFor({ state: 'attached' });
  await expect.poll(() => new Set(workers.filter(Boolean))).toEqual(new Set(['graphql.worker', 'json.worker']));
  expect(wrongs).toEqual([]);
}, 60_000);

test('the code of a panel is loaded when it is first opened, or for a thumbnail, and not before', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  const scripts: string[] = [];
  page.on('request', request => scripts.push(new URL(request.url()).pathname.replace(/^.*\/|-.{8}\.js$/g, '')));
  await page.goto(`${server.url}/graphql`);
  await page.locator('.desk-thumbnail > svg').nth(3).waitFor();
  await page.waitForTimeout(1_000);
  const panels = ['table', 'evidence', 'network', 'code'];
  for (const panel of ['questions', 'map', 'timeline', 'chart']) expect(scripts).toContain(panel);
  expect(panels.filter(panel => scripts.includes(panel))).toEqual([]);
  for (const panel of ['Table', 'Map', 'Timeline', 'Chart', 'Network', 'Evidence', 'Code']) {
    await openPanel(page, panel);
    await page.getByRole('heading', { name: panel, exact: true }).waitFor();
    // No operation has run yet: each view explains that, and offers a question.
    if (panel !== 'Code') await page.locator('.desk-nothing .desk-button').waitFor();
  }
  expect(panels.filter(panel => !scripts.includes(panel))).toEqual([]);
  expect(wrongs).toEqual([]);
}, 120_000);

/** Revises a partnership until the page shows it: the WebSocket may still be opening. */
async function reviseUntil(isVisible: () => Promise<boolean>, id = 'tie-delft-jingdezhen'): Promise<void> {
  for (let version = 1; version < 30 && !(await isVisible()); version += 1) {
    const input = `{ id: "${id}", expectedVersion: ${version}, notes: "Seen ${version}", reason: "test" }`;
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
  const results = page.locator('.result-window .view-lines');
  let cursor: string | null = null;
  // Further changes may come meanwhile.
  const isShown = async () => {
    cursor = await line.locator('code').textContent();
    return cursor !== null && (await results.textContent())?.includes(cursor);
  };
  await expect.poll(isShown).toBe(true);
  // The table shows each event once.
  await openPanel(page, 'Table');
  const rows = page.locator('.desk tbody tr');
  // Changes of the first record may still come: only the second one ends the wait.
  const last = rows.last().filter({ hasText: 'tie-arnhem-wuhan' });
  await reviseUntil(() => last.isVisible(), 'tie-arnhem-wuhan');
  expect(await last.isVisible()).toBe(true);
  const isCounted = async () => (await line.textContent())?.includes(`${await rows.count()} changes seen`);
  await expect.poll(isCounted).toBe(true);
  expect(await line.locator('code').textContent()).not.toBe(cursor);
  expect(wrongs).toEqual([]);
}, 120_000);

test('an answer that comes when its tab was left is shown in no other, and its tab can ask again', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  await withQuestion(page, 'Slow', 'query Slow { late: partnerships { totalCount } }');
  await page.goto(`${server.url}/graphql`);
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let isHeld = true;
  await page.route('**/graphql', async route => {
    if (isHeld && route.request().postData()?.includes('query Slow')) {
      isHeld = false;
      await held;
    }
    await route.continue();
  });
  await run(page);
  await page.getByRole('button', { name: /^Stop query/ }).waitFor();
  await page.locator('.graphiql-tab-add').click();
  const answer = page.locator('.result-window .view-lines');
  await answer.getByText('Rotterdam').first().waitFor();
  const late = page.waitForResponse(response => response.request().postData()?.includes('query Slow') ?? false);
  release();
  await (await late).finished();
  await page.locator('.graphiql-tab-button', { hasText: 'Slow' }).click();
  await expect.poll(() => page.locator('.graphiql-query-editor .view-lines').textContent()).toContain('Slow');
  await expect.poll(() => answer.textContent()).toBe('');
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await answer.getByText('"late"').waitFor();
  await page.locator('.graphiql-tab-button').last().click();
  await answer.getByText('Rotterdam').first().waitFor();
  expect(await answer.getByText('"late"').count()).toBe(0);
  expect(wrongs).toEqual([]);
}, 120_000);

test('headers are stored only if the analyst enables it, and only for the session of this tab', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  const isStoredIn = (area: 'localStorage' | 'sessionStorage') =>
    page.evaluate<boolean>(`Object.values(${area}).some(value => value.includes('secret-header'))`);
  await page.goto(`${server.url}/graphql`);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await page.getByRole('button', { name: 'Headers', exact: true }).click();
  await page.locator('[aria-label="Headers"] .monaco-editor').last().click();
  await page.keyboard.insertText('{ "x-of-mine": "secret-header" }');
  await run(page);
  await page.locator('.result-window .view-lines').getByText('"data"').waitFor();
  // GraphiQL writes to storage half a second after the last change.
  await page.waitForTimeout(1_000);
  expect([await isStoredIn('localStorage'), await isStoredIn('sessionStorage')]).toEqual([false, false]);

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'On', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => isStoredIn('sessionStorage')).toBe(true);
  await page.waitForTimeout(1_000);
  expect(await isStoredIn('localStorage')).toBe(false);

  await page.reload();
  await page.getByRole('button', { name: 'Headers', exact: true }).click();
  await page.locator('[aria-label="Headers"]').getByText('secret-header').waitFor();
  const otherTab = await page.context().newPage();
  await otherTab.goto(`${server.url}/graphql`);
  await otherTab.locator('.graphiql-query-editor .view-line').first().waitFor();
  expect(await otherTab.evaluate<string>(`JSON.stringify([{ ...sessionStorage }, { ...localStorage }])`)).not.toContain(
    'secret-header',
  );
  expect(wrongs).toEqual([]);
}, 120_000);

test('everything works under the path prefix of a reverse proxy', async () => {
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

  const subscriber = await visit(browser, proxy.origin);
  subscriber.page.on('websocket', socket => paths.push(new URL(socket.url()).pathname));
  await withQuestion(subscriber.page, 'Follow', 'subscription Follow { changes { cursor subjectId } }');
  await subscriber.page.goto(`${proxy.origin}/nl/register/graphql`);
  await subscriber.page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await run(subscriber.page);
  const cursor = subscriber.page.locator('.desk-changes code');
  await reviseUntil(() => cursor.isVisible(), 'tie-breda-yangzhou');
  expect(await cursor.isVisible()).toBe(true);
  expect(paths.filter(path => !path.startsWith('/nl/register/'))).toEqual([]);
  expect([...wrongs, ...subscriber.wrongs]).toEqual([]);
}, 120_000);

test('the page and its files have security and cache headers', async () => {
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

test('a reader who blocks the storage of the browser has the page, in the language of choice', async () => {
  const { page, wrongs } = await visit(browser, server.url, { layout: 'answer' });
  await page.addInitScript(`for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('Access is denied', 'SecurityError'); } });`);
  await page.goto(`${server.url}/graphql`);
  await page.getByLabel('Language').selectOption('nl');
  await page.locator('[data-question="38-all-ties-on-the-map"]').click();
  await page.locator('.desk h2', { hasText: 'Kaart' }).waitFor();
  await page.locator('.desk-figure [data-mark]').first().waitFor();
  expect(wrongs).toEqual([]);
}, 120_000);

test('a panel that cannot be loaded says so, and the page stays in use', async () => {
  const { page } = await visit(browser, server.url, { layout: 'answer' });
  await page.goto(`${server.url}/graphql#question=EarliestTie&view=table&language=en`);
  await page.locator('.desk tbody tr').first().waitFor();
  await page.context().setOffline(true);
  await openPanel(page, 'Ids');
  await page.getByText('This part could not be loaded.').waitFor();
  await openPanel(page, 'Table');
  await page.locator('.desk tbody tr').first().waitFor();
  await openPanel(page, 'Ids');
  await page.getByRole('button', { name: 'Load the page again' }).waitFor();
  // It is loaded as soon as there is a connection.
  await page.context().setOffline(false);
  await page.locator('.desk-names').waitFor();
}, 120_000);
