import { readFileSync } from 'node:fs';
import type { Download } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsInDarkAndLight } from '../support/axe.js';
import {
  DESKTOP,
  openPanel,
  openQuestion,
  openServedBrowser,
  PHONE,
  picture,
  run,
  visit,
  withQuestion,
} from '../support/browser.js';
import { pointAt } from '../support/figures.js';

const KEY = 'browser-test-admin-key';

const { server, browser } = await openServedBrowser({ access: { adminKey: KEY } });

const answerOf = (question: string) =>
  JSON.parse(readFileSync(new URL(`../questions/${question}.json`, import.meta.url), 'utf8'));
const textOf = async (download: Promise<Download>) => readFileSync(await (await download).path(), 'utf8');

test('a question opens and runs, and its table has the right rows, which can be sorted and exported', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  await page.goto(`${server.url}/graphql`);
  await openQuestion(page, '08-municipal-ties-by-province');
  await openPanel(page, 'Table');
  await page.locator('.desk tbody tr').first().waitFor();
  const cells = () =>
    page
      .locator('.desk tbody tr')
      .evaluateAll(rows => rows.map(row => [...row.children].map(cell => cell.textContent)));
  const groups: { dutchProvince: { name: string } | null; count: number; firstStartedOn: string | null }[] = answerOf(
    '08-municipal-ties-by-province',
  ).partnershipGroups;
  expect((await cells()).map(([name, count]) => [name, Number(count)])).toEqual(
    groups.map(({ dutchProvince, count }) => [dutchProvince?.name ?? '', count]),
  );
  expect(await page.locator('.desk-count').first().textContent()).toBe(`${groups.length} rows`);

  await page.getByRole('button', { name: 'First start' }).click();
  const dates = (await cells()).map(row => row[3] ?? '');
  const expected = groups.map(({ firstStartedOn }) => firstStartedOn ?? '').filter(Boolean);
  expect(dates.filter(Boolean)).toEqual(expected.toSorted());
  expect(dates.slice(expected.length).every(date => date === '')).toBe(true);
  await picture(page, 'table');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'NDJSON' }).click();
  const lines = (await textOf(download)).trimEnd().split('\n');
  expect(lines).toHaveLength(groups.length);
  expect(JSON.parse(lines[0] ?? '')).toHaveProperty(['dutchProvince.name']);
  expect(wrongs).toEqual([]);
}, 120_000);

test('a table opens in a spreadsheet with 上海 intact and a formula as text, and copies', async () => {
  const mutation =
    'mutation { revisePartnership(input: { id: "tie-rotterdam-shanghai", expectedVersion: 1, notes: "=1+1", reason: "test" }) { change { cursor } userErrors { message } } }';
  const revised = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query: mutation }),
  });
  expect(await revised.json()).toMatchObject({ data: { revisePartnership: { userErrors: [] } } });

  const { page, wrongs } = await visit(browser, server.url, { permissions: ['clipboard-read', 'clipboard-write'] });
  const query =
    'query Oldest { partnerships(first: 1, filter: { status: { eq: ACTIVE } }) { totalCount nodes { chinese { name(language: ZH) } notes } } }';
  await withQuestion(page, 'Oldest', query);
  await page.goto(`${server.url}/graphql`);
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'Oldest' }).first().waitFor();
  await run(page);
  await openPanel(page, 'Table');
  await page.locator('.desk tbody tr').waitFor();
  expect(await page.locator('.desk-count').first().textContent()).toBe('1 of 10 rows');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV', exact: true }).click();
  expect((await download).suggestedFilename()).toBe('Oldest.csv');
  expect(await textOf(download)).toBe("\uFEFFchinese.name,notes\r\n上海市,'=1+1\r\n");

  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('Copied', { exact: true }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe("chinese.name\tnotes\n上海市\t'=1+1");

  const link = (await page.locator('.desk-export a', { hasText: 'XLSX' }).getAttribute('href')) ?? '';
  const { pathname, searchParams } = new URL(link, page.url());
  expect([pathname, searchParams.get('filter')]).toEqual(['/export/partnerships.xlsx', '{"status":{"eq":"ACTIVE"}}']);
  // The export of the same list: all ten active partnerships.
  const whole = page.waitForEvent('download');
  await page.locator('.desk-export a', { hasText: 'NDJSON' }).click();
  expect(
    (await textOf(whole))
      .trimEnd()
      .split('\n')
      .filter(line => line.includes('"id":"tie-')),
  ).toHaveLength(10);
  expect(wrongs).toEqual([]);
}, 120_000);

