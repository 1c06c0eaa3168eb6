import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { formatInstant, instantsOf } from '../../src/graphiql/clock/amsterdam.js';
import { faultsOf } from '../support/axe.js';
import { DESKTOP, openPanel, openServedBrowser, PHONE, picture, run, visit, withQuestion } from '../support/browser.js';
import { openForgetfulProxy } from '../support/forgetful-proxy.js';

const KEY = 'browser-test-admin-key';
const QUESTION =
  'query Oss { partnerships(filter: { id: { eq: "tie-oss-taizhou" } }) { totalCount nodes { id notes } } }';
const PRESENT = 'Known later.';

const { server, browser } = await openServedBrowser({ access: { adminKey: KEY } });
/** Cursor of a change from before the notes of the partnership were revised, and its notes then. */
let past: { cursor: string; notes: string };

beforeAll(async () => {
  const before = await ask(
    'mutation ($input: RevisePartnershipInput!) { revisePartnership(input: $input) { change { cursor } } }',
    {
      input: { id: 'tie-oss-taizhou', expectedVersion: 1, notes: 'Known then.', reason: 'First' },
    },
  );
  past = { cursor: before.revisePartnership.change.cursor, notes: 'Known then.' };
  await ask('mutation ($input: RevisePartnershipInput!) { revisePartnership(input: $input) { change { cursor } } }', {
    input: { id: 'tie-oss-taizhou', expectedVersion: 2, notes: PRESENT, reason: 'Second' },
  });
}, 60_000);

// biome-ignore lint/suspicious/noExplicitAny: the shape of the data depends on the query.
async function ask(query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data } = (await response.json()) as { data: unknown };
  return data;
}

/** A page with the question above in its only tab, at a moment or now. */
async function open(options: BrowserContextOptions & { query?: string; knownAt?: string } = {}) {
  const { query = QUESTION, knownAt, ...context } = options;
  const { page, wrongs } = await visit(browser, server.url, context);
  await withQuestion(page, 'Oss', query);
  await page.goto(`${server.url}/graphql${knownAt ? `?knownAt=${encodeURIComponent(knownAt)}` : ''}`);
  await page
    .locator('.graphiql-query-editor .view-line', { hasText: /Oss|Write|Follow/ })
    .first()
    .waitFor();
  return { page, wrongs };
}

const answer = (page: Page) => page.locator('.result-window .view-lines');
const banner = (page: Page) => page.locator('.clock-banner');
const knownAtOf = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('knownAt');
const openClock = (page: Page) => page.locator('.clock-button').click();

/** Fills the fields of the dialog, and asks for that moment. */
async function chooseTime(page: Page, day: string, time: string): Promise<void> {
  await openClock(page);
  await page.getByLabel('Day', { exact: true }).fill(day);
  await page.getByLabel('Time in the Netherlands').fill(time);
  await page.getByRole('button', { name: 'Show this moment' }).click();
}

test('a year of five digits cannot be typed', async () => {
  const { page, wrongs } = await open();
  await openClock(page);
  const day = page.getByLabel('Day', { exact: true });
  await day.focus();
  await page.keyboard.type('11242026');
  expect(await day.inputValue()).toBe('2026-11-24');
  await page.keyboard.type('1');
  expect(await day.inputValue()).toMatch(/^\d{4}-11-24$/);
  expect(wrongs).toEqual([]);
}, 60_000);

