import { existsSync, statSync, writeFileSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';
import { openTestServer } from './server.js';

/** The headless shell takes a third less CPU a page than the browser in its headless mode. */
const BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? BROWSERS.find(path => existsSync(path));
  if (!executablePath) {
    throw new Error(`This test needs Chromium: set CHROMIUM_PATH, or install one at ${BROWSERS.join(' or ')}.`);
  }
  return chromium.launch({ executablePath, args: QUIET });
}

/** Opens a server and a browser for the tests of a file, which closes both at its end. */
export async function openServedBrowser(options: Parameters<typeof openTestServer>[0] = {}) {
  const [server, browser] = await Promise.all([openTestServer(options), openBrowser()]);
  afterAll(() => Promise.all([browser.close(), server.close()]));
  return { server, browser };
}

/** A page, and all it did that it should not. */
export interface Visit {
  page: Page;
  wrongs: string[];
}

/**
 * A new visitor's page, cut off from every other host, until the end of the test. It has the editor beside the panel, unless
 * `layout` is `answer`.
 */
export async function visit(
  browser: Browser,
  origin: string,
  { layout = 'editor', ...options }: BrowserContextOptions & { layout?: 'answer' | 'editor' } = {},
): Promise<Visit> {
  const wrongs: string[] = [];
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB', ...options });
  // Pages of ended tests would go on polling, drawing and following.
  onTestFinished(() => context.close());
  // The layout `answer` is the default of the page.
  if (layout === 'editor') await context.addInitScript(`localStorage.setItem('stedenband:layout', 'editor')`);
  await context.route(
    url => url.origin !== origin,
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

/** Opens a panel by its button at the side, unless it is open. */
export async function openPanel(page: Page, title: string): Promise<void> {
  const button = page.locator(`[data-panel="${title}"]`);
  await button.waitFor();
  if ((await button.getAttribute('aria-current')) === null) await button.click();
}

/** Opens a question of the page by its file's name, which asks it too, and shows its view. */
export async function openQuestion(page: Page, name: string): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await openPanel(page, 'Questions');
  await page.locator(`[data-question="${name}"]`).click();
  await page.locator('.result-window .view-lines').getByText('"data"').waitFor();
}

/** A page with one question of one's own in its only tab. */
export function withQuestion(page: Page, operationName: string, query: string): Promise<unknown> {
  const tab = { id: 'own', hash: 'own', title: operationName, query, variables: null, headers: null, operationName };
  const kept = JSON.stringify({ activeTabIndex: 0, tabs: [{ ...tab, response: null }] });
  return page.addInitScript(`localStorage.setItem('graphiql:tabState', ${JSON.stringify(kept)})`);
}

/** Runs the operation of the editors. A click before the editors exist does nothing. */
export async function run(page: Page): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await page.locator('.result-window .monaco-editor').waitFor();
  await page.locator('.graphiql-execute-button').click();
}

/** Enters a key as the analysts do: under Headers, below the query. */
export async function typeKey(page: Page, key: string): Promise<void> {
  const editor = page.locator('[aria-label="Headers"] .monaco-editor').last();
  if (!(await editor.isVisible())) await page.getByRole('button', { name: 'Headers', exact: true }).click();
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(`{ "Authorization": "Bearer ${key}" }`);
}

/**
 * Presses the mouse on an element, as a hand does, once it stands still and is enabled: what covers it would get the
 * click, and a button that waits for a response would not act on it.
 */
export async function press(page: Page, element: Locator): Promise<void> {
  await element.click({ trial: true });
  await element.hover();
  await page.mouse.down();
  await page.mouse.up();
}

const PICTURES = new URL('../graphiql/', import.meta.url);
const MAX_PICTURE_BYTES = 300_000;

/** Checks a screenshot of the README. `SCREENSHOTS=1` takes it again; a person reviews it before it is committed. */
export async function picture(page: Page, name: string): Promise<void> {
  const file = new URL(`${name}.png`, PICTURES);
  if (process.env.SCREENSHOTS) writeFileSync(file, await page.screenshot());
  expect(statSync(file).size).toBeLessThan(MAX_PICTURE_BYTES);
}

/** Opens the page as a new Dutch visitor finds it, once its questions are there. */
export async function openDesk(
  browser: Browser,
  origin: string,
  options: Parameters<typeof visit>[2] = {},
): Promise<Visit> {
  const visited = await visit(browser, origin, { locale: 'nl-NL', layout: 'answer', ...options });
  await visited.page.goto(`${origin}/graphql`);
  await visited.page.locator('[data-question]').first().waitFor();
  return visited;
}