test('the map draws 53 partnerships, 9 of them ended; pointer and keyboard show the details of each; the picture is saved', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  await page.goto(`${server.url}/graphql`);
  await openQuestion(page, '38-all-ties-on-the-map');
  await openPanel(page, 'Map');
  const arcs = page.locator('.desk-figure [data-mark]');
  await arcs.first().waitFor();
  expect(await arcs.count()).toBe(53);
  expect(await page.locator('.desk-figure [data-status="ENDED"]').count()).toBe(9);
  expect(await page.locator('.desk-figure').textContent()).toMatch(/Active \(10\).*Ended \(9\)/);

  const card = page.locator('.desk-card [role="status"]');
  const shanghai = page.getByRole('button', { name: /^Rotterdam – Shanghai, Active, 1979 – now$/ });
  await pointAt(page, shanghai);
  expect(await card.textContent()).toMatch(/Rotterdam · 鹿特丹.*Shanghai · 上海市.*Active · 1979 – now.*Evidence: VNG/);

  await arcs.first().focus();
  const before = await card.textContent();
  await page.keyboard.press('ArrowRight');
  expect(await card.textContent()).not.toBe(before);
  await page.keyboard.press('End');
  expect(await card.textContent()).toContain('Ended');

  const downloads = { svg: page.waitForEvent('download') };
  await page.getByRole('button', { name: 'Save as SVG' }).click();
  const svg = await textOf(downloads.svg);
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).toContain('CC BY 4.0');
  expect(svg.match(/data-status="ENDED"/g)).toHaveLength(9);
  const png = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as PNG' }).click();
  expect(
    readFileSync(await (await png).path())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');

  await page.getByRole('button', { name: 'Full width' }).click();
  await pointAt(page, shanghai);
  await picture(page, 'map');
  // A clicked line has no rectangle around it.
  await page.mouse.down();
  await page.mouse.up();
  const outline = "getComputedStyle(document.querySelector('[data-mark]:focus')).outlineStyle";
  expect(await page.evaluate<string>(outline)).toBe('none');
  await page.keyboard.press('Tab');

  // The Evidence panel shows the record selected on the map.
  await shanghai.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show sources' }).click();
  await page.locator('.desk-evidence dt', { hasText: 'Start date 1979' }).waitFor();
  const source = page.locator('.desk-evidence a').first();
  expect(await source.getAttribute('href')).toMatch(/^https:\/\//);
  expect(await source.getAttribute('rel')).toContain('noopener');
  expect(await page.locator('.desk-evidence a:not([href^="https://"], [href^="http://"])').count()).toBe(0);
  expect(wrongs).toEqual([]);
}, 120_000);

test('the timeline draws partnerships, exchanges and programmes; its slider runs the question for another day', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  await page.goto(`${server.url}/graphql`);
  await openQuestion(page, '40-ties-over-time');
  await openPanel(page, 'Timeline');
  await page.getByRole('button', { name: /^Rotterdam – Shanghai, Active, 1979 – now$/ }).waitFor();
  expect(await page.getByRole('button', { name: /, End of a tie, / }).count()).toBe(8);
  expect(await page.getByRole('button', { name: /, Exchange, / }).count()).toBeGreaterThan(30);
  expect(await page.getByRole('button', { name: /, Programme, / }).count()).toBeGreaterThan(5);
  expect(await page.locator('.desk-day').count()).toBe(0);

  await openQuestion(page, '39-ties-on-a-day');
  await openPanel(page, 'Timeline');
  const states = async () => (await page.locator('[data-day-counts]').textContent()) ?? '';
  const all = answerOf('39-ties-on-a-day').partnerships.totalCount;
  expect(await states()).toMatch(new RegExp(`^1 June 2006: .*: together ${all}$`));
  const slider = page.getByRole('slider', { name: 'Years and months' });
  expect(await slider.getAttribute('aria-valuetext')).toBe('1 June 2006');
  await slider.focus();
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowLeft');
  await page.locator('.result-window .view-lines').getByText('"data"').waitFor();
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('1 December 2005');
  await page.getByLabel('Exact day').fill('1980-01-01');
  await expect
    .poll(states, { timeout: 20_000 })
    .toMatch(/^1 January 1980: 1 active, \d+ unknown, \d+ not yet started: together/);
  await page.getByText('"1980-01-01"').first().waitFor();
  expect(wrongs).toEqual([]);
}, 120_000);

