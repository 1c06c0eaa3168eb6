import type { Request } from 'playwright-core';
import { expect, test } from 'vitest';
import { openDesk, openPanel, openServedBrowser, run, typeKey, visit, withQuestion } from '../support/browser.js';

const KEY = 'browser-test-admin-key';

const { server, browser } = await openServedBrowser({ access: { adminKey: KEY } });

async function post(query: string) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data: { partnership: { version: number } } };
}

const versionOf = async (id: string) =>
  (await post(`{ partnership(id: "${id}") { version } }`)).data.partnership.version;

test('labels of codes whose request is lost come later', async () => {
  const { page } = await openDesk(browser, server.url);
  let lost = 0;
  await page.route('**/graphql', route => {
    if (lost > 0 || !route.request().postData()?.includes('codeLists')) return route.continue();
    lost += 1;
    return route.abort();
  });
  await page.locator('[data-question="34-what-to-check-first"]').click();
  await page.locator('.desk th', { hasText: 'Zekerheid' }).waitFor();
  expect(lost).toBe(1);
}, 60_000);

test('without a connection the page says so without the register, and parts that did not come are loaded afterwards', async () => {
  const { page } = await openDesk(browser, server.url);
  await page.locator('[data-question="34-what-to-check-first"]').click();
  await page.locator('.desk tbody tr').first().waitFor();
  await page.context().setOffline(true);
  await openPanel(page, 'Questions');
  await page.locator('[data-question="12-fifty-years"]').click();
  const notice = page.locator('.desk-notice');
  await notice.getByText('Het register is niet bereikbaar.').waitFor();
  expect(await notice.textContent()).not.toContain('Het register zegt');
  // Only the reason tells a lost connection from a request that the browser refused.
  expect(await notice.locator('[lang="en"]').textContent()).toBe('Failed to fetch');
  await openPanel(page, 'Network');
  const missing = page.getByText('Dit deel kon niet worden geladen.');
  await missing.waitFor();
  await page.context().setOffline(false);
  await missing.waitFor({ state: 'hidden' });
  await notice.getByRole('button', { name: 'Probeer opnieuw' }).click();
  await page.locator('.desk h2, .desk h3').first().waitFor();
}, 60_000);

test('a subscription that loses its connection says so, shows the changes that came, and the cursor to resume from', async () => {
  const { page } = await visit(browser, server.url);
  let cut = (): unknown => undefined;
  await page.routeWebSocket('**/graphql', socket => {
    socket.connectToServer();
    cut = () => socket.close({ code: 1012, reason: 'The server restarts; connect again' });
  });
  await withQuestion(page, 'Follow', 'subscription Follow { changes { cursor subjectId } }');
  await page.goto(`${server.url}/graphql#view=table`);
  await run(page);
  const seen = page.getByText(/^\d changes? seen/);
  // The first changes may come before the subscription begins.
  let version = await versionOf('tie-oss-taizhou');
  const revise = async () => {
    const input = `{ id: "tie-oss-taizhou", expectedVersion: ${version}, notes: "Revised ${version} times." }`;
    await post(`mutation { revisePartnership(input: ${input}) { change { cursor } } }`);
    version += 1;
    return seen.count();
  };
  await expect.poll(revise, { interval: 1_000 }).toBe(1);
  cut();
  await page.locator('.desk-notice').getByText('The subscription has ended.').waitFor();
  expect(await page.locator('.desk-changes code').textContent()).not.toBe('');
  expect(await page.locator('.result-window .view-lines').textContent()).toMatch(/connect\sagain/);
}, 60_000);

/** A page with a question in its only tab, and a key under its headers. */
async function openWithKey(query: string, locale: string) {
  const { page } = await visit(browser, server.url, { locale });
  await withQuestion(page, 'Own', query);
  await page.goto(`${server.url}/graphql#view=table`);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await typeKey(page, KEY);
  return page;
}

test('a subscription has the key of its tab and the language of the page, as a query has', async () => {
  const page = await openWithKey('subscription Own { changes(after: "none") { cursor } }', 'nl-NL');
  const params: unknown[] = [];
  page.on('websocket', socket =>
    socket.on('framesent', ({ payload }) => params.push(JSON.parse(String(payload)).payload)),
  );
  await run(page);
  await page.locator('.desk-reasons', { hasText: 'none' }).waitFor();
  expect(params[0]).toEqual({ Authorization: `Bearer ${KEY}`, acceptLanguage: 'nl' });
  expect(await page.locator('.desk-reasons').textContent()).toContain('is geen cursor');
}, 60_000);

test('the further pages of a list are asked for with the key of its tab, and a part that is missing is said', async () => {
  const page = await openWithKey(
    'query Own { changes(first: 100) { totalCount nodes { subjectId } } viewer { kind } }',
    'en-GB',
  );
  const keys: unknown[] = [];
  let isDamaged = true;
  await page.route('**/graphql', async route => {
    if (!route.request().postData()?.includes('desk_after')) return route.continue();
    keys.push(route.request().headers().authorization);
    if (!isDamaged) return route.continue();
    const answer = await (await route.fetch()).json();
    const errors = [{ message: 'A part is missing.', path: ['changes', 'nodes', 0, 'subjectId'] }];
    return route.fulfill({ json: { ...answer, errors } });
  });
  await run(page);
  const all = page.getByRole('button', { name: 'Get all' });
  await all.click();
  await page.locator('.desk-more', { hasText: 'A part is missing.' }).waitFor();
  isDamaged = false;
  await all.click();
  await all.waitFor({ state: 'hidden' });
  expect(new Set(keys)).toEqual(new Set([`Bearer ${KEY}`]));
}, 60_000);

test('a second day is asked for with the key of the tab', async () => {
  const { page } = await visit(browser, server.url);
  await page.goto(`${server.url}/graphql#question=TiesOnADay&view=map&language=en`);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await typeKey(page, KEY);
  const isKeyed = (request: Request) => request.headers().authorization === `Bearer ${KEY}`;
  await Promise.all([page.waitForResponse(response => isKeyed(response.request())), run(page)]);
  await page.locator('.desk-answer[data-outdated="false"] .desk-figure [data-mark]').first().waitFor();
  const compared = page.waitForRequest('**/graphql');
  await page.getByRole('button', { name: 'Compare with…' }).click();
  expect(isKeyed(await compared)).toBe(true);
}, 60_000);
