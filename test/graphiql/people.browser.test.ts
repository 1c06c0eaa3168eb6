import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import readWorkbook from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { DESKTOP, openPanel, openServedBrowser, PHONE, visit } from '../support/browser.js';
import { questions } from '../support/questions.js';

const LARGE = { width: 1920, height: 1080 };
/** A path of the API or a code, where a reader expects words. */
const NO_WORDS = /[a-z]\.[a-z]|^[A-Z_]{4,}$/;
/** Columns of names and texts as the sources give them: a publisher may be called jschina.com.cn. */
const GIVEN = /(?:publisher|contactPoints\.value|afterLabel|beforeLabel)$/;

const { server, browser } = await openServedBrowser();

const operationOf = (query: string) => /^query (\w+)/m.exec(query)?.[1] ?? '';

/** Opens the table of a question. */
async function open(question: string, options: Parameters<typeof visit>[2] = {}) {
  const visited = await visit(browser, server.url, { locale: 'nl-NL', layout: 'answer', ...options });
  await visited.page.goto(`${server.url}/graphql#question=${question}&view=table`);
  await visited.page.locator('.desk tbody tr').first().waitFor();
  return visited;
}

const heads = (page: Page) => page.locator('.desk thead th').allTextContents();
const column = (page: Page, label: string) => page.getByRole('button', { name: label, exact: true });

test('with Dutch chosen, no head and no cell of any question is a path or a code', async () => {
  const { page } = await visit(browser, server.url, { locale: 'nl-NL', layout: 'answer' });
  await page.goto(`${server.url}/graphql`);
  const wrong: string[] = [];
  for (const { query, errors } of questions) {
    if (errors) continue;
    const name = operationOf(query);
    await page.evaluate(`location.hash = ${JSON.stringify(`#question=${name}&view=table&language=nl`)}`);
    await page.locator('.desk-question').waitFor();
    await expect.poll(() => page.evaluate('document.title')).not.toBe('');
    await page.locator('.desk tbody tr').first().waitFor();
    const lists = page.locator('.desk select option');
    for (let list = 0; list < Math.max(1, await lists.count()); list += 1) {
      if (list > 0) await page.locator('.desk select').selectOption({ index: list });
      const heads = page.locator('.desk thead th');
      const paths = await heads.evaluateAll(cells => cells.map(cell => cell.getAttribute('title') ?? ''));
      const rows = await page
        .locator('.desk tbody tr')
        .evaluateAll(lines => lines.map(line => [...line.children].map(cell => cell.textContent ?? '')));
      const cells = rows.flatMap(line => line.filter((_, index) => !GIVEN.test(paths[index] ?? '')));
      const texts = [...(await heads.allTextContents()), ...(await lists.allTextContents()), ...cells];
      wrong.push(...texts.filter(text => NO_WORDS.test(text.trim())).map(text => `${name}: ${text}`));
    }
  }
  expect(wrong).toEqual([]);
}, 240_000);

test('names and values follow the language, and the path of the API is in the title of each head', async () => {
  const { page, wrongs } = await open('EndedOrDormantAndWhy');
  // The words come with the code lists of the register.
  const firstHeads = async () => (await heads(page)).slice(0, 4);
  await expect.poll(firstHeads).toEqual(['Bewijs', 'Nederlandse kant', 'Chinese kant', 'Status']);
  expect(await page.locator('th').nth(1).getAttribute('title')).toBe('dutch.name');
  const table = page.locator('.desk table');
  expect(await table.textContent()).toMatch(/Noord-Holland/);
  expect(await table.textContent()).not.toMatch(/North Holland|ENDED/);
  await page.getByLabel('Taal').selectOption('English');
  await expect.poll(() => table.textContent()).toMatch(/North Holland.*Ended/);
  await page.getByLabel('Language').selectOption('中文');
  await expect.poll(() => table.textContent()).toMatch(/北荷兰.*已结束|已终止|终止/);
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
  expect(wrongs).toEqual([]);
}, 120_000);

test('an answer that was on its way, or is in another tab, when the language changed comes in the new one', async () => {
  const { page, wrongs } = await open('EndedOrDormantAndWhy');
  const table = page.locator('.desk table');
  await table.getByText('Noord-Holland').first().waitFor();
  const { promise: isLet, resolve: letGo } = Promise.withResolvers<void>();
  await page.route('**/graphql', async route => {
    if (/query EndedBetween/.test(route.request().postData() ?? '')) await isLet;
    await route.continue();
  });
  const asked = page.waitForRequest(request => /query EndedBetween/.test(request.postData() ?? ''));
  await page.evaluate('location.hash = "#question=EndedBetween&view=table"');
  await asked;
  await page.getByLabel('Taal').selectOption('中文');
  letGo();
  await table.getByText('武汉市').first().waitFor();
  expect(await table.textContent()).not.toContain('Wuhan');
  await page.evaluate('location.hash = "#question=EndedOrDormantAndWhy&view=table"');
  await table.getByText('北荷兰').first().waitFor();
  expect(wrongs).toEqual([]);
}, 120_000);

test('evidence is the first column and stays in view with the first column of the answer, at each width', async () => {
  const { page, wrongs } = await open('EndedOrDormantAndWhy');
  for (const viewport of [PHONE, DESKTOP, LARGE]) {
    await page.setViewportSize(viewport);
    await openPanel(page, 'Table');
    const scroller = page.locator('.desk-scroll');
    await scroller.evaluate(element => {
      (element as unknown as { scrollLeft: number }).scrollLeft = 10_000;
    });
    const frame = await scroller.boundingBox();
    for (const cell of [0, 1]) {
      const box = await page.locator('.desk tbody tr').first().locator('td').nth(cell).boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual((frame?.x ?? 0) - 1);
      expect((box?.x ?? 0) + 40).toBeLessThan((frame?.x ?? 0) + (frame?.width ?? 0));
    }
    await page
      .locator('tbody tr')
      .first()
      .getByRole('button', { name: /^Bewijs: / })
      .click();
    await page.locator('.desk-evidence').waitFor();
  }
  expect(wrongs).toEqual([]);
}, 120_000);

test('columns are hidden, moved and filtered; the address and the files follow what is in view', async () => {
  const { page, wrongs } = await open('EndedOrDormantAndWhy');
  const rows = page.locator('.desk tbody tr');
  const all = await rows.count();
  await page.locator('.desk-columns summary').click();
  await page.getByRole('checkbox', { name: 'Chinese kant' }).uncheck();
  await page.getByRole('button', { name: 'Status naar links', exact: true }).click();
  await page.getByRole('button', { name: 'Status naar links', exact: true }).click();
  await page.getByLabel('Filter op Status', { exact: true }).fill('slapend');
  await expect.poll(() => heads(page)).not.toContain('Chinese kant');
  expect((await heads(page))[1]).toBe('Status');
  expect(await rows.count()).toBe(2);
  expect(all).toBe(11);
  expect(await page.locator('.desk-count').first().textContent()).toBe('2 van 11 rijen');
  await expect.poll(() => page.url()).toContain('table.filter.status=slapend');
  const reader = await visit(browser, server.url, { locale: 'nl-NL', layout: 'answer' });
  await reader.page.goto(page.url());
  await reader.page.locator('.desk tbody tr').first().waitFor();
  await expect.poll(() => reader.page.locator('.desk tbody tr').count()).toBe(2);
  expect(await heads(reader.page)).toEqual(await heads(page));

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'XLSX', exact: true }).click();
  const file = readFileSync(await (await download).path());
  expect((await download).suggestedFilename()).toBe('EndedOrDormantAndWhy.xlsx');
  const [sheet, about] = await readWorkbook(file);
  const [head, ...body] = sheet?.data ?? [];
  expect(head).toEqual((await heads(page)).slice(1));
  expect(body).toHaveLength(2);
  expect(about?.data.map(([name]) => name)).toEqual(
    expect.arrayContaining(['Vraag', 'Rijen', 'Link', 'Kolom: Status']),
  );
  // Another question has none of it.
  await page.locator('[data-panel="Questions"]').click();
  await page.locator('[data-question="34-what-to-check-first"]').click();
  await expect.poll(() => page.url()).not.toContain('table.');
  expect(wrongs).toEqual([]);
}, 120_000);