test('a change is chosen with the pointer; the page, its panels, links, exports and address are of that moment, and now is back', async () => {
  const { page, wrongs } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await run(page);
  await answer(page).getByText(PRESENT).waitFor();
  await openPanel(page, 'Table');
  await page.locator('.desk tbody td', { hasText: PRESENT }).waitFor();

  await openClock(page);
  const changes = page.locator('.clock-changes button');
  await expect.poll(() => changes.count()).toBeGreaterThan(10);
  expect(await changes.first().textContent()).toMatch(/\d{4} at \d\d:\d\d:\d\d \(Dutch time\)Oss – Taizhou, Revised$/);
  await changes.nth(1).click();
  await answer(page).getByText(past.notes).waitFor();
  await page.locator('.desk tbody td', { hasText: past.notes }).waitFor();
  expect(await page.getByText(PRESENT).count()).toBe(0);
  await expect.poll(() => knownAtOf(page)).toBe(past.cursor);
  await expect
    .poll(() => banner(page).textContent())
    .toMatch(
      /As the register knew it on .+ \(Dutch time\)\. Last change by then: Oss – Taizhou, Revised\.Mutations and subscriptions are off/,
    );

  const file = page.waitForEvent('download');
  await page.locator('.desk-export a', { hasText: 'NDJSON' }).click();
  const exported = readFileSync(await (await file).path(), 'utf8');
  expect(exported).toContain(past.notes);
  expect(exported).not.toContain(PRESENT);
  const rows = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV', exact: true }).click();
  expect((await rows).suggestedFilename()).toBe(`Oss-knownAt-${past.cursor}.csv`);
  await openPanel(page, 'Evidence');
  await page.locator('.desk-evidence').waitFor();

  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Copied', { exact: true }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(page.url());

  await page.locator('.clock-banner button', { hasText: 'Back to now' }).click();
  await answer(page).getByText(PRESENT).waitFor();
  await expect.poll(() => knownAtOf(page)).toBe(null);
  expect(await banner(page).isVisible()).toBe(false);
  await page.goBack();
  await answer(page).getByText(past.notes).waitFor();
  await expect.poll(() => knownAtOf(page)).toBe(past.cursor);
  expect(wrongs).toEqual([]);

  // The address opens the moment for another reader.
  const reader = await open({ knownAt: past.cursor, locale: 'nl-NL' });
  await expect
    .poll(() => banner(reader.page).textContent())
    .toMatch(/^Zoals het register het wist op .+ \(Nederlandse tijd\)\./);
  await run(reader.page);
  await answer(reader.page).getByText(past.notes).waitFor();
  expect(reader.wrongs).toEqual([]);
}, 120_000);

test('a double click on earlier changes adds them once', async () => {
  const { page, wrongs } = await open();
  let answers = 0;
  page.on('response', response => {
    if (response.request().postData()?.includes('NewestChanges')) answers += 1;
  });
  await openClock(page);
  await page.locator('.clock-earlier').dblclick();
  await expect.poll(() => answers).toBe(3);
  // Both answers are shown by the time that the page has drawn a frame.
  await page.evaluate('new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 100)))');
  expect(await page.locator('.clock-changes button:not(.clock-earlier)').count()).toBe(40);
  expect(wrongs).toEqual([]);
}, 60_000);

test('a moment that is asked for when the dialog is closed does not move the page', async () => {
  const { page, wrongs } = await open();
  await openClock(page);
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  await page.route('**/graphql*', async route => {
    if (route.request().postData()?.includes('LastChange')) {
      asked.resolve();
      await answer.promise;
    }
    await route.continue().catch(() => {});
  });
  await page.locator('.clock-changes button').nth(1).click();
  await asked.promise;
  const ended = page.waitForEvent('requestfailed', { timeout: 5_000 }).catch(() => undefined);
  await page.keyboard.press('Escape');
  await ended;
  answer.resolve();
  await page.unroute('**/graphql*');
  await openClock(page);
  await page.locator('.clock-changes button').first().waitFor();
  await page.keyboard.press('Escape');
  expect([knownAtOf(page), await banner(page).isVisible()]).toEqual([null, false]);
  expect(wrongs).toEqual([]);
}, 60_000);