test('groups are a bar chart whose axis is labelled with what it counts', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  await page.goto(`${server.url}/graphql`);
  await openQuestion(page, '41-ties-by-province');
  await openPanel(page, 'Chart');
  const groups: { count: number }[] = answerOf('41-ties-by-province').partnershipGroups;
  const bars = page.locator('.desk-figure [data-mark]');
  await bars.first().waitFor();
  expect(await bars.count()).toBe(groups.length);
  expect(await page.locator('.desk-figure').textContent()).toContain('Number of ties');
  await page.locator('.desk-choices select').first().selectOption('Number of exchanges');
  await expect.poll(() => page.locator('.desk-figure').textContent()).toContain('Number of exchanges');

  await openQuestion(page, '20-exchanges-by-kind-and-decade');
  await openPanel(page, 'Chart');
  const lanes = page.locator('.desk-figure [data-part="y-axis tick label"] text');
  const decades = ['1980s', '1990s', '2000s', '2010s', '2020s', 'not recorded'];
  await expect.poll(() => lanes.allTextContents()).toEqual(decades);
  expect(wrongs).toEqual([]);
}, 120_000);

test('the page is available in Dutch', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'nl-NL' });
  await page.goto(`${server.url}/graphql`);
  await page.getByRole('heading', { name: 'Vragen' }).waitFor();
  await page.getByLabel('Taal').selectOption('English');
  await page.getByRole('heading', { name: 'Who partners with whom' }).waitFor();
  await page.getByLabel('Language').selectOption('Nederlands');
  await page.getByRole('searchbox').fill('oudste');
  expect(await page.locator('[data-question]').count()).toBe(1);
  await openQuestion(page, '01-earliest-tie');
  await openPanel(page, 'Table');
  await page.getByText('1 van 53 rijen').waitFor();
  await openPanel(page, 'Map');
  await page.getByText('Er valt niets te tekenen').waitFor();
  // The panel offers a question with something to draw. The status labels come from the code lists.
  await page.locator('.desk-nothing .desk-button').click();
  await page.getByText('Beëindigd (9)').waitFor();
  expect(wrongs).toEqual([]);
}, 120_000);

test('everything can be done by keyboard alone', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  await page.goto(`${server.url}/graphql`);
  await page.locator('[data-question]').first().waitFor();
  /** Returns the text of the focused element, without that of the picture in it. */
  const focused = () =>
    page.evaluate<string>(`(element => {
      const shown = element.cloneNode(true);
      for (const inert of shown.querySelectorAll('[inert]')) inert.remove();
      return shown.textContent || element.ariaLabel || '';
    })(document.activeElement)`);
  /** Presses Tab until the focused element matches. */
  const reach = async (label: RegExp) => {
    for (let press = 0; press < 120; press += 1) {
      if (label.test(await focused())) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reached ${label}; the focus is at "${await focused()}".`);
  };
  await reach(/^Where are the ties/);
  await page.keyboard.press('Enter');
  await page.locator('[data-panel="Map"][aria-current]').waitFor();
  await page.locator('[data-mark]').first().waitFor();
  await reach(/^.+ – .+, Unknown, /);
  const first = await focused();
  await page.keyboard.press('ArrowDown');
  expect(await focused()).not.toBe(first);
  await page.keyboard.press('Enter');
  await reach(/^Show sources/);
  await page.keyboard.press('Enter');
  await page.locator('.desk-evidence').waitFor();
  expect(wrongs).toEqual([]);
}, 120_000);

test.each([
  ['desktop', DESKTOP],
  ['phone', PHONE],
] as const)(
  'axe-core has no finding: %s, in light and, once the system turns dark, in dark colours',
  async (_, viewport) => {
    const { page, wrongs } = await visit(browser, server.url, { viewport });
    await page.goto(`${server.url}/graphql`);
    await page.locator('[data-question]').first().waitFor();
    const problems: string[] = [];
    const audit = async (part: string, options?: Parameters<typeof faultsInDarkAndLight>[2]) => {
      problems.push(...(await faultsInDarkAndLight(page, part, options)));
    };
    // The whole page once: a panel does not change the rest of it.
    await audit('Questions');
    for (const [question, panels] of [
      ['38-all-ties-on-the-map', ['Table', 'Map', 'Evidence']],
      ['39-ties-on-a-day', ['Map', 'Timeline']],
      ['40-ties-over-time', ['Timeline']],
      ['10-ties-by-decade-and-status', ['Chart']],
    ] as const) {
      await openQuestion(page, question);
      for (const panel of panels) {
        await openPanel(page, panel);
        await page.getByRole('heading', { name: panel, exact: true }).waitFor();
        await page.locator('.desk :is([data-mark], .desk-evidence, tbody tr)').first().waitFor();
        await audit(panel, { include: ['.desk', '[data-panel]'] });
      }
    }
    expect(problems).toEqual([]);
    expect(wrongs).toEqual([]);
  },
  120_000,
);