test('the workbook has numbers as numbers and dates as dates, and no formula', async () => {
  const { page } = await open('MunicipalTiesByProvince');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'XLSX', exact: true }).click();
  const file = readFileSync(await (await download).path());
  const [sheet] = await readWorkbook(file);
  const [head, first] = sheet?.data ?? [];
  expect(head?.slice(0, 2)).toEqual(['Nederlandse provincie', 'Aantal']);
  expect(typeof first?.[1]).toBe('number');
}, 120_000);

test('a long cell unfolds, an address is a link, and a name leads to the page of its record', async () => {
  const { page } = await open('EvidenceOfOneTie');
  const link = page.locator('.desk td a[href^="https://"]').first();
  expect(await link.getAttribute('rel')).toContain('noopener');
  const unfold = page.locator('.desk-unfold[aria-expanded="false"]').first();
  const cell = page.locator('td', { has: page.locator('.desk-unfold') }).first();
  const folded = (await cell.boundingBox())?.height ?? 0;
  await unfold.click();
  await expect.poll(async () => (await cell.boundingBox())?.height ?? 0).toBeGreaterThan(folded);
  const name = page.locator('.desk td a', { hasText: 'Noord-Holland' }).first();
  expect(await name.getAttribute('href')).toBe('id/nl-prov-noord-holland?language=nl');
  expect(await page.getByText(';', { exact: true }).count()).toBe(0);

  const hanzi = await open('PartnersOfTheHague');
  expect(await hanzi.page.locator('.desk td [lang="zh-Hans"]').count()).toBeGreaterThan(3);
  await column(hanzi.page, 'Begindatum').click();
}, 120_000);