test('a day and a time are chosen with the keyboard alone, and the moment is announced', async () => {
  const { page, wrongs } = await open();
  await run(page);
  await answer(page).getByText(PRESENT).waitFor();
  await page.locator('.clock-button').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Set the clock' }).waitFor();
  const isInDialog = () => page.evaluate<boolean>(`document.activeElement.closest('dialog') !== null`);
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press('Tab');
    // The browser's own bar is between the last and the first control.
    const isOnPage = await page.evaluate<boolean>('document.activeElement !== document.body');
    if (isOnPage) expect(await isInDialog()).toBe(true);
  }
  await page.keyboard.press('Escape');
  expect(await page.evaluate('document.activeElement.className')).toBe('clock-button');

  // A minute later than now is refused; the minute that has ended is known.
  const [instant = ''] = [new Date().toISOString()];
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Amsterdam',
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(new Date(instant));
  const [day = '', time = ''] = parts.split(', ');
  await chooseTime(page, day, time);
  await expect.poll(() => knownAtOf(page)).toBe(instantsOf(day, time)[0]);
  const status = page.locator('.clock-banner [role="status"]').first();
  await expect.poll(() => status.textContent()).toContain(`As the register knew it on `);
  expect(await page.locator('.clock-button').getAttribute('aria-label')).toMatch(/^Clock: \d+ \w+ \d{4}, /);
  await answer(page).getByText(PRESENT).waitFor();
  expect(wrongs).toEqual([]);
}, 120_000);

test('a day alone, the future and the time before the register are refused in words, with instants as buttons', async () => {
  const { page, wrongs } = await open();
  await run(page);
  await answer(page).getByText(PRESENT).waitFor();
  const refusal = page.locator('.clock-refusal');
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date());

  await chooseTime(page, today, '');
  await expect.poll(() => refusal.textContent()).toContain(today);
  expect(await refusal.locator('button').count()).toBe(2);
  await chooseInDialog(page, '2999-01-01', '12:00');
  await expect.poll(() => refusal.textContent()).toMatch(/2999-01-01T12:00:00\+01:00/);
  await chooseInDialog(page, '1979-01-01', '12:00');
  await expect.poll(() => refusal.textContent()).toMatch(/1979-01-01T12:00:00\+01:00/);
  await chooseInDialog(page, '2025-03-30', '02:30');
  await expect.poll(() => refusal.textContent()).toMatch(/skips this time.*30 March 2025 at 03:00:00/);
  await chooseInDialog(page, '2025-10-26', '02:30');
  await expect.poll(() => refusal.textContent()).toMatch(/shows this time twice/);
  expect(await refusal.locator('button').count()).toBe(2);
  // The page stays where it is.
  expect([knownAtOf(page), await answer(page).getByText(PRESENT).count()]).toEqual([null, 1]);
  await page.keyboard.press('Escape');
  expect(wrongs.filter(wrong => !/400/.test(wrong))).toEqual([]);

  // An address with a bad moment shows the refusal, and no answer of the present.
  const bad = await open({ knownAt: today, locale: 'nl-NL' });
  await expect.poll(() => banner(bad.page).textContent()).toContain('Het register kent dit moment niet.');
  await run(bad.page);
  await answer(bad.page).getByText('"errors"').waitFor();
  expect(await bad.page.getByText(PRESENT).count()).toBe(0);
  expect(await banner(bad.page).locator('.clock-actions button').count()).toBe(4);
}, 120_000);

/** Fills the fields of the open dialog. */
async function chooseInDialog(page: Page, day: string, time: string): Promise<void> {
  await page.getByLabel('Day', { exact: true }).fill(day);
  await page.getByLabel('Time in the Netherlands').fill(time);
  await page.getByRole('button', { name: 'Show this moment' }).click();
}

