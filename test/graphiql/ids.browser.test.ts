import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { namesIn } from '../../src/graphiql/result/pasted-names.js';
import { faultsOf } from '../support/axe.js';
import { DESKTOP, openPanel, openServedBrowser, PHONE, press, visit } from '../support/browser.js';

const KEY = 'browser-test-admin-key';

const { server, browser } = await openServedBrowser({ access: { adminKey: KEY } });

/** Sends an operation with a key. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of the data depends on the query.
async function ask(query: string): Promise<any> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const cellsOf = (page: Page) =>
  page.locator('.desk tbody tr').evaluateAll(rows => rows.map(row => row.lastElementChild?.textContent ?? ''));

test('a pasted column gets ids, a question is answered, and the file has a row for each name', async () => {
  const { page, wrongs } = await visit(browser, server.url);
  await page.goto(`${server.url}/graphql`);
  await openPanel(page, 'Ids');
  const names = page.getByRole('textbox', { name: /^Names, one per line/ });
  await names.waitFor();
  await press(page, names);
  await page.keyboard.insertText('Den Haag\t2014\nGroningen\n\n上海市\nAtlantis\nDen Haag\n');
  await press(page, page.getByRole('button', { name: 'Find ids' }));
  await page.locator('.desk tbody tr').first().waitFor();
  expect(await cellsOf(page)).toEqual(['nl-den-haag', '', 'cn-shanghai', '', 'nl-den-haag']);
  expect(await page.locator('.desk').getByRole('status').first().textContent()).toBe(
    '3 with an id, 1 to choose, 1 not in the register',
  );

  // By keyboard: the first record below "Choose…".
  await page.getByRole('combobox', { name: 'Record for Groningen' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await cellsOf(page))[1]).toBe('nl-groningen');

  const download = page.waitForEvent('download');
  await press(page, page.getByRole('button', { name: 'CSV', exact: true }));
  const text = readFileSync(await (await download).path(), 'utf8');
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
  expect(rows.map(({ name, id }) => [name, id])).toEqual([
    ['Den Haag', 'nl-den-haag'],
    ['Groningen', 'nl-groningen'],
    ['', ''],
    ['上海市', 'cn-shanghai'],
    ['Atlantis', ''],
    ['Den Haag', 'nl-den-haag'],
  ]);
  expect(wrongs).toEqual([]);

  // The message of the browser would be in its own words.
  await page.route('**/reconcile', route => route.abort());
  await press(page, page.getByRole('button', { name: 'Find ids' }));
  await page.getByText('The register cannot be reached. Check the connection, then try again.').waitFor();
  await page.unroute('**/reconcile');
  await page.route('**/reconcile', route => route.fulfill({ status: 502, contentType: 'text/html', body: '<html>' }));
  await press(page, page.getByRole('button', { name: 'Find ids' }));
  await page.getByText('The register cannot be reached. Check the connection, then try again.').waitFor();
}, 120_000);

test('the ids are those of the moment of the clock, and are gone when it moves', async () => {
  const { data } = await ask('{ latestChangeCursor authority(id: "nl-breda") { version } }');
  const then: string = data.latestChangeCursor;
  const names = '{ nl: "Zwartewaterstad", en: "Zwartewaterstad", zh: "黑水城", pinyin: "Heishuicheng", aliases: [] }';
  const revised = await ask(
    `mutation { reviseAuthority(input: { id: "nl-breda", expectedVersion: ${data.authority.version}, names: ${names} }) { userErrors { message } } }`,
  );
  expect(revised.data.reviseAuthority.userErrors).toEqual([]);

  const { page, wrongs } = await visit(browser, server.url);
  await page.goto(`${server.url}/graphql`);
  await openPanel(page, 'Ids');
  await page.getByRole('textbox', { name: /^Names, one per line/ }).fill('Zwartewaterstad\nDelft');
  const find = async () => {
    await press(page, page.getByRole('button', { name: 'Find ids' }));
    await page.locator('.desk tbody tr').first().waitFor();
    return cellsOf(page);
  };
  expect(await find()).toEqual(['nl-breda', 'nl-delft']);

  await page.locator('.clock-button').click();
  await page.locator('.clock-changes button').nth(1).click();
  await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('knownAt')).toBe(then);
  await expect.poll(() => page.locator('.desk tbody tr').count()).toBe(0);
  expect(await find()).toEqual(['', 'nl-delft']);
  const download = page.waitForEvent('download');
  await press(page, page.getByRole('button', { name: 'CSV', exact: true }));
  expect((await download).suggestedFilename()).toBe(`ids-knownAt-${then}.csv`);
  expect(wrongs).toEqual([]);

  // A plus sign of an address is one of the moment, and an empty moment is refused.
  const instant = new Date().toISOString().replace('Z', '+00:00');
  for (const [search, shown] of [
    [instant, 'As the register knew it'],
    ['', 'The register does not know this moment'],
  ] as const) {
    await page.goto(`${server.url}/graphql?knownAt=${search}`);
    await expect.poll(() => page.locator('.clock-banner').textContent()).toContain(shown);
  }
}, 120_000);

test.each([
  ['light', DESKTOP],
  ['dark', PHONE],
] as const)(
  'in Dutch, axe-core has no finding (%s)',
  async (colorScheme, viewport) => {
    const { page, wrongs } = await visit(browser, server.url, { colorScheme, viewport, locale: 'nl-NL' });
    await page.goto(`${server.url}/graphql`);
    await openPanel(page, 'Ids');
    await page.getByRole('textbox', { name: /^Namen, één per regel/ }).fill('Utrecht\nNanking');
    await page.getByRole('button', { name: 'Zoek ids' }).click();
    await page.locator('.desk tbody tr').first().waitFor();
    expect(await page.locator('.desk').getByRole('status').first().textContent()).toBe(
      '0 met een id, 2 te kiezen, 0 niet in het register',
    );
    expect(await faultsOf(page, 'ids')).toEqual([]);
    expect(wrongs).toEqual([]);
  },
  120_000,
);

test('the rows of a pasted table are those of the spreadsheet: a cell with a line break or quotation marks is one', () => {
  const pasted = '"Den Haag\r\n(ZH)"\t"a\nb"\r\n"Gemeente ""Breda"""\r\n\t2\r\n"Oss" en Tilburg\n"Weert\t1\n';
  expect(namesIn(pasted)).toEqual(['Den Haag (ZH)', 'Gemeente "Breda"', '', '"Oss" en Tilburg', '"Weert']);
  expect([namesIn(''), namesIn('\nOss')]).toEqual([[''], ['', 'Oss']]);
});
