import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DESKTOP, openDesk, openServedBrowser, PHONE } from '../support/browser.js';

const LARGE = { width: 1920, height: 1080 };

const { server, browser } = await openServedBrowser();

const open = (options: Parameters<typeof openDesk>[2] = {}) => openDesk(browser, server.url, options);

const question = (page: Page, name: string) => page.locator(`[data-question="${name}"]`);
const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not in view.`);
  return box;
};
const sidewaysScroll = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

test.each([PHONE, DESKTOP, LARGE])(
  'a question that is clicked or tapped shows its view at once, without the code: $width pixels',
  async viewport => {
    const isPhone = viewport === PHONE;
    const { page, wrongs } = await open({ viewport, hasTouch: isPhone });
    for (const [name, view] of [
      ['38-all-ties-on-the-map', '.desk-figure [data-mark]'],
      ['40-ties-over-time', '.desk-figure [data-mark]'],
      ['41-ties-by-province', '.desk-figure [data-mark]'],
      ['34-what-to-check-first', '.desk tbody tr'],
    ] as const) {
      await page.locator('[data-panel="Questions"]').click();
      const button = question(page, name);
      await (isPhone ? button.tap() : button.click());
      await page.locator(view).first().waitFor();
      const { y } = await boxOf(page, '.desk');
      expect(y).toBeLessThan(viewport.height / 3);
      expect(await page.locator('.graphiql-query-editor').isVisible()).toBe(false);
      expect(await sidewaysScroll(page)).toBe(0);
    }
    expect(wrongs).toEqual([]);
  },
  120_000,
);

test('every view and tool has its button in view, on 320, 390 and 1280 pixels', async () => {
  const { page, wrongs } = await open();
  for (const viewport of [{ width: 320, height: 640 }, PHONE, DESKTOP]) {
    await page.setViewportSize(viewport);
    const buttons = await page.locator('.desk-navigation button').all();
    expect(buttons).toHaveLength(15);
    for (const button of buttons) {
      const { x = -1, y = -1, width = 0, height = 0 } = (await button.boundingBox()) ?? {};
      expect([x >= 0, y >= 0, x + width <= viewport.width, y + height <= viewport.height]).not.toContain(false);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(36);
    }
  }
  expect(wrongs).toEqual([]);
}, 60_000);

test('the view is at least 1,100 pixels wide on 1280, and the map 800 high on 1920 × 1080', async () => {
  const { page } = await open();
  await question(page, '38-all-ties-on-the-map').click();
  await page.locator('[data-mark]').first().waitFor();
  expect((await boxOf(page, '.desk')).width).toBeGreaterThanOrEqual(1100);

  const large = await open({ viewport: LARGE });
  await question(large.page, '38-all-ties-on-the-map').click();
  await large.page.locator('[data-mark]').first().waitFor();
  expect((await boxOf(large.page, '.desk-figure')).height).toBeGreaterThanOrEqual(800);
}, 120_000);

test('the code is behind a button, has 420 pixels in both layouts, and the layout is remembered', async () => {
  const { page, wrongs } = await open();
  await question(page, '38-all-ties-on-the-map').click();
  const code = page.getByRole('button', { name: 'Toon vraag (GraphQL)' });
  expect(await code.getAttribute('aria-expanded')).toBe('false');
  await code.click();
  const editor = page.locator('.graphiql-query-editor .view-line', { hasText: 'query AllTiesOnTheMap' });
  await editor.waitFor();
  expect((await boxOf(page, '.graphiql-query-editor')).width).toBeGreaterThanOrEqual(420);
  await code.click();
  await editor.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: 'Naast de editor' }).click();
  await editor.waitFor();
  expect((await boxOf(page, '.graphiql-query-editor')).width).toBeGreaterThanOrEqual(420);
  await page.reload();
  await editor.waitFor();
  await page.getByRole('button', { name: 'Antwoord', exact: true }).click();
  await page.reload();
  await page.locator('.desk').waitFor();
  expect(await editor.isVisible()).toBe(false);
  expect(wrongs).toEqual([]);
}, 120_000);

test('with a storage that is full, the language and the layout change for this visit', async () => {
  const { page } = await open();
  await page.locator('[data-question]').first().waitFor();
  await page.evaluate(`Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  }`);
  await page.getByLabel('Taal').selectOption('en');
  await page.locator('html[lang="en"]').waitFor();
  await page.getByRole('button', { name: 'Next to the editor' }).click();
  await page.locator('html[data-layout="editor"]').waitFor();
}, 120_000);

test('the first screen says how much the register has, how recent it is and what is not known', async () => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `{ ties: partnerships { totalCount } exchanges { totalCount }
        unknown: partnerships(filter: { status: { eq: UNKNOWN } }) { totalCount } changes(last: 1) { nodes { recordedAt } } }`,
    }),
  });
  const { data } = (await response.json()) as {
    data: Record<'ties' | 'exchanges' | 'unknown', { totalCount: number }> & {
      changes: { nodes: { recordedAt: string }[] };
    };
  };
  const day = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'Europe/Amsterdam' });
  const updated = day.format(new Date(data.changes.nodes[0]?.recordedAt ?? ''));
  const { page, wrongs } = await open();
  await expect
    .poll(() => page.locator('.desk-summary [role="status"]').textContent())
    .toBe(
      `${data.ties.totalCount} banden · ${data.exchanges.totalCount} uitwisselingen · bijgewerkt ${updated} · van ${data.unknown.totalCount} is de stand niet bekend`,
    );
  expect(await page.locator('[data-question] .desk-view-icon svg').count()).toBe(
    await page.locator('[data-question]').count(),
  );
  expect(wrongs).toEqual([]);
}, 120_000);

test('the buttons at the side are in two groups, with words from 900 pixels on', async () => {
  const { page } = await open();
  const groups = page.locator('.desk-navigation ul');
  for (const [width, hasWords] of [
    [900, true],
    [820, false],
  ] as const) {
    await page.setViewportSize({ width, height: 700 });
    expect(await groups.first().locator('button').allTextContents()).toEqual([
      'Vragen',
      'Tabel',
      'Kaart',
      'Tijdlijn',
      'Grafiek',
      'Netwerk',
      'Bewijs',
    ]);
    expect(await groups.last().getByRole('button', { name: 'Instellen' }).count()).toBe(1);
    expect((await boxOf(page, '[data-panel="Map"] span')).width > 20).toBe(hasWords);
  }
}, 120_000);

test.each([
  ['nl-NL', 'nl', 'Vragen', 'Waar lopen de banden'],
  ['en-GB', 'en', 'Questions', 'Where are the ties'],
  ['zh-CN', 'zh-Hans', '问题', undefined],
] as const)(
  'the page has its language, and names itself and its tabs by the question: %s',
  async (locale, lang, heading, title) => {
    const { page, wrongs } = await open({ locale });
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    await question(page, '38-all-ties-on-the-map').click();
    if (title) {
      await expect.poll(() => page.title()).toContain(title);
      await expect.poll(() => page.locator('.graphiql-tab-button').last().textContent()).toContain(title);
    }
    expect(wrongs).toEqual([]);
  },
  120_000,
);