test('while the clock is set, mutations and subscriptions are off: their buttons, and the keys that run them', async () => {
  const query = `mutation Write { revisePartnership(input: { id: "tie-oss-taizhou", expectedVersion: 3, notes: "No." }) { change { cursor } } }`;
  const { page, wrongs } = await open({ query, knownAt: past.cursor });
  const button = page.locator('.graphiql-execute-button');
  await expect.poll(() => button.isDisabled()).toBe(true);
  const sent: string[] = [];
  page.on('request', request => sent.push(request.postData() ?? ''));
  await page.locator('.graphiql-query-editor .view-line').first().click();
  await page.keyboard.press('Control+Enter');
  await answer(page).getByText('Mutations and subscriptions are off').waitFor();
  expect(sent.filter(body => body.includes('revisePartnership'))).toEqual([]);
  await page.locator('.clock-banner button', { hasText: 'Back to now' }).click();
  await expect.poll(() => button.isEnabled()).toBe(true);
  expect(wrongs).toEqual([]);

  // A document with both: the menu runs the query only.
  const follows = 'subscription Follow { changes { cursor subjectId } }';
  const both = await open({ query: `${QUESTION} ${follows}`, knownAt: past.cursor });
  await both.page.locator('.graphiql-execute-button').click();
  const item = both.page.getByRole('menuitem', { name: 'Follow' });
  await expect.poll(() => item.getAttribute('aria-disabled')).toBe('true');
  await both.page.getByRole('menuitem', { name: 'Oss' }).click();
  await answer(both.page).getByText(past.notes).waitFor();
  expect(both.wrongs).toEqual([]);

  // A running subscription ends when the clock is set, and its events are gone.
  const follow = await open({ query: follows });
  await run(follow.page);
  await follow.page.getByRole('button', { name: /^Stop query/ }).waitFor();
  await openClock(follow.page);
  await follow.page.locator('.clock-changes button').nth(1).click();
  await expect.poll(() => follow.page.locator('.graphiql-execute-button').isDisabled()).toBe(true);
  expect(await follow.page.getByRole('button', { name: /^Execute query/ }).count()).toBe(1);
  expect(follow.wrongs).toEqual([]);
}, 120_000);

test('an answer of another moment is never shown: not in another tab, and not through a proxy that loses the moment', async () => {
  const { page, wrongs } = await open();
  await run(page);
  await answer(page).getByText(PRESENT).waitFor();
  // The builder asks its first question in a new tab, and the clock asks it again.
  const asked = () => answer(page).getByText('Rotterdam').first().waitFor();
  await page.getByRole('button', { name: 'New tab' }).click();
  await asked();
  await openClock(page);
  await page.locator('.clock-changes button').nth(1).click();
  await page.locator('.clock-banner strong').waitFor();
  await asked();
  // GraphiQL moves its tabs smoothly when the clock takes more place: a click may miss.
  const editor = page.locator('.graphiql-query-editor .view-lines');
  const openTab = async () => {
    await page.locator('.graphiql-tab-button', { hasText: 'Oss' }).click();
    return editor.textContent();
  };
  await expect.poll(openTab, { timeout: 20_000 }).toContain('Oss');
  await expect.poll(() => answer(page).textContent()).toBe('');
  await run(page);
  await answer(page).getByText(past.notes).waitFor();
  expect(wrongs).toEqual([]);

  // GraphiQL still has the name of the operation of the other tab at the moment of this click.
  await page.getByRole('button', { name: 'New tab' }).click();
  await asked();
  await page.evaluate(`
    [...document.querySelectorAll('.graphiql-tab-button')].find(tab => tab.textContent.includes('Oss')).click();
    document.querySelector('.graphiql-execute-button').click();
  `);
  await answer(page).getByText(past.notes).waitFor();

  const proxy = await openForgetfulProxy(server.url);
  const lost = await visit(browser, proxy);
  await withQuestion(lost.page, 'Oss', QUESTION);
  await lost.page.goto(`${proxy}/graphql?knownAt=${past.cursor}`);
  await banner(lost.page).waitFor();
  await expect.poll(() => banner(lost.page).textContent()).toContain('does not say that it is of the moment');
  await run(lost.page);
  // The editor breaks long lines, and its spaces do not break.
  const shown = async () => (await answer(lost.page).textContent())?.replaceAll(/\s/g, '');
  await expect.poll(shown).toContain('"errors"');
  expect(await shown()).toContain('doesnotsaythatitisofthemoment');
  expect(await lost.page.getByText(PRESENT).count()).toBe(0);
}, 120_000);

