import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { mergeHits } from '../../src/graphiql/result/record-hits.js';
import { openDesk, openServedBrowser, PHONE } from '../support/browser.js';

/** Time from the last key to the first record on an idle machine; other tests run in parallel here. */
const MAX_LOOK_UP_MS = 200;

const { server, browser } = await openServedBrowser();

const open = (options: Parameters<typeof openDesk>[2] = {}) => openDesk(browser, server.url, options);

const box = (page: Page) => page.getByRole('combobox', { name: 'Zoek op naam' });
/** Catches the page of a record, and returns its address. Without content a browser stays where it is. */
async function addressOf(page: Page, act: () => Promise<unknown>): Promise<URL> {
  await page.route('**/id/**', route => route.fulfill({ status: 204 }));
  const [request] = await Promise.all([page.waitForRequest('**/id/**'), act()]);
  return new URL(request.url());
}

test('each name of Nanjing gives it first, and Enter opens its page', async () => {
  const { page, wrongs } = await open();
  for (const name of ['南京', 'Nanjing', 'nan jing', 'Nanking', 'Nanjng', '江苏 南京']) {
    const times: number[] = [];
    await box(page).focus();
    // The first request also opens the connection; the fastest of three tells what the look-up takes.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await box(page).fill('');
      // The records of the attempt before are gone, and not only out of sight.
      await page.locator('.desk-look-up [role="option"]').first().waitFor({ state: 'detached' });
      // The page listens before the key comes: two requests to it may overtake each other.
      await page.evaluate(`void (globalThis.answered = new Promise(resolve => {
        const input = document.querySelector('.desk-look-up input');
        let start = 0;
        input.addEventListener('input', () => { start = performance.now(); }, { once: true });
        const look = () => {
          const option = document.querySelector('.desk-look-up [role="listbox"]:not([hidden]) [role="option"]');
          if (start && option) resolve(performance.now() - start); else requestAnimationFrame(look);
        };
        look();
      }))`);
      await page.keyboard.insertText(name);
      times.push(await page.evaluate<number>('globalThis.answered'));
    }
    expect(await page.locator('[role="option"]').first().getAttribute('data-record'), name).toBe('cn-nanjing');
    console.info(`${name}: ${Math.round(Math.min(...times))} ms from the last key to the first record.`);
    expect(Math.min(...times), name).toBeLessThan(MAX_LOOK_UP_MS * (process.env.CI || process.env.VITEST ? 5 : 1));
    const { pathname, searchParams } = await addressOf(page, () => page.keyboard.press('Enter'));
    expect([name, pathname, searchParams.get('language')]).toEqual([name, '/id/cn-nanjing', 'nl']);
  }
  expect(wrongs).toEqual([]);
}, 120_000);

test('the box is a combobox: arrows name the active option, Escape closes, Enter before the answer opens the first', async () => {
  const { page, wrongs } = await open({ viewport: PHONE });
  await box(page).focus();
  await page.keyboard.insertText('Utrecht');
  const options = page.getByRole('option');
  await options.nth(1).waitFor();
  expect(await box(page).getAttribute('aria-expanded')).toBe('true');
  const active = async () => page.locator(`[id="${await box(page).getAttribute('aria-activedescendant')}"]`);
  expect(await (await active()).getAttribute('data-record')).toBe(await options.first().getAttribute('data-record'));
  await page.keyboard.press('ArrowDown');
  expect(await (await active()).getAttribute('data-record')).toBe(await options.nth(1).getAttribute('data-record'));
  expect(await options.nth(1).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Escape');
  await options.first().waitFor({ state: 'hidden' });
  expect(await box(page).getAttribute('aria-expanded')).toBe('false');
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0);

  await box(page).fill('');
  await page.keyboard.insertText('Eindhoven');
  const { pathname } = await addressOf(page, () => page.keyboard.press('Enter'));
  expect(pathname).toBe('/id/nl-eindhoven');
  expect(wrongs).toEqual([]);
}, 120_000);

test('a name that comes late replaces nothing that is typed, and Enter after a choice chooses nothing in it', async () => {
  const { page, wrongs } = await open();
  const { promise: typed, resolve: release } = Promise.withResolvers<void>();
  const isNamed = page.waitForResponse(response => !!response.request().postData()?.includes('... on Labelled'));
  await page.route('**/graphql', async route => {
    if (route.request().postData()?.includes('... on Labelled')) await typed;
    await route.continue();
  });
  await page.evaluate(`location.hash = '#question=NetworkOfAnAuthority&view=network&language=nl'`);
  const form = page.locator('.desk-variables [role="combobox"]');
  // The id stands for the name until it comes.
  await expect.poll(() => form.inputValue()).toBe('cn-nanjing');
  await form.fill('eindhov');
  await page.locator('.desk-variables [data-record="nl-eindhoven"]').waitFor();
  release();
  await (await isNamed).finished();
  await page.evaluate('new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  expect(await form.inputValue()).toBe('eindhov');
  await form.press('Enter');
  await expect.poll(() => page.url()).toContain('nl-eindhoven');
  await form.press('Enter');
  await form.fill('Utrecht');
  await expect.poll(() => page.locator('.desk-variables [role="status"]').textContent()).toMatch(/^\d+ gegevens$/);
  expect(await form.getAttribute('aria-expanded')).toBe('true');
  expect(page.url()).toContain('nl-eindhoven');
  expect(wrongs).toEqual([]);
}, 120_000);

test('a name that the register does not have is said to be unknown, and a click opens a record', async () => {
  const { page } = await open();
  await box(page).fill('Xyzzyx');
  await page.getByText('Niets in het register heet zo.').waitFor();
  await box(page).fill('Rotterdam');
  const option = page.locator('[data-record="nl-rotterdam"]');
  const { pathname } = await addressOf(page, () => option.click());
  expect(pathname).toBe('/id/nl-rotterdam');
}, 120_000);

test('what the matcher takes for the name comes first, then what begins with it, each record once', () => {
  const candidate = (id: string, score: number) => ({ id, name: id, description: '', score, type: [] });
  const suggestion = (id: string) => ({ id, name: id, description: '', notable: [] });
  expect(
    mergeHits([candidate('a', 90), candidate('b', 42)], ['c', 'a', 'b'].map(suggestion)).map(({ id }) => id),
  ).toEqual(['a', 'c', 'b']);
});
