import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openTestServer } from './setup/server.js';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const KEY = 'browser-test-admin-key';

let server: Awaited<ReturnType<typeof openTestServer>>;
let browser: Browser;

beforeAll(async () => {
  const executablePath = process.env.CHROMIUM_PATH ?? BROWSERS.find(path => existsSync(path));
  if (!executablePath) {
    throw new Error(`This test needs Chromium: set CHROMIUM_PATH, or install one at ${BROWSERS.join(' or ')}.`);
  }
  [server, browser] = await Promise.all([
    openTestServer({ access: { adminKey: KEY } }),
    chromium.launch({ executablePath, args: QUIET }),
  ]);
}, 60_000);

afterAll(() => Promise.all([browser?.close(), server?.close()]));

/** A new visitor's page, cut off from every other host, and all it did that it should not. */
async function visitor(): Promise<{ page: Page; wrongs: string[] }> {
  const wrongs: string[] = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.route(
    url => url.origin !== server.url,
    route => {
      wrongs.push(`asked ${route.request().url()}`);
      return route.abort();
    },
  );
  await context.exposeFunction('wrong', (what: string) => wrongs.push(what));
  await context.addInitScript(`addEventListener('securitypolicyviolation', event =>
    wrong('against the policy: ' + event.violatedDirective + ' ' + event.blockedURI))`);
  const page = await context.newPage();
  page.on('console', message => {
    if (message.type() === 'error') wrongs.push(`console: ${message.text()}`);
  });
  page.on('pageerror', error => wrongs.push(`uncaught: ${error.message}`));
  page.on('response', response => {
    if (response.status() >= 400) wrongs.push(`${response.status()} ${response.url()}`);
  });
  return { page, wrongs };
}

test('an analyst opens the page, finds a question, runs it and reads the answer, all from our own host', async () => {
  const { page, wrongs } = await visitor();
  const workers: string[] = [];
  page.on('worker', worker => workers.push(new URL(worker.url()).pathname));
  await page.goto(`${server.url}/graphql`);

  const title = page.locator('.graphiql-query-editor .view-line', { hasText: /^#\s\S/ });
  await title.first().waitFor();
  const tabs = await page.getByRole('tab').count();
  expect(tabs).toBeGreaterThanOrEqual(1);
  expect(tabs).toBeLessThanOrEqual(5);

  await page.getByRole('button', { name: /^Execute query/ }).click();
  const answer = page.locator('.result-window .view-lines');
  await answer.getByText('"data"').waitFor();
  expect(await answer.textContent()).not.toMatch(/"errors"/);

  // Without its workers Monaco still works, but in the page's own thread and without a warning at the screen.
  await expect.poll(() => workers).toContainEqual(expect.stringMatching(/^\/graphiql\/graphql\.worker-.+\.js$/));
  expect(wrongs).toEqual([]);
}, 60_000);

test('a subscription runs in the page, and shows a change when it is made', async () => {
  const { page, wrongs } = await visitor();
  const query = 'subscription Follow { changes { kind subjectId } }';
  await page.addInitScript(
    `localStorage.setItem('graphiql:tabState', '${JSON.stringify({
      activeTabIndex: 0,
      tabs: [
        {
          id: 'follow',
          hash: 'follow',
          title: 'Follow',
          query,
          variables: null,
          headers: null,
          operationName: 'Follow',
          response: null,
        },
      ],
    })}')`,
  );
  await page.goto(`${server.url}/graphql`);
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'subscription' }).first().waitFor();
  await page.getByRole('button', { name: /^Execute query/ }).click();
  const change = page.locator('.result-window .view-lines').getByText('tie-delft-jingdezhen');
  // The socket may still be opening: changes go on until one is seen.
  for (let version = 1; version < 20 && !(await change.isVisible()); version += 1) {
    const input = `{ id: "tie-delft-jingdezhen", expectedVersion: ${version}, notes: "Seen ${version}", reason: "test" }`;
    await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ query: `mutation { revisePartnership(input: ${input}) { change { cursor } } }` }),
    });
    await page.waitForTimeout(250);
  }
  expect(await change.isVisible()).toBe(true);
  expect(wrongs).toEqual([]);
}, 60_000);

test('the page and its files say what a browser may do with them and how long to keep them', async () => {
  const page = await fetch(`${server.url}/graphql`, { headers: { Accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'; (?!.*script-src)/);
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