test.each([
  ['light', 'en-GB', DESKTOP],
  ['dark', 'nl-NL', DESKTOP],
  ['light', 'zh-CN', PHONE],
  ['dark', 'en-GB', PHONE],
] as const)(
  'axe-core has no finding in the clock: %s, %s',
  async (colorScheme, locale, viewport) => {
    const { page, wrongs } = await open({ colorScheme, locale, viewport });
    const problems: string[] = [];
    const check = async (part: string) => {
      problems.push(...(await faultsOf(page, part, { include: ['.clock', '.clock-banner'] })));
    };
    await check('now');
    // No panel is open, which has a style sheet of its own: what is for screen readers only is hidden all the same.
    const unseen = await page.locator('.desk-bar .desk-hidden').all();
    expect(unseen.length).toBeGreaterThan(0);
    for (const text of unseen) expect((await text.boundingBox())?.width ?? 0).toBeLessThanOrEqual(1);
    await openClock(page);
    await page.locator('.clock-changes button').first().waitFor();
    await page.locator('.clock-dialog [type="submit"]').click();
    await page.locator('.clock-refusal button').nth(1).waitFor();
    await check('dialog');
    await page.locator('.clock-changes button').nth(1).click();
    await page.locator('.clock-banner strong').waitFor();
    await run(page);
    await answer(page).getByText(past.notes).waitFor();
    await check('past');
    // The buttons at the side are all in sight, below the banner too.
    const side = page.locator('.graphiql-sidebar');
    const hidden = await side.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
    if (viewport === DESKTOP) expect(hidden).toBeLessThanOrEqual(0);
    if (colorScheme === 'light' && viewport === DESKTOP) await picture(page, 'clock');
    expect(problems).toEqual([]);
    expect(wrongs.filter(wrong => !/400/.test(wrong))).toEqual([]);
  },
  120_000,
);

test('after midnight in the Netherlands the day of the page is the new one there, in UTC it is not', async () => {
  const { page, wrongs } = await visit(browser, server.url, { layout: 'answer' });
  await page.clock.setFixedTime(new Date('2026-11-24T23:30:00Z'));
  await page.goto(`${server.url}/graphql#question=TiesOnADay&view=map&language=en`);
  await page.locator('.desk-figure [data-mark]').first().waitFor();
  expect(await page.getByLabel('Exact day').getAttribute('max')).toBe('2026-11-25');
  expect(await page.locator('.desk-figure').textContent()).toContain('stedenband · 2026-11-25');
  await page.getByRole('button', { name: 'Compare with…' }).click();
  expect(await page.getByLabel('Second day').inputValue()).toBe('2026-11-25');

  await page.goto(`${server.url}/graphql#question=TiesOnADay&view=map&language=en&knownAt=2026-11-22T23:30:00Z`);
  await openClock(page);
  expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe('2026-11-23');
  expect(wrongs.filter(wrong => !wrong.includes('400'))).toEqual([]);
}, 120_000);

test('an embedded view of the past states its moment as people read it, and leads to the record as it was known then', async () => {
  const { changes } = await ask('{ changes(last: 1) { nodes { recordedAt } } }');
  const [{ recordedAt }] = changes.nodes;
  const { page, wrongs } = await visit(browser, server.url);
  await page.goto(`${server.url}/embed/map#question=AllTiesOnTheMap&language=en&knownAt=${recordedAt}`);
  const asKnown = `As the register knew it on ${formatInstant(recordedAt, 'en')}.`;
  await expect.poll(() => page.locator('.desk-figure').textContent()).toContain(asKnown);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as SVG' }).click();
  expect(readFileSync(await (await saved).path(), 'utf8')).toContain(asKnown);
  await page.locator('.desk-figure [data-mark]').first().press('Enter');
  const footer = page.locator('body > #root > footer');
  expect(await footer.textContent()).toContain(`as known on ${formatInstant(recordedAt, 'en')}`);
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Show sources' }).click();
  const record = await opened;
  await record.waitForURL(`**/id/tie-*?language=en&knownAt=${recordedAt}`);
  expect(wrongs).toEqual([]);
}, 120_000);
