import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openDesk, openServedBrowser, visit } from '../support/browser.js';
import { UNBOUNDED } from '../support/protection.js';

const { server, browser } = await openServedBrowser({ protection: { ...UNBOUNDED, embedOrigins: ['*'] } });

/** Returns the elements around the last cell or picture that cut, scroll or hide a part of it. */
const cutting = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const parts = [];
    const last = [...document.querySelectorAll('.desk td, .desk-figure')].at(-1);
    for (let part = last; part; part = part.parentElement) {
      const { overflow } = getComputedStyle(part);
      if (overflow !== 'visible' && !part.matches('.desk-figure')) parts.push(part.tagName + '.' + part.className);
    }
    return parts;
  })()`);

const visible = (page: Page, selector: string) => page.locator(selector).filter({ visible: true }).count();

/** Returns the red, green and blue of the text of a part. */
const inkOf = async (page: Page, selector: string) =>
  /\d+, \d+, \d+/
    .exec(await page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).color`))?.[0]
    .split(', ')
    .map(Number) ?? [];

const sheetsOf = async (page: Page) =>
  (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)?.length;

test('the desk prints all of an answer in light colours, with its source, and nothing to press', async () => {
  const { page, wrongs } = await openDesk(browser, server.url, { colorScheme: 'dark' });
  await page.goto(`${server.url}/graphql#question=EndedOrDormantByWhom&view=table&language=nl`);
  await page.locator('.desk tbody tr').first().waitFor();
  const foot = page.locator('.desk-print-foot');
  expect(await foot.isVisible()).toBe(false);
  expect(await sheetsOf(page)).toBeGreaterThan(1);
  expect(await foot.textContent()).toBe(
    `Bron: stedenband, het register van banden tussen Nederlandse en Chinese overheden · CC BY 4.0 · ${page.url()}`,
  );
  await page.emulateMedia({ media: 'print' });
  expect(await cutting(page)).toEqual([]);
  expect(await visible(page, '.desk-bar, .graphiql-sidebar, .graphiql-sessions, .desk-button, .desk-unfold')).toBe(0);
  expect(Math.max(...(await inkOf(page, '.desk')))).toBeLessThan(100);
  expect(await foot.isVisible()).toBe(true);

  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${server.url}/graphql#question=TiesOnADay&view=map&language=nl`);
  const paper = page.locator('.desk-figure > rect').first();
  await paper.waitFor();
  expect(await paper.getAttribute('fill')).not.toBe('#ffffff');
  await page.emulateMedia({ media: 'print' });
  await expect.poll(() => paper.getAttribute('fill')).toBe('#ffffff');
  expect(await visible(page, '.desk-hint, .desk-title, .desk input')).toBe(0);
  expect(await cutting(page)).toEqual([]);
  expect(await sheetsOf(page)).toBe(1);
  expect(wrongs).toEqual([]);
}, 60_000);

test('an embedded view prints all columns and rows, and its pictures in light colours', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'nl-NL', colorScheme: 'dark' });
  await page.goto(`${server.url}/embed/table#question=EndedOrDormantByWhom&language=nl`);
  await page.locator('.desk tbody tr').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await cutting(page)).toEqual([]);
  expect(await visible(page, '.desk-button')).toBe(0);
  expect(Math.max(...(await inkOf(page, 'body')))).toBeLessThan(120);
  const bottom = (selector: string) =>
    page.evaluate<number>(`document.querySelector('${selector}').getBoundingClientRect().bottom`);
  expect(await bottom('.desk table')).toBeLessThan(await bottom('footer'));
  await page.goto(`${server.url}/embed/chart#question=TiesByDecadeAndStatus&language=nl`);
  const paper = page.locator('.desk-figure > rect').first();
  await paper.waitFor();
  expect(await paper.getAttribute('fill')).toBe('#ffffff');
  expect(wrongs).toEqual([]);
}, 60_000);

// The text spacing that a reader sets for criterion 1.4.12 of WCAG.
const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }';

test('with the text spacing of a reader nothing is wider than a narrow screen', async () => {
  const viewport = { width: 320, height: 640 };
  const { page } = await openDesk(browser, server.url, { viewport, bypassCSP: true });
  await page.goto(`${server.url}/graphql#question=EndedOrDormantByWhom&view=table&language=nl`);
  await page.locator('.desk tbody tr').first().waitFor();
  await page.addStyleTag({ content: SPACING });
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  const right = await page.evaluate<number[]>(
    `[...document.querySelectorAll('.desk-choices select')].map(list => list.getBoundingClientRect().right)`,
  );
  expect(right.length).toBeGreaterThan(0);
  expect(Math.max(...right)).toBeLessThanOrEqual(viewport.width);
}, 60_000);

test('forced colours tell what is pressed and open', async () => {
  const { page } = await openDesk(browser, server.url, { forcedColors: 'active' });
  await page.goto(`${server.url}/graphql#question=TiesOnADay&view=table&language=nl`);
  await page.locator('.desk tbody tr').first().waitFor();
  const backgrounds = (selector: string) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('${selector}')].map(part => getComputedStyle(part).backgroundColor)`,
    );
  const chosen = await backgrounds('.desk-switch [aria-pressed="true"], [data-panel][aria-current="true"]');
  const others = new Set(await backgrounds('.desk-switch [aria-pressed="false"], [data-panel]:not([aria-current])'));
  expect(chosen).toHaveLength(2);
  expect(chosen.filter(background => others.has(background))).toEqual([]);
  await page.locator('.desk tbody .desk-button').first().click();
  await page.locator('[data-panel="Table"]').click();
  await page.locator('.desk tr[aria-current="true"]').waitFor();
  const outlines = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.desk tbody tr')].map(row => getComputedStyle(row).outlineStyle)`,
  );
  expect(outlines.filter(style => style !== 'none')).toHaveLength(1);
  await page.locator('[data-panel="Map"]').click();
  await page.locator('.desk-button[aria-pressed]').click();
  await page.locator('.desk-button[aria-pressed="true"]').waitFor();
  expect(others).not.toContain((await backgrounds('.desk-button[aria-pressed="true"]'))[0]);

  await page.locator('.clock-button').click();
  await page.locator('.clock-changes button').nth(1).click();
  await page.locator('.clock-banner strong').waitFor();
  await page.locator('.clock-button').click();
  await page.locator('.clock-changes [aria-current="true"]').waitFor();
  const [current] = await backgrounds('.clock-changes [aria-current="true"]');
  expect(await backgrounds('.clock-changes [aria-current="false"]')).not.toContain(current);
}, 60_000);
