import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultsOf } from '../support/axe.js';
import { openPanel, openServedBrowser, PHONE, run, visit, withQuestion } from '../support/browser.js';

const { server, browser } = await openServedBrowser();

const QUERY = 'query Active { partnerships(first: 2, filter: { status: { eq: ACTIVE } }) { nodes { id startedOn } } }';

test('the Code panel has code for the question of the tab and for its list, in each language, to copy', async () => {
  const { page, wrongs } = await visit(browser, server.url, {
    locale: 'nl-NL',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await withQuestion(page, 'Active', QUERY);
  await page.goto(`${server.url}/graphql`);
  await openPanel(page, 'Code');
  const code = page.locator('.desk-code');
  await code.getByText('import pandas as pd').waitFor();
  expect(await code.textContent()).toContain(`"${server.url}/graphql"`);
  await page.locator('.desk').getByRole('combobox', { name: 'Taal' }).selectOption('duckdb');
  await page.locator('.desk').getByRole('combobox', { name: 'Wat zij ophaalt' }).selectOption('file');
  const sql = await code.textContent();
  const address = /read_parquet\('(.*)'\)/.exec(sql ?? '')?.[1] ?? '';
  expect(new URL(address).searchParams.get('filter')).toBe('{"status":{"eq":"ACTIVE"}}');
  expect((await fetch(address, { method: 'HEAD' })).status).toBe(200);
  await page.locator('.desk').getByRole('button', { name: 'Kopieer' }).click();
  await page.locator('.desk').getByText('Gekopieerd').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(sql);
  expect(await faultsOf(page, 'code', { include: ['.desk'] })).toEqual([]);
  expect(wrongs).toEqual([]);
}, 120_000);

test('the links to files of the whole list have Parquet, and with sources lead to files with sources', async () => {
  for (const [locale, label] of [
    ['en-GB', 'with sources'],
    ['nl-NL', 'met bronnen'],
    ['zh-CN', '含来源'],
  ] as const) {
    const { page, wrongs } = await visit(browser, server.url, { locale, viewport: PHONE });
    await withQuestion(page, 'Active', QUERY);
    await page.goto(`${server.url}/graphql`);
    await run(page);
    await openPanel(page, 'Table');
    const parquet = page.locator('.desk-export a', { hasText: 'PARQUET' });
    const provenance = async () =>
      new URL((await parquet.getAttribute('href')) ?? '', `${server.url}/`).searchParams.get('provenance');
    expect(await provenance()).toBeNull();
    await page.getByLabel(label).check();
    expect(await provenance()).toBe('true');
    const download = page.waitForEvent('download');
    await page.locator('.desk-export a', { hasText: 'XLSX' }).click();
    const { default: readWorkbook } = await import('read-excel-file/node');
    const sheets = await readWorkbook(readFileSync(await (await download).path()));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['partnerships', 'sources', 'about']);
    expect(sheets[1]?.data[0]?.slice(0, 2)).toEqual(['recordId', 'statusPeriod.from']);
    expect(wrongs).toEqual([]);
  }
}, 120_000);
