import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsOf } from '../support/axe.js';
import { openDesk, openServedBrowser } from '../support/browser.js';

/** Presses of Tab after which a control counts as out of reach. */
const MAX_TABS = 250;

const { server, browser } = await openServedBrowser();

/** Presses Tab, or Shift and Tab for what is before it, until the control with the focus matches, and has this text or name. */
async function reach(page: Page, selector: string, text = '', key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isThere = `(() => {
    const focused = document.activeElement;
    const label = (focused?.getAttribute('aria-label') ?? '') + (focused?.textContent ?? '');
    return focused?.matches(${JSON.stringify(selector)}) && label.includes(${JSON.stringify(text)});
  })()`;
  for (let press = 0; press < MAX_TABS; press += 1) {
    if (await page.evaluate<boolean>(isThere)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached ${selector} ${text}.`);
}

/** Opens a question by keyboard: the list of questions, some of its words, the question. */
async function openByKeyboard(page: Page, words: string, name: string): Promise<void> {
  await reach(page, '[data-panel="Questions"]', '', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('[data-question]').first().waitFor();
  await reach(page, 'input.desk-search');
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(words);
  await reach(page, `[data-question="${name}"]`);
  await page.keyboard.press('Enter');
}

async function savedBy(page: Page, selector: string, text: string): Promise<string> {
  await reach(page, selector, text);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  return download.suggestedFilename();
}

test('the jobs of an analyst are done by keyboard alone', async () => {
  const { page, wrongs } = await openDesk(browser, server.url);
  const row = page.locator('.desk tbody tr').first();
  const mark = page.locator('.desk-figure [data-mark]').first();

  // a: the ties that ended, by whom, why, on what evidence, to Excel.
  await openByKeyboard(page, 'door wie, waarom', '48-ended-or-dormant-by-whom');
  await row.waitFor();
  expect(await savedBy(page, 'button', 'XLSX')).toBe('EndedOrDormantByWhom.xlsx');

  // b: by province, decade and status, as a picture.
  await openByKeyboard(page, 'provincie', '47-ties-by-province-decade-and-status');
  await mark.waitFor();
  expect(await savedBy(page, 'button', 'Bewaar als PNG')).toMatch(/^stedenband-grafiek-.+\.png$/);

  // c: a day beside today.
  await openByKeyboard(page, 'dag naar keuze', '39-ties-on-a-day');
  await mark.waitFor();
  await reach(page, 'button', 'Vergelijk');
  await page.keyboard.press('Enter');
  await page.locator('.desk-comparison').waitFor();
  await reach(page, '[data-mark]');
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate('document.activeElement.matches("[data-mark]")')).toBe(true);

  // e: a link that holds: short, and frozen.
  await reach(page, '.desk-share button', 'Korte link', 'Shift+Tab');
  await page.keyboard.press('Enter');
  const status = page.locator('.desk-share [role="status"]');
  await expect.poll(() => status.textContent()).toMatch(/\/s\/[\w-]{16} · /);
  const [shortLink = ''] = /http\S+/.exec((await status.textContent()) ?? '') ?? [];
  const { hash } = new URL(page.url());
  await reach(page, '.desk-share button', 'Bevries');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('knownAt=');

  // f: exchanges under ended ties, as a file of the server.
  await openByKeyboard(page, 'culturele', '22-culture-under-ended-ties');
  await row.waitFor();
  await reach(page, 'a[href*="/export/"], a[href^="export/"]', 'NDJSON');

  // d: all about 南京.
  await page.route('**/id/**', route => route.fulfill({ contentType: 'text/html', body: '<title>Record</title>' }));
  await reach(page, '[role="combobox"]', '', 'Shift+Tab');
  await page.keyboard.insertText('南京');
  await page.locator('[role="option"][data-record="cn-nanjing"]').waitFor();
  await Promise.all([page.waitForRequest('**/id/cn-nanjing*'), page.keyboard.press('Enter')]);

  const reader = await openDesk(browser, server.url);
  await reader.page.goto(shortLink);
  await reader.page.locator('.desk-figure [data-mark]').first().waitFor();
  expect(new URL(reader.page.url()).hash).toBe(hash);
  expect([...wrongs, ...reader.wrongs]).toEqual([]);
}, 240_000);

/** Views with a question that fills them. */
const FILLED = [
  ['Questions', '#view=questions', '[data-question]'],
  ['Table', '#question=EndedOrDormantByWhom&view=table', '.desk tbody tr'],
  ['Map', '#question=TiesOnADay&view=map', '.desk-figure [data-mark]'],
  ['Timeline', '#question=TiesOverTime&view=timeline', '.desk-figure [data-mark]'],
  ['Chart', '#question=TiesByDecadeAndStatus&view=chart', '.desk-figure [data-mark]'],
  ['Evidence', '#question=TiesByDecadeAndStatus&view=evidence', '.desk-evidence dt'],
  ['Code', '#question=TiesByDecadeAndStatus&view=code', '.desk pre'],
  ['Ids', '#view=ids', '.desk-names textarea'],
] as const;

test('in Chinese, at a zoom of 400 % and with reduced motion: no view scrolls sideways, moves, or has a fault for axe', async () => {
  const { page, wrongs } = await openDesk(browser, server.url, { locale: 'zh-CN', reducedMotion: 'reduce' });
  const problems: string[] = [];
  for (const [view, hash, filled] of FILLED) {
    await page.evaluate(`location.hash = ${JSON.stringify(`${hash}&language=zh`)}`);
    await page.locator(filled).first().waitFor();
    problems.push(...(await faultsOf(page, view, { exclude: ['.graphiql-sessions'] })));
    const moving = await page.evaluate<string[]>(`[...document.querySelectorAll('*')]
      .filter(element => ['transitionDuration', 'animationDuration'].some(
        property => getComputedStyle(element)[property].split(',').some(duration => parseFloat(duration) > 0.001)))
      .map(element => element.outerHTML.slice(0, 100))`);
    problems.push(...moving.map(html => `${view} moves: ${html}`));
    // 1280 × 1024 pixels at 400 %.
    await page.setViewportSize({ width: 320, height: 256 });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (overflow > 0) problems.push(`${view}: ${overflow} pixels wider than the screen`);
    await page.setViewportSize({ width: 1280, height: 800 });
    const title = await page.locator('.desk h2').first().textContent();
    if (!/\p{Script=Han}/u.test(title ?? '')) problems.push(`${view}: its title is ${title}`);
  }
  expect(problems).toEqual([]);
  expect(wrongs).toEqual([]);
}, 240_000);

test('the focus stays near what had it when an action removes or hides that', async () => {
  const { page, wrongs } = await openDesk(browser, server.url);
  const open = async (hash: string) => {
    await page.goto('about:blank');
    await page.goto(`${server.url}/graphql#language=nl&${hash}`);
    await page.locator('.desk tbody tr').first().waitFor();
  };
  const press = async (selector: string) => {
    await page.locator(selector).first().focus();
    await page.keyboard.press('Enter');
  };
  const focused = (selector: string) =>
    expect.poll(() => page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)).toBe(true);

  await open('question=EndedBetween&view=table');
  await press('.desk tbody button.desk-button');
  await page.locator('.desk-evidence').waitFor();
  await focused('.desk[aria-label="Bewijs"]');
  await press('[data-panel="Questions"]');
  await press('[data-question="12-fifty-years"]');
  await focused('.desk[aria-label="Tabel"]');
  await press('[data-panel="Map"]');
  await press('.desk-nothing button');
  await focused('.desk[aria-label="Kaart"]');

  // A mark that asks for another picture: in a new tab, then in the same tab, which keeps the mark.
  const enterMark = async () => {
    const previous = page.url();
    await page.keyboard.press('ArrowDown');
    const node = await page.evaluate<string>('document.activeElement.dataset.node');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).not.toBe(previous);
    return node;
  };
  await open('question=AllTiesOnTheMap&view=network');
  await page.locator('[data-mark="0"]').focus();
  await enterMark();
  await focused('.desk[aria-label="Netwerk"]');
  await page.locator('.desk-figure[aria-label^="Netwerk van "] [data-mark="0"]').focus();
  const node = await enterMark();
  await expect.poll(() => page.url()).toContain(node);
  await focused(`[data-node="${node}"]`);

  const query = 'query Partnerships { partnerships(first: 9) { totalCount nodes { dutch { name } startedOn } } }';
  await open(`query=${encodeURIComponent(query)}&view=builder`);
  await press('.desk-part button[aria-label^="Verwijder"]');
  await focused('fieldset.desk-part');
  await page.keyboard.press('Tab');
  await focused('fieldset.desk-part *');
  expect(wrongs).toEqual([]);
}, 120_000);
